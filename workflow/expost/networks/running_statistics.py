"""Batch normalisation that is looked through, and one whose result has a given spread."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn

from .export_layers import write


class Standardised(nn.Sequential):
    """Codes normalised over a batch to a mean and a spread that are given and not trained.

        scale (z - mean) / sqrt(variance + 1e-5) + shift,   of each dimension

    The second layer has both in buffers, 1 and 0 at first, which are saved with the weights.

    Args:
        dimensions: of a code.
    """

    def __init__(self, dimensions: int):
        super().__init__(nn.BatchNorm1d(dimensions, affine=False), Given(dimensions))

    def set(self, mean: Tensor, spread: Tensor) -> None:
        """Give the codes a mean and a standard deviation in each dimension, (d,) each."""
        self[1].shift.copy_(mean)
        self[1].scale.copy_(spread)


class Given(nn.Module):
    """Scale and shift of each dimension, given and not trained."""

    def __init__(self, dimensions: int):
        super().__init__()
        self.register_buffer("scale", torch.ones(dimensions))
        self.register_buffer("shift", torch.zeros(dimensions))

    def forward(self, codes: Tensor) -> Tensor:
        """(n, d) to the same shape."""
        return codes * self.scale + self.shift


@write.register
def _(layer: Given, graph, x):
    scale, shift = (graph.weight(part.cpu().float().numpy()) for part in (layer.scale, layer.shift))
    return graph.add("Add", graph.add("Mul", x, scale), shift)


@contextmanager
def kept(network: nn.Module) -> Iterator[None]:
    """Look through a network in training without moving its running means and variances."""
    kinds = nn.BatchNorm1d | nn.BatchNorm2d
    layers = [part for part in network.modules() if isinstance(part, kinds)]
    before = [(buffer, buffer.clone()) for part in layers for buffer in part.buffers()]
    try:
        yield
    finally:
        for buffer, value in before:
            buffer.copy_(value)
