"""What goes into an ONNX graph and what comes out, read from its file without its weights."""

import mmap
import os
from pathlib import Path
from typing import NamedTuple

from . import onnx_files, protobuf
from .untrusted import named

TYPES = {1: "float32", 2: "uint8", 10: "float16", 11: "float64"}  # of ONNX; those of NumPy's name
LARGEST = 2**31 - 1  # bytes that an ONNX file can have
SIDES = 8  # of an array; more would be no image and no code
# Numbers of fields, from onnx.proto.
GRAPH, INITIALIZER, INPUT, OUTPUT = 7, 5, 11, 12
NAME_OF_VALUE, TYPE, NAME_OF_TENSOR, TENSOR, ELEMENT, SHAPE, SIDE, LENGTH = 1, 2, 8, 1, 1, 2, 1, 1


class Value(NamedTuple):
    """An input or an output.

    Attributes:
        type: of its numbers, by NumPy's name; None where it is another, or no array.
        shape: None for a side that may be any; None in its place where even their number is open.
    """

    type: str | None
    shape: tuple[int | None, ...] | None


class Heads(NamedTuple):
    """All inputs that are no weights, and all outputs, by their names and in their order."""

    inputs: dict[str, Value]
    outputs: dict[str, Value]


def read(path: str | Path) -> Heads:
    """The heads of an ONNX file; nothing is run, and its weights are not read.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is no ONNX file, or too large for one, or says what `onnx_files.check`
            refuses; names it.
    """
    with (
        named(path, "export it again", "is no ONNX file that can be used"),
        open(path, "rb") as file,
    ):
        if (size := os.fstat(file.fileno()).st_size) > LARGEST:
            raise ValueError(f"it has {size} bytes, more than any such file can have")
        # Closed with the last part of it that somebody holds, an error's traceback included.
        content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        onnx_files.check(content)
        return _heads(content)


def _heads(model: memoryview) -> Heads:
    graph = _last(model, GRAPH)
    found: dict[int, dict[str, Value]] = {INPUT: {}, OUTPUT: {}}
    weights = set()
    for number, value in protobuf.fields(graph):
        if number == INITIALIZER:
            weights.add(protobuf.text(_last(value, NAME_OF_TENSOR)))
        elif number in found:
            name = protobuf.text(_last(value, NAME_OF_VALUE))
            found[number][name] = _value(_last(value, TYPE))
    inputs = {name: value for name, value in found[INPUT].items() if name not in weights}
    return Heads(inputs, found[OUTPUT])


def _value(about: memoryview) -> Value:
    tensor = _last(about, TENSOR)
    kind, shape = None, None
    for number, value in protobuf.fields(tensor):
        if number == ELEMENT:
            kind = TYPES.get(value)
        elif number == SHAPE:
            shape = tuple(_side(inner) for field, inner in protobuf.fields(value) if field == SIDE)
    return Value(kind, shape if shape is None else shape[:SIDES])


def _side(about: memoryview) -> int | None:
    lengths = [value for number, value in protobuf.fields(about) if number == LENGTH]
    known = lengths and 0 < lengths[-1] <= LARGEST
    return lengths[-1] if known else None


def _last(message: memoryview, wanted: int) -> memoryview:
    """The last field of a number, which counts where there are several; nothing where none is."""
    found = memoryview(b"")
    for number, value in protobuf.fields(message):
        if number == wanted:
            found = protobuf.message(value)
    return found
