"""The IDX files of MNIST and of the sets made in its likeness."""

import gzip
import struct
import zlib
from functools import partial
from pathlib import Path

import numpy as np

from ..remote import Remote
from .base import Dataset

_UINT8 = 8  # IDX's code for unsigned bytes


def read_idx(path: str | Path, ndim: int) -> np.ndarray:
    """The array of bytes in a gzipped IDX file.

    The format: two zero bytes, a byte for the type (8 = unsigned byte), a byte for the number of
    axes; the length of each axis as a big-endian 32-bit integer; the values in C order.

    Args:
        path: the .gz file.
        ndim: the number of axes wanted: 3 for images, 1 for labels.

    Raises:
        ValueError: the file is truncated, too long, not gzip, not IDX or of another kind.
    """
    try:
        with gzip.open(path) as file:
            content = file.read()
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ValueError(f"{path} is truncated or no gzip file ({error}); get it again") from error

    start = 4 + 4 * ndim
    if content[:4] != bytes((0, 0, _UINT8, ndim)) or len(content) < start:
        raise ValueError(
            f"{path} is no IDX file of bytes with {ndim} axes: it starts with "
            f"{content[:start].hex(' ') or 'nothing'}; get it again"
        )
    shape = struct.unpack(f">{ndim}I", content[4:start])
    wanted = int(np.prod(shape, dtype=object))  # a damaged header may overflow 64 bits
    if len(content) - start != wanted:
        raise ValueError(
            f"{path} holds {len(content) - start} values, its header says {wanted}; get it again"
        )
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)


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
    classes = 10

    def __init__(self, size: int | None = 32):
        self.size = size

    def _load(self, folder):
        arrays = {}
        for part, prefix in (("train", "train"), ("test", "t10k")):
            images = read_idx(folder / f"{prefix}-images-idx3-ubyte.gz", ndim=3)  # (n, 28, 28)
            arrays[f"images_{part}"] = images[:, None]  # (n, 1, 28, 28)
            arrays[f"labels_{part}"] = read_idx(folder / f"{prefix}-labels-idx1-ubyte.gz", ndim=1)
        return arrays
