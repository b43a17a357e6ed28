"""The IDX files of MNIST and of the sets made in its likeness."""

import gzip
import math
import struct
from functools import partial
from pathlib import Path

import numpy as np

from ..io.remote_file import Remote
from ..io.untrusted import named
from . import class_names
from .base import Dataset

_UINT8 = 8  # IDX's code for unsigned bytes
LARGEST = 2**26  # values that are read; the published files have 47 million at most


def read_idx(path: str | Path, ndim: int) -> np.ndarray:
    """The array of bytes in a gzipped IDX file.

    The format: two zero bytes, a byte for the type (8 = unsigned byte), a byte for the number of
    axes; the length of each axis as a big-endian 32-bit integer; the values in C order. Of these
    no more are unpacked than the lengths promise.

    Args:
        path: the .gz file.
        ndim: the number of axes wanted: 3 for images, 1 for labels.

    Raises:
        ValueError: the file is truncated, too long, not gzip, not IDX or of another kind.
    """
    start = 4 + 4 * ndim
    with named(path), gzip.open(path) as file:
        head = file.read(start)
        lengths = struct.unpack(f">{ndim}I", head[4:].ljust(4 * ndim, b"\0"))
        wanted = math.prod(lengths)
        content = file.read(wanted + 1) if wanted <= LARGEST else b""
    if head[:4] != bytes((0, 0, _UINT8, ndim)) or len(head) < start:
        raise ValueError(
            f"{path} is no IDX file of bytes with {ndim} axes: it starts with "
            f"{head.hex(' ') or 'nothing'}; get it again"
        )
    if wanted > LARGEST:
        raise ValueError(
            f"{path} says in its header that it holds {wanted} values, wanted at most {LARGEST}; "
            "get it again"
        )
    if len(content) != wanted:
        held = f"more than {wanted}" if len(content) > wanted else len(content)
        raise ValueError(f"{path} holds {held} values, its header says {wanted}; get it again")
    return np.frombuffer(content, np.uint8).reshape(lengths)


def idx_files(dataset: str, *listing: tuple[str, int, str]) -> tuple[Remote, ...]:
    """What to download for one of torchvision's IDX datasets, which know where it is kept.

    Args:
        dataset: the class in `torchvision.datasets`; also the folder it keeps its files in.
        listing: name, bytes and sha256 of each file.
    """
    return tuple(
        Remote(name, sha256, partial(_mirrors, dataset, name), size, (f"{dataset}/raw/{name}",))
        for name, size, sha256 in listing
    )


def _mirrors(dataset, name):
    from torchvision import datasets

    return [mirror + name for mirror in getattr(datasets, dataset).mirrors]


class IdxDataset(Dataset):
    """60,000 + 10,000 grey images of 28 x 28 pixels in four files; leaves say which.

    Args:
        size: pixels a side after bilinear resizing; None keeps 28.
    """

    counts = (60_000, 10_000)
    shape = (1, 28, 28)
    names = class_names.DIGITS

    def __init__(self, size: int | None = 32):
        self.size = size

    def _load(self, folder):
        arrays = {}
        for part, prefix in (("train", "train"), ("test", "t10k")):
            images = read_idx(folder / f"{prefix}-images-idx3-ubyte.gz", ndim=3)  # (n, 28, 28)
            arrays[f"images_{part}"] = images[:, None]  # (n, 1, 28, 28)
            arrays[f"labels_{part}"] = read_idx(folder / f"{prefix}-labels-idx1-ubyte.gz", ndim=1)
        return arrays
