"""A mask over the dimensions of a code, which is learnt."""

import torch
from torch import Tensor, nn

from ..networks.export_layers import write
from ..runtime.log import log
from ..runtime.option_values import count, number
from .mask_schedules import CLOSED, HALF, OPEN


class Mask(nn.Module):
    """Codes times `1 - exp(-a)`, a number between 0 and 1 for each dimension, with a >= 0.

    Args:
        latent: length m of a code, the capacity.
        low: `a` is uniform at first, from here.
        high: to here.

    Raises:
        ValueError: a single dimension, which cannot be masked; or an empty range of levels.
    """

    def __init__(self, latent: int, low: float, high: float):
        super().__init__()
        count("latent", latent, least=2)
        low = number("start_low", low, least=0)
        high = number("start_high", high, above=low)
        self.levels = nn.Parameter(low + (high - low) * torch.rand(latent))

    def forward(self, codes: Tensor) -> Tensor:
        """(n, m) to the same shape."""
        return codes * self.values()

    def values(self) -> Tensor:
        """The mask, (m,)."""
        return -torch.expm1(-self.levels)

    def spread(self) -> Tensor:
        """How far the mask is from 0 and 1 in all: `sum_j mu_j (1 - mu_j)`."""
        mask = self.values()
        return (mask * (1 - mask)).sum()

    def told(self) -> dict[str, float]:
        """The mask of each dimension, and how many are open how far.

        Active is 0.1 or more, as the official code counts, `active_half` is 0.5 or more, and
        `half_open` is what lies between 0.1 and 0.9. The log warns where nothing is active.
        """
        mask = self.values().detach().cpu()
        counts = {
            "active": mask >= CLOSED,
            "active_half": mask >= HALF,
            "half_open": (mask > CLOSED) & (mask < OPEN),
        }
        told = {name: int(which.sum()) for name, which in counts.items()}
        if not told["active"]:
            log.warning("no dimension is active: the mask has collapsed")
        return told | {f"mask_{j}": float(value) for j, value in enumerate(mask)}

    def project(self) -> None:
        """Put levels that a step has moved below 0 to 0."""
        self.levels.clamp_(min=0)


@write.register
def _(layer: Mask, graph, x):
    return graph.add("Mul", x, graph.weight(layer.values().detach().cpu().float().numpy()))
