"""Batch normalisation that is looked through, and one whose result has a given spread."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn


class Standardised(nn.BatchNorm1d):
    """Codes normalised over a batch to a mean and a spread that are given and not trained.

        weight (z - mean) / sqrt(variance + 1e-5) + bias,   of each dimension

    Both are buffers, 1 and 0 at first, and are saved with the network's weights.

    Args:
        dimensions: of a code.
    """

    def __init__(self, dimensions: int):
        super().__init__(dimensions, affine=False)
        for name, value in (("weight", 1.0), ("bias", 0.0)):
            delattr(self, name)  # PyTorch's place of a parameter, which is None
            self.register_buffer(name, torch.full((dimensions,), value))


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
