"""Fully connected networks, for vectors and for images seen as vectors."""

from collections.abc import Sequence
from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING

from ..runtime import option_values
from .architectures import check_width, scaled

if TYPE_CHECKING:
    from torch import nn


class MLP:
    """Linear layers with leaky ReLUs between them; the decoder mirrors the encoder.

    Args:
        width: by which the hidden widths are multiplied.
        hidden: their widths, the encoder's first layer first.
        slope: of the activations below zero.

    Raises:
        ValueError: there is no hidden layer, or one of less than 1, or the slope is negative.
    """

    without = ("transposed convolutions",)  # see `objectives.rae`
    together = True  # no batch normalisation; see `training.together`

    def __init__(self, width: float = 1.0, hidden: Sequence[int] = (128, 128), slope: float = 0.2):
        width = check_width(width)
        if not isinstance(hidden, list | tuple) or not hidden:
            raise ValueError(f"got hidden {hidden!r}; wanted a list of widths, [128] say")
        for place, count in enumerate(hidden):
            option_values.count(f"hidden[{place}]", count)
        self.hidden = [scaled(count, width) for count in hidden]
        self.slope = option_values.number("slope", slope, least=0)

    def check(self, shape: tuple[int, ...]) -> None:
        """Refuse data that is neither a vector nor an image.

        Raises:
            ValueError: what was got.
        """
        if len(shape) not in (1, 3) or min(shape) < 1:
            raise ValueError(f"got data of shape {tuple(shape)}; wanted (d,) or (c, h, w)")

    def encoder(self, shape: tuple[int, ...], outputs: int) -> "nn.Sequential":
        """A network from data (n, *shape) to (n, outputs)."""
        from torch import nn

        self.check(shape)
        flat = [nn.Flatten()] if len(shape) > 1 else []
        return nn.Sequential(*flat, *self._layers([prod(shape), *self.hidden, outputs]))

    def decoder(self, shape: tuple[int, ...], latent: int) -> "nn.Sequential":
        """A network from codes (n, latent) to (n, *shape)."""
        from torch import nn

        self.check(shape)
        layers = self._layers([latent, *reversed(self.hidden), prod(shape)])
        folded = [nn.Unflatten(1, tuple(shape))] if len(shape) > 1 else []
        return nn.Sequential(*layers, *folded)

    def _layers(self, widths):
        from torch import nn

        layers = []
        for before, after in pairwise(widths):
            layers += [nn.Linear(before, after), nn.LeakyReLU(self.slope)]
        return layers[:-1]
