"""What NumPy files say that they hold, read before any of it is."""

import math
import zipfile
from collections.abc import Collection
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.lib import format as npy

from .untrusted import check_packing, named


def plain(path: str | Path) -> AbstractContextManager:
    """Name a file in whatever a reader of NumPy's files stumbles over; see `untrusted.named`."""
    return named(path, "make or copy it again", "is truncated or not a plain NumPy file")


def check_archive(path: str | Path, *names: str) -> None:
    """Refuse an archive (.npz) that cannot be read, as far as its heads say; a missing one passes.

    Args:
        path: the archive.
        names: of the arrays that are wanted.

    Raises:
        ValueError: it is damaged, none, or one of these arrays is not plain.
    """
    with suppress(FileNotFoundError), plain(path), open(path, "rb") as file:
        bytes_claimed(file, names)


def stand_ins(path: str | Path) -> dict[str, np.ndarray] | None:
    """Arrays like those of a .npz file in shape and type, of zeros that take no memory.

    Returns:
        Array by name, all plain; None where the heads do not say, or say what is not so.
    """
    found = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                check_packing(member)
                with archive.open(member) as content:
                    shape, dtype = _head(content)
                    size = content.tell() + math.prod(shape) * dtype.itemsize
                if dtype.hasobject or size != member.file_size:
                    return None
                zero = np.zeros((), dtype)
                found[member.filename.removesuffix(".npy")] = np.broadcast_to(zero, shape)
    except Exception:  # whatever a damaged file leads to, reading it will say what is wrong with it
        return None
    return found


def bytes_claimed(file: BinaryIO, names: Collection[str] = ()) -> int:
    """The bytes of the arrays in a .npy or .npz file together, by their heads alone.

    Args:
        file: at its beginning.
        names: of the arrays of an .npz file that are asked about; none for all.

    Raises:
        ValueError: one of them is no plain array, of another size than it says, or packed
            in an unusual way.
        Exception: any other that a damaged file leads NumPy or `zipfile` into.
    """
    start = file.read(4)
    file.seek(0)
    if start not in (b"PK\x03\x04", b"PK\x05\x06"):  # a zip archive's, empty or not
        return _of_array(file, "the array")
    total = 0
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            if names and member.filename.removesuffix(".npy") not in names:
                continue
            check_packing(member)
            with archive.open(member) as content:
                total += (claimed := _of_array(content, member.filename))
                if (size := content.tell() + claimed) != member.file_size:
                    raise ValueError(
                        f"{member.filename} has {member.file_size} bytes, its head says {size}"
                    )
    return total


def _of_array(file: BinaryIO, name: str) -> int:
    shape, dtype = _head(file)
    if dtype.hasobject:
        raise ValueError(
            f"{name} holds objects, which only a pickle could bring back: save numbers, or text as "
            "np.array(texts, str)"
        )
    return math.prod(shape) * max(1, dtype.itemsize)  # no bytes each, but that many


def _head(file):
    # Of later versions, whose heads may have gigabytes, NumPy reads all before it looks how long.
    if (version := npy.read_magic(file)) != (1, 0):
        raise ValueError(f"an array is of the format's version {version}, wanted (1, 0)")
    shape, _, dtype = npy.read_array_header_1_0(file)
    return shape, dtype
