"""The layers of networks as nodes of an ONNX graph, a function a kind.

A new kind is one more function here, or where the layer is defined, registered with `write`.
"""

from functools import singledispatch

import numpy as np
from onnx import helper, numpy_helper
from torch import nn

from .layers import First


class Graph:
    """The nodes and weights of an ONNX graph that is being written; values go by names."""

    def __init__(self):
        self.nodes, self.weights = [], []

    def add(self, operation: str, *inputs: str, outputs: int = 1, **attributes) -> str:
        """Append a node: the name of its (first) output."""
        names = [f"v{len(self.nodes)}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(operation, inputs, names, **attributes))
        return names[0]

    def weight(self, values: np.ndarray) -> str:
        """Append a tensor of weights: its name."""
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name


@singledispatch
def write(layer: nn.Module, graph: Graph, x: str) -> str:
    """Append a layer, set to evaluate, to a graph.

    Args:
        layer: of a kind that is known here.
        graph: what it is appended to.
        x: name of its input.

    Returns:
        The name of its output.

    Raises:
        TypeError: this kind of layer is not known.
    """
    raise TypeError(
        f"got a layer of kind {type(layer).__name__}, which has no ONNX form here; build the "
        "network of others, or register one with `networks.export.write`"
    )


@write.register
def _(layer: nn.Sequential, graph, x):
    layers = _flat(layer)
    while layers:
        first = layers.pop(0)
        if (
            _has_weights(first)
            and layers
            and isinstance(layers[0], nn.BatchNorm1d | nn.BatchNorm2d)
        ):
            x = _weighted(first, graph, x, layers.pop(0))
        else:
            x = write(first, graph, x)
    return x


@write.register(nn.Linear)
@write.register(nn.Conv2d)
@write.register(nn.ConvTranspose2d)  # Enlarge too
def _(layer, graph, x):
    return _weighted(layer, graph, x)


@write.register(nn.BatchNorm1d)
@write.register(nn.BatchNorm2d)
def _(layer, graph, x):
    shape = (1, -1, 1, 1) if isinstance(layer, nn.BatchNorm2d) else (1, -1)
    scale, shift = (graph.weight(_float(part).reshape(shape)) for part in _affine(layer))
    return graph.add("Add", graph.add("Mul", x, scale), shift)


@write.register
def _(layer: nn.LeakyReLU, graph, x):
    return graph.add("LeakyRelu", x, alpha=layer.negative_slope)


@write.register
def _(layer: nn.Flatten, graph, x):
    return graph.add("Flatten", x, axis=layer.start_dim)


@write.register
def _(layer: nn.Unflatten, graph, x):
    return graph.add("Reshape", x, graph.weight(np.int64([0, *layer.unflattened_size])))


@write.register
def _(layer: First, graph, x):
    return graph.add("Split", x, outputs=layer.parts, axis=1, num_outputs=layer.parts)


for _kind, _name in ((nn.ReLU, "Relu"), (nn.Sigmoid, "Sigmoid"), (nn.Tanh, "Tanh")):
    write.register(_kind, lambda layer, graph, x, name=_name: graph.add(name, x))
write.register(nn.Identity, lambda layer, graph, x: x)


def _flat(layer):
    if not isinstance(layer, nn.Sequential):
        return [layer]
    return [leaf for child in layer for leaf in _flat(child)]


def _has_weights(layer):
    return isinstance(layer, nn.Linear | nn.Conv2d | nn.ConvTranspose2d)


def _weighted(layer, graph, x, normalisation=None):
    """A layer with the batch normalisation after it folded in: `s (W x + b) + t`."""
    weight = _double(layer.weight)
    axis = 1 if isinstance(layer, nn.ConvTranspose2d) else 0  # of the outputs
    bias = np.zeros(weight.shape[axis]) if layer.bias is None else _double(layer.bias)
    if normalisation is not None:
        scale, shift = _affine(normalisation)
        weight = weight * scale.reshape([-1 if i == axis else 1 for i in range(weight.ndim)])
        bias = bias * scale + shift
    names = graph.weight(_float(weight)), graph.weight(_float(bias))
    if isinstance(layer, nn.Linear):
        return graph.add("Gemm", x, *names, transB=1)
    how = {"strides": layer.stride, "dilations": layer.dilation, "pads": layer.padding * 2}
    if layer.groups != 1 or layer.padding_mode != "zeros" or isinstance(layer.padding, str):
        raise TypeError(f"got {layer}; wanted one group, and zeros in numbers as padding")
    if isinstance(layer, nn.ConvTranspose2d):
        how["output_padding"] = layer.output_padding
        return graph.add("ConvTranspose", x, *names, **how)
    return graph.add("Conv", x, *names, **how)


def _affine(layer):
    """Scale and shift that a batch normalisation is in evaluation, float64."""
    scale = 1 / np.sqrt(_double(layer.running_var) + layer.eps)
    if layer.affine:
        scale = scale * _double(layer.weight)
    shift = -_double(layer.running_mean) * scale
    return scale, shift + _double(layer.bias) if layer.affine else shift


def _double(tensor):
    return tensor.detach().cpu().double().contiguous().numpy()


def _float(values):
    return values.astype(np.float32)
