"""MATLAB 5 files, as far as arrays of bytes go.

SciPy reads all of the format, but believes what a file says: a damaged one can end the process.
"""

import math
import struct
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

MATRIX, COMPRESSED, BYTES = 14, 15, 2  # the format's codes
KINDS = (
    *("nothing", "cell", "struct", "object", "char", "sparse", "double", "single"),
    *("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"),
)


class Array(NamedTuple):
    """What a file holds under a name.

    Attributes:
        name: it.
        kind: of its values; "uint8" for bytes.
        shape: as in MATLAB.
        values: of that shape; None unless these are bytes.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    values: np.ndarray | None

    def __str__(self):
        return f"{self.name}, {self.kind} {self.shape}"


def arrays(path: str | Path, most: int) -> Iterator[Array]:
    """The arrays in a file one after the other.

    Args:
        path: the .mat file, little-endian.
        most: bytes that one of them may unpack to.

    Raises:
        ValueError: it is no such file, or an array is larger or belies itself.
        struct.error, zlib.error: it is truncated or damaged.
    """
    with open(path, "rb") as file:
        if file.read(128)[124:] != b"\0\1IM":
            raise ValueError("it is no MATLAB 5 file in little-endian order")
        while head := file.read(8):
            code, length = struct.unpack("<II", head)
            if length > most:
                raise ValueError(f"an array has {length} bytes, wanted {most} at most")
            content = file.read(length)
            if code == COMPRESSED:
                content = _unpacked(content, most)
                code, length = struct.unpack_from("<II", content)
                content = memoryview(content)[8:]
            if len(content) != length:
                raise ValueError(f"an array of {length} bytes is cut off after {len(content)}")
            if code == MATRIX:
                yield _array(memoryview(content))


def _unpacked(content, most):
    unpack = zlib.decompressobj()
    content = unpack.decompress(content, most + 1)
    if len(content) > most:
        raise ValueError(f"an array unpacks to more than {most} bytes")
    if not unpack.eof:
        raise ValueError("an array is cut off")
    return content


def _array(content):
    (_, about), (_, lengths), (_, name), *values = islice(_parts(content), 4)
    number, flags = about[0], about[1]
    kind = KINDS[number] if number < len(KINDS) else f"kind {number}"
    kind = "complex" if flags & 8 else "logical" if flags & 2 else kind
    shape = struct.unpack(f"<{len(lengths) // 4}i", lengths)
    found = None
    if kind == "uint8":
        ((code, content),) = values
        if code != BYTES or min(shape, default=-1) < 0 or math.prod(shape) != len(content):
            raise ValueError(f"an array of {shape} bytes has {len(content)} of type {code}")
        found = np.frombuffer(content, np.uint8).reshape(shape, order="F")
    return Array(bytes(name).decode("ascii"), kind, shape, found)


def _parts(content):
    """Code and bytes of each part of an array."""
    start = 0
    while start < len(content):
        code, length = struct.unpack_from("<II", content, start)
        first, after = start + 8, start + 8 + length + -length % 8
        if code >> 16:  # four bytes at most: their number stands beside the code
            code, length, first, after = code & 0xFFFF, code >> 16, start + 4, start + 8
        yield code, content[first : first + length]
        start = after
