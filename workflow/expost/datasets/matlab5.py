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
    """A named array of a file.

    Attributes:
        name: the variable's name in MATLAB.
        kind: the type of its values, one of `KINDS`, "complex" or "logical".
        shape: as in MATLAB, whose first index changes fastest.
        values: uint8 of that shape; None if `kind` is another one than "uint8".
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    values: np.ndarray | None

    def __str__(self):
        return f"{self.name}, {self.kind} {self.shape}"


def arrays(path: str | Path, most: int) -> Iterator[Array]:
    """The arrays in a file, one after the other.

    Args:
        path: the .mat file, little-endian.
        most: how many bytes one array may take, unpacked.

    Raises:
        ValueError: it is no such file, or an array is larger than that, or not as long as it says.
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


def _unpacked(content: bytes, most: int) -> bytes:
    """The content of a compressed array, if that is no more than `most` bytes."""
    unpack = zlib.decompressobj()
    content = unpack.decompress(content, most + 1)
    if len(content) > most:
        raise ValueError(f"an array unpacks to more than {most} bytes")
    if not unpack.eof:
        raise ValueError("an array is cut off")
    return content


def _array(content: memoryview) -> Array:
    """The array that an element of the kind `MATRIX` holds: flags, shape, name and values."""
    (_, flags), (_, lengths), (_, name), *rest = islice(_parts(content), 4)
    number, bits = flags[0], flags[1]
    kind = KINDS[number] if number < len(KINDS) else f"kind {number}"
    kind = "complex" if bits & 8 else "logical" if bits & 2 else kind
    shape = struct.unpack(f"<{len(lengths) // 4}i", lengths)
    values = None
    if kind == "uint8":
        ((code, content),) = rest
        if code != BYTES or min(shape, default=-1) < 0 or math.prod(shape) != len(content):
            raise ValueError(f"an array of {shape} bytes has {len(content)} of type {code}")
        values = np.frombuffer(content, np.uint8).reshape(shape, order="F")
    return Array(bytes(name).decode("ascii"), kind, shape, values)


def _parts(content: memoryview) -> Iterator[tuple[int, memoryview]]:
    """The code of the type and the bytes of each part of an array."""
    start = 0
    while start < len(content):
        code, length = struct.unpack_from("<II", content, start)
        first, after = start + 8, start + 8 + length + -length % 8
        if code >> 16:  # a part of at most four bytes, whose length stands in the code's upper half
            code, length, first, after = code & 0xFFFF, code >> 16, start + 4, start + 8
        yield code, content[first : first + length]
        start = after
