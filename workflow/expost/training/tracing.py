"""What PyTorch modules make of arrays, and ONNX files of them."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..io import onnx_shapes
from ..io.escaping import in_one_line

OPSET = 18  # version of ONNX's operations
TRACED = 2  # rows: of one, sizes could be taken for constants


@contextmanager
def evaluating(*modules: nn.Module) -> Iterator[None]:
    """All modules in evaluation, and afterwards each of their parts as it was."""
    parts = [part for module in modules for part in module.modules()]
    before = [part.training for part in parts]
    for module in modules:
        module.eval()
    try:
        yield
    finally:
        for part, training in zip(parts, before, strict=True):
            part.training = training


def given(module: nn.Module, values: np.ndarray) -> torch.Tensor:
    """Values where a module computes, in its numbers."""
    first = next(module.parameters(), torch.zeros(()))
    return torch.from_numpy(values).to(first.device, first.dtype)


def made(module: nn.Module, values: np.ndarray, name: str) -> np.ndarray:
    """What a module makes of values, (n, ...), float32, if it is the same a second time.

    Args:
        module: set to evaluate.
        values: float32, (n, ...).
        name: of the module, for messages.

    Raises:
        TypeError: it is no tensor, or of numbers that ONNX files here cannot have.
        ValueError: the module fails, or gives other rows, something that is not finite, or
            something else each time.
    """
    try:
        twice = [module(given(module, values)) for _ in range(2)]
        found, again = (one.cpu() if isinstance(one, torch.Tensor) else one for one in twice)
    except Exception as error:  # of somebody's own module: any at all
        raise ValueError(
            f"the {name} fails on an input of {values.shape} ({_reason(error)}); correct `shape`, "
            "or hand in an encoder and a decoder of one autoencoder, on one device"
        ) from error
    if not isinstance(found, torch.Tensor):
        raise TypeError(
            f"got {type(found).__name__} of the {name}; wanted a tensor: of a mean and a variance, "
            "say, wrap it in a module that returns the mean"
        )
    types = onnx_shapes.TYPES.values()
    if (kind := str(found.dtype).removeprefix("torch.")) not in types:
        raise TypeError(f"got {kind} of the {name}; wanted one of {', '.join(types)}: .float()")
    if found.ndim < 2 or len(found) != len(values):
        raise ValueError(f"got {tuple(found.shape)} of the {name}; wanted ({len(values)}, ...)")
    if not found.isfinite().all():
        raise ValueError(
            f"the {name} gives numbers that are not finite; look at its weights, and whether "
            "`range` is that of the images that it was trained on"
        )
    if not torch.equal(found, again):
        raise ValueError(
            f"the {name} makes something else each time; export one without chance, as of the mean"
        )
    return found.float().numpy()


def write(module: nn.Module, values: np.ndarray, path: Path, name: str) -> None:
    """Write a module as an ONNX file by tracing: PyTorch's other exporter wants more packages.

    Args:
        module: set to evaluate.
        values: what it takes, float32, (n, ...), of which a few are traced.
        path: of the file.
        name: of the module, for messages.

    Raises:
        ValueError: PyTorch cannot.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            torch.onnx.export(
                *(module, (given(module, values[:TRACED]),), path),
                dynamo=False,
                opset_version=OPSET,
                input_names=["x"],
                output_names=["y"],
                dynamic_axes={"x": {0: "n"}, "y": {0: "n"}},
            )
        except Exception as error:  # of PyTorch, for many reasons
            raise ValueError(
                f"PyTorch cannot write the {name} as ONNX ({_reason(error)}); write it with other "
                "operations"
            ) from error


def _reason(error: Exception) -> str:
    """Its first line, which says what is wrong; PyTorch adds graphs and stacks."""
    return in_one_line(str(error).strip().partition("\n")[0]) or type(error).__name__
