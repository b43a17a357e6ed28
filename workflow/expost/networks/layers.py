"""Layers that PyTorch lacks and trained networks may end with."""

import torch
from torch import nn


class First(nn.Module):
    """The first part of each row: (n, k) to (n, k / parts).

    Args:
        parts: how many equal parts a row has.
    """

    def __init__(self, parts: int):
        super().__init__()
        self.parts = parts

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """(n, k) to (n, k / parts)."""
        return rows[:, : rows.shape[1] // self.parts]
