"""An autoencoder's ONNX files from elsewhere, made such as trainings here write them.

What images are to it, and what shape codes have in it, is crossed once, in the graph: then all jobs
hand it float32 images (n, c, h, w) in [0, 1], or vectors (n, d), and codes (n, latent).
"""

from collections.abc import Iterable
from math import prod

import numpy as np
from onnx import ModelProto, TensorProto, helper, numpy_helper

from .border import Border
from .pretrained import Fitted, Side

OPSET = 18  # where a model names none, as it has nothing of ONNX's first domain
NUMBERS = {
    "float16": TensorProto.FLOAT16,
    "float32": TensorProto.FLOAT,
    "float64": TensorProto.DOUBLE,
    "uint8": TensorProto.UINT8,
}


class _Chain:
    """Nodes one after the other, under names that nothing in a model has."""

    def __init__(self, value: str, names: str):
        self.first = self.value = value
        self._names, self.nodes = names, []

    def add(self, operation: str, *constants: np.ndarray, **attributes) -> None:
        inputs = [self.value]
        for constant in constants:
            inputs.append(self._new())
            tensor = numpy_helper.from_array(constant)
            self.nodes.append(helper.make_node("Constant", [], [inputs[-1]], value=tensor))
        self.value = self._new()
        self.nodes.append(helper.make_node(operation, inputs, [self.value], **attributes))

    def called(self, name: str) -> list:
        """All nodes, the last value under another name."""
        self.nodes.append(helper.make_node("Identity", [self.value], [name]))
        return self.nodes

    def _new(self):
        return f"{self._names}{len(self.nodes)}"


def encoder(model: ModelProto, fitted: Fitted, border: Border) -> ModelProto:
    """The encoder from float32 `data` to float32 `codes`; the model is changed.

    Args:
        model: as its file has it.
        fitted: see `pretrained.fit`.
        border: with the shape of the data.
    """
    side, name = fitted.encoder, _free(model)
    into = _Chain(f"{name}data", f"{name}in")
    if border.range is not None:
        low, high = border.range
        into.add("Mul", np.float32(high - low))
        # A cast to uint8 cuts off what is behind the point.
        into.add("Add", np.float32(low + 0.5 if side.takes.type == "uint8" else low))
    if border.layout == "channels_last":
        into.add("Transpose", perm=[0, 2, 3, 1])
    if len(side.takes.shape) != len(border.item) + 1:
        into.add("Reshape", np.int64([-1, prod(border.item)]))
    into.add("Cast", to=NUMBERS[side.takes.type])
    out = _Chain(side.output, f"{name}out")
    out.add("Reshape", np.int64([-1, fitted.length]))
    out.add("Cast", to=TensorProto.FLOAT)
    shapes = border.shape, (fitted.length,)
    return _between(model, side, into, out, f"{name}codes", shapes)


def decoder(model: ModelProto, fitted: Fitted, border: Border) -> ModelProto:
    """The decoder from float32 `codes` to float32 `data`; see `encoder`."""
    side, name = fitted.decoder, _free(model)
    into = _Chain(f"{name}codes", f"{name}in")
    if len(side.takes.shape) > 2:
        sides = side.takes.shape[1:]
        into.add("Reshape", np.int64([-1, *(fitted.latent if None in sides else sides)]))
    into.add("Cast", to=NUMBERS[side.takes.type])
    out = _Chain(side.output, f"{name}out")
    out.add("Cast", to=TensorProto.FLOAT)
    if side.gives.shape is None or len(side.gives.shape) != len(border.item) + 1:
        out.add("Reshape", np.int64([-1, *border.item]))
    if border.layout == "channels_last":
        out.add("Transpose", perm=[0, 3, 1, 2])
    if border.range is not None:
        low, high = border.range
        out.add("Sub", np.float32(low))
        out.add("Div", np.float32(high - low))
    shapes = (fitted.length,), border.shape
    return _between(model, side, into, out, f"{name}data", shapes)


def _between(
    model: ModelProto, side: Side, into: _Chain, out: _Chain, result: str, shapes: Iterable
) -> ModelProto:
    """The model with what is before it and behind it, and only those outside."""
    graph = model.graph
    nodes = [*into.called(side.input), *graph.node, *out.called(result)]
    weights = [value for value in graph.input if value.name != side.input]
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [side.rows or "n", *shape])
        for name, shape in zip((into.first, result), shapes, strict=True)
    ]
    for field, values in (
        (graph.node, nodes),
        (graph.input, [ends[0], *weights]),
        (graph.output, ends[1:]),
    ):
        del field[:]
        field.extend(values)
    if not any(known.domain in ("", "ai.onnx") for known in model.opset_import):
        model.opset_import.append(helper.make_opsetid("", OPSET))
    return model


def _free(model: ModelProto) -> str:
    """The beginning of a name that stands nowhere in a model."""
    name, content = "border.", model.SerializeToString()
    while name.encode() in content:
        name = f"_{name}"
    return name
