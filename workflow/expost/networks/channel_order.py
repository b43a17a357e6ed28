"""Maps as rows of numbers and back, a pixel's channels side by side.

So they lie in memory where layers are fast, channels last: nothing has to be moved, neither for
these layers nor for their gradients.
"""

import numpy as np
from torch import Tensor, nn

from .export_layers import write


class ToRows(nn.Module):
    """Maps (n, c, h, w) to rows (n, h * w * c)."""

    def forward(self, maps: Tensor) -> Tensor:
        """(n, c, h, w) to (n, h * w * c)."""
        return maps.permute(0, 2, 3, 1).flatten(1)


class ToMaps(nn.Module):
    """Rows (n, h * w * c) to maps (n, c, h, w).

    Args:
        channels: c.
        height: h.
        width: w.
    """

    def __init__(self, channels: int, height: int, width: int):
        super().__init__()
        self.size = height, width, channels

    def forward(self, rows: Tensor) -> Tensor:
        """(n, h * w * c) to (n, c, h, w)."""
        return rows.unflatten(1, self.size).permute(0, 3, 1, 2)


@write.register
def _(layer: ToRows, graph, x):
    return graph.add("Flatten", graph.add("Transpose", x, perm=[0, 2, 3, 1]), axis=1)


@write.register
def _(layer: ToMaps, graph, x):
    shape = graph.weight(np.int64([0, *layer.size]))
    return graph.add("Transpose", graph.add("Reshape", x, shape), perm=[0, 3, 1, 2])
