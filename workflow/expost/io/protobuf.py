"""Messages in the encoding of Protocol Buffers, read field by field and nothing copied."""

from collections.abc import Iterator

VARINT, LENGTH = 0, 2  # kinds of fields: a number, and bytes, which may be a message


def fields(content: memoryview) -> Iterator[tuple[int, memoryview | int]]:
    """Number and value of every field of a message; fixed numbers are passed over.

    Raises:
        ValueError: it is no such message.
    """
    at = 0
    while at < len(content):
        key, at = _varint(content, at)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, at = _varint(content, at)
            yield number, value
            continue
        if kind == LENGTH:
            length, at = _varint(content, at)
        elif kind in (1, 5):
            length = {1: 8, 5: 4}[kind]
        else:
            raise ValueError("it is no ONNX model")
        if at + length > len(content):
            raise ValueError("it is truncated")
        if kind == LENGTH:
            yield number, content[at : at + length]
        at += length


def message(value: memoryview | int) -> memoryview:
    """A field that holds a message, or other bytes.

    Raises:
        ValueError: it holds a number.
    """
    if not isinstance(value, memoryview):
        raise ValueError("it is no ONNX model")
    return value


def text(value: memoryview | int) -> str:
    """A field that holds text.

    Raises:
        ValueError: it holds a number.
    """
    return str(message(value), "utf-8", "replace")


def _varint(content: memoryview, at: int) -> tuple[int, int]:
    """The number that begins at `at`, and where it ends."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(content):
            raise ValueError("it is truncated")
        byte = content[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
    raise ValueError("it is no ONNX model")
