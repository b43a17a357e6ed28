"""What an ONNX file may not say, looked for before anything is made of it."""

from . import protobuf
from .escaping import name_shown

# Message -> number of a field that holds messages -> their kind; and of tensors, those fields that
# name another file; and what names a function or an operation. From onnx.proto.
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
FUNCTIONS = 25  # of a model
NAME = {"function": {1: "name", 10: "domain"}, "node": {4: "name", 7: "domain"}}
DOMAINS = ("", "ai.onnx", "ai.onnx.ml")  # of the operations that ONNX itself defines
DEEPEST = 100  # messages in messages; protobuf's own limit


def check(content: bytes | memoryview) -> None:
    """Refuse an ONNX model with weights in other files, or operations that are not ONNX's own.

    Either is looked for wherever in it that may be said. Operations that it makes of ONNX's own,
    its functions, are taken.

    Raises:
        ValueError: it names other files or operations, or is no such model.
    """
    model = memoryview(content)
    functions = (value for number, value in protobuf.fields(model) if number == FUNCTIONS)
    _check(model, "model", 0, {_named(protobuf.message(value), "function") for value in functions})


def _check(message: memoryview, kind: str, depth: int, functions: set) -> None:
    if depth > DEEPEST:
        raise ValueError("it nests too deep")
    if kind == "node":
        domain, name = operation = _named(message, kind)
        if domain not in DOMAINS and operation not in functions:
            raise ValueError(
                f"it has the operation {name_shown(f'{domain}.{name}')}, which is not ONNX's own "
                "and could only be run by code from elsewhere; export it without"
            )
    for number, value in protobuf.fields(message):
        outside = number == EXTERNAL_DATA or (number == DATA_LOCATION and value != 0)
        if kind == "tensor" and outside:
            raise ValueError(
                "it keeps weights in another file, which is not read; save it with all its weights "
                "inside (`onnx.save` does so)"
            )
        if (inner := MESSAGES[kind].get(number)) is not None:
            _check(protobuf.message(value), inner, depth + 1, functions)


def _named(message: memoryview, kind: str) -> tuple[str, str]:
    """Domain and name of a function, or of the operation of a node."""
    found = {"domain": "", "name": ""}
    for number, value in protobuf.fields(message):
        if (what := NAME[kind].get(number)) is not None:
            found[what] = protobuf.text(value)
    return found["domain"], found["name"]
