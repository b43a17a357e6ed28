"""PyTorch networks to ONNX files: the same function, and of the same weights the same bytes.

PyTorch's exporters trace what Python does, need more packages, warn, and cannot see through
`fast_upsampling.Enlarge`, which is a transposed convolution. Here every kind of layer is written
out, in `networks.export_layers`.
"""

from pathlib import Path

import torch
from onnx import ModelProto, TensorProto, helper
from torch import nn

from ..io.files import whole
from .export_layers import Graph, write

OPSET, IR = 18, 8  # versions of ONNX, old enough for any reader


def save(path: str | Path, model: ModelProto) -> None:
    """Write a model to `path` (.onnx), whole or not at all; of the same model the same bytes."""
    with whole(path) as temporary:
        temporary.write_bytes(model.SerializeToString(deterministic=True))


def finished(graph: Graph, x: tuple[str, list], outputs: dict[str, tuple[str, list]]) -> ModelProto:
    """A graph with an input and named outputs, float32 of any number of rows, as a model.

    Args:
        graph: all nodes.
        x: name and shape, without the rows, of the input.
        outputs: name -> name of the value in the graph, and its shape without the rows.
    """
    info, number = helper.make_tensor_value_info, TensorProto.FLOAT
    nodes = graph.nodes + [
        helper.make_node("Identity", [value], [name]) for name, (value, _) in outputs.items()
    ]
    made = helper.make_graph(
        nodes,
        "network",
        [info(x[0], number, ["n", *x[1]])],
        [info(name, number, ["n", *shape]) for name, (_, shape) in outputs.items()],
        graph.weights,
    )
    versions = [helper.make_opsetid("", OPSET)]
    return helper.make_model(made, opset_imports=versions, ir_version=IR, producer_name="expost")


def save_autoencoder(
    encoder: str | Path, decoder: str | Path, objective: nn.Module, shape: tuple[int, ...]
) -> None:
    """Write the two networks of a trained objective.

    Args:
        encoder: the file of that from `data`, float32 (n, *shape), images in [0, 1], to `codes`,
            (n, latent).
        decoder: the file of that from `codes` to `data`, output activation included.
        objective: trained; see `objectives.base.Objective`.
        shape: of an item of the data.
    """
    with torch.inference_mode():
        codes = objective.eval().encode(torch.zeros(1, *shape, device=_device(objective)))
    for path, network, x, y, shapes in (
        (encoder, objective.encoding(), "data", "codes", (shape, codes.shape[1:])),
        (decoder, objective.decoding(), "codes", "data", (codes.shape[1:], shape)),
    ):
        graph = Graph()
        result = write(network, graph, x)
        save(path, finished(graph, (x, list(shapes[0])), {y: (result, list(shapes[1]))}))


def _device(module):
    return next(module.parameters()).device
