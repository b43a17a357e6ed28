"""Autoencoders that something else trained, as ONNX files, for tests of those of one's own."""

import numpy as np
import onnx
import torch
import yaml
from expost import datasets
from expost.networks.unit_pixels import unit
from onnx import TensorProto, helper, numpy_helper
from torch import nn

FIRST = {"range": [0, 1], "layout": "channels_first"}


def digits():
    """The training part of `digits`, float32 (n, 1, 16, 16) in [0, 1]."""
    return unit(datasets.build("digits", size=16).load()["images_train"])


def trained_by_torch(steps=300):
    """A small convolutional autoencoder with spatial codes, (2, 4, 4), of digits in [-1, 1]."""
    torch.manual_seed(0)
    encoder = nn.Sequential(
        nn.Conv2d(1, 16, 4, stride=4), nn.BatchNorm2d(16), nn.ReLU(), nn.Conv2d(16, 2, 1)
    )
    decoder = nn.Sequential(
        nn.Conv2d(2, 32, 3, padding=1), nn.ReLU(), nn.ConvTranspose2d(32, 1, 4, stride=4), nn.Tanh()
    )
    data = torch.from_numpy(digits()) * 2 - 1
    optimiser = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], 0.01)
    for step in range(steps):
        batch = data[step * 64 % 896 :][:64]
        optimiser.zero_grad()
        torch.nn.functional.mse_loss(decoder(encoder(batch)), batch).backward()
        optimiser.step()
    return encoder, decoder


def linear(path, shape, result, weight=None, kind="float32", rows="n", names=("x", "y"), nodes=()):
    """A file of `y = x W`, of any numbers and rows, flattened before and shaped behind.

    Args:
        path: where it goes.
        shape: of an item of x.
        result: of an item of y.
        weight: W; of ones, divided by their number, if left out.
        kind: of the numbers.
        rows: a number, or a name.
        names: of x and y.
        nodes: more of them, of other outputs.
    """
    count, size = int(np.prod(shape)), int(np.prod(result))
    weight = np.full((count, size), 1 / count) if weight is None else weight
    number = helper.np_dtype_to_tensor_dtype(np.dtype(kind))
    inner = np.dtype("float32" if kind == "uint8" else kind)
    add = {
        "flat": np.int64([-1, count]),
        "back": np.int64([-1, *result]),
        "w": weight.astype(inner),
    }
    made = [
        helper.make_node("Cast", [names[0]], ["f"], to=helper.np_dtype_to_tensor_dtype(inner)),
        helper.make_node("Reshape", ["f", "flat"], ["r"]),
        helper.make_node("MatMul", ["r", "w"], ["m"]),
        helper.make_node("Reshape", ["m", "back"], [names[1]]),
    ]
    out = helper.np_dtype_to_tensor_dtype(inner)
    info = helper.make_tensor_value_info
    others = [name for node in nodes for name in node.output]
    graph = helper.make_graph(
        [*made, *nodes],
        "g",
        [info(names[0], number, [rows, *shape])],
        [info(names[1], out, [rows, *result]), *(info(o, TensorProto.FLOAT, None) for o in others)],
        [numpy_helper.from_array(value, name) for name, value in add.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
    onnx.save(model, path)
    return path


def overlay(folder, entries, figures):
    """A config for 16x16 digits in which autoencoders of the study are files, and its arguments."""
    config = {
        "studies": ["ebcae"],
        "datasets": {"digits": {"kind": "digits", "size": 16, "classifier": {"epochs": 2}}},
        "overrides": {
            "ebcae": {
                **{"draws": 40, "size": 100, "sizes": [50, 100], "seeds": [0]},
                "autoencoders": entries,
                "figures": figures,
            }
        },
    }
    (folder / "mine.yaml").write_text(yaml.safe_dump(config))
    return ("--configfile=mine.yaml", "--")
