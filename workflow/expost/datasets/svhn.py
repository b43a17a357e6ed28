"""Street View House Numbers: SVHN."""

from functools import partial
from pathlib import Path

import numpy as np

from ..io.remote_file import Remote
from ..io.untrusted import named
from . import class_names, matlab5
from .base import Dataset

SIDE = 32  # pixels
BESIDE = 2**16  # bytes of an array that are not its values


def read_mat(path: str | Path, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Images, uint8 (n, 3, 32, 32), and digits, int64 (n,), of one of SVHN's files.

    The format: MATLAB 5, with `X` of bytes, (32, 32, 3, n), and `y` in 1..10, (n, 1), where 10
    stands for the digit 0.

    Args:
        path: the .mat file.
        most: the largest n that is read.

    Raises:
        ValueError: the file is truncated, no such file, or holds other arrays than these.
    """
    with named(path):
        found = list(matlab5.arrays(path, most * 3 * SIDE**2 + BESIDE))
    arrays = {array.name: array.values for array in found}
    n = next((array.shape[-1] for array in found if array.name == "X" and array.shape), 0)
    wanted = {("X", "uint8", (SIDE, SIDE, 3, n)), ("y", "uint8", (n, 1))}
    held = [array[:3] for array in found if array.name in ("X", "y")]
    if not 0 < n <= most or len(held) != 2 or set(held) != wanted:
        raise ValueError(
            f"{path} holds {'; '.join(map(str, found))[:300] or 'nothing'}, wanted X, uint8 "
            f"({SIDE}, {SIDE}, 3, n), and y, uint8 (n, 1), of at most {most} images; get it again"
        )
    digits = arrays["y"].ravel().astype(np.int64)
    if digits.min() < 1 or digits.max() > 10:
        raise ValueError(
            f"{path} has labels {digits.min()}..{digits.max()}, wanted 1..10; get it again"
        )
    return np.ascontiguousarray(arrays["X"].transpose(3, 2, 0, 1)), digits % 10


def _remote(part, size, sha256):
    name = f"{part}_32x32.mat"
    kept_as = (f"svhn/{name}", f"SVHN/{name}")
    return Remote(name, sha256, partial(_address, part), size, kept_as)


def _address(part):
    from torchvision.datasets import SVHN as source

    return [source.split_list[part][0]]


class SVHN(Dataset):
    """73,257 training and 26,032 test pictures of house numbers' digits, in colour, 10 classes.

    The cropped digits, 32 x 32, with the published split; neighbouring images are often digits of
    one house number. The class is the digit in the middle. For non-commercial use only.

    Args:
        size: pixels a side after bilinear resizing; None keeps 32.

    References:
        Netzer, Wang, Coates, Bissacco, Wu & Ng (2011), "Reading digits in natural images with
        unsupervised feature learning", NIPS Workshop on Deep Learning and Unsupervised Feature
        Learning.
    """

    counts = (73_257, 26_032)
    shape = (3, SIDE, SIDE)
    names = class_names.DIGITS
    files = (
        _remote(
            "train",
            182_040_794,
            "435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8",
        ),
        _remote(
            "test",
            64_275_384,
            "cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b",
        ),
    )

    def __init__(self, size: int | None = None):
        self.size = size

    def _load(self, folder):
        arrays = {}
        for part, n in zip(("train", "test"), self.counts, strict=True):
            images, digits = read_mat(folder / f"{part}_32x32.mat", most=n)
            arrays |= {f"images_{part}": images, f"labels_{part}": digits}
        return arrays
