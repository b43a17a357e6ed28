"""What an ONNX file may not say, looked for before anything is made of it."""

from collections.abc import Iterator

# Message -> number of a field that holds messages -> their kind; and of tensors, those fields that
# name another file. From onnx.proto.
MESSAGES = {
    "model": {7: "graph", 25: "function"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "function": {7: "node", 11: "attribute"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {},
}
EXTERNAL_DATA, DATA_LOCATION = 13, 14
DEEPEST = 100  # messages in messages; protobuf's own limit


def check(content: bytes) -> None:
    """Refuse an ONNX model whose weights are in other files, wherever in it that is said.

    Raises:
        ValueError: it names other files, or is no such model.
    """
    _check(memoryview(content), "model", 0)


def _check(message: memoryview, kind: str, depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError("it nests too deep")
    for number, value in _fields(message):
        outside = number == EXTERNAL_DATA or (number == DATA_LOCATION and value != 0)
        if kind == "tensor" and outside:
            raise ValueError(
                "it keeps weights in another file, which is not read; save it with all its weights "
                "inside (`onnx.save` does so)"
            )
        if (inner := MESSAGES[kind].get(number)) is not None:
            if not isinstance(value, memoryview):
                raise ValueError("it is no ONNX model")
            _check(value, inner, depth + 1)


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview | int]]:
    """Number and value of every field of a protobuf message; fixed numbers are passed over."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, at = _varint(message, at)
            yield number, value
            continue
        if kind == 2:
            length, at = _varint(message, at)
        elif kind in (1, 5):
            length = {1: 8, 5: 4}[kind]
        else:
            raise ValueError("it is no ONNX model")
        if at + length > len(message):
            raise ValueError("it is truncated")
        if kind == 2:
            yield number, message[at : at + length]
        at += length


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """The number that begins at `at`, and where it ends."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(message):
            raise ValueError("it is truncated")
        byte = message[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
    raise ValueError("it is no ONNX model")
