"""What an autoencoder that was trained elsewhere wants of images, and makes of them."""

from dataclasses import dataclass
from math import prod
from numbers import Real

import numpy as np

LAYOUTS = ("channels_first", "channels_last")


def check_range(found) -> tuple[float, float]:
    """What black and white are, in this order.

    Raises:
        ValueError: they are not two finite numbers, the first below the second.
    """
    if np.shape(found) != (2,) or not all(isinstance(end, Real) for end in found):
        raise ValueError(f"got range {found!r}; wanted two numbers, of black and of white")
    low, high = found
    if not low < high or not np.isfinite(high - low):
        raise ValueError(
            f"got range [{low:g}, {high:g}]; wanted what black is and what white is, as [-1, 1]"
        )
    return low, high


@dataclass(frozen=True)
class Border:
    """How images, or vectors, cross into an autoencoder's files and out of them.

    Attributes:
        shape: of an item of the data, (c, h, w) or (d,); None where that is not known yet.
        range: what black and white are to the networks; None of vectors, which stay as they are.
        layout: of images in the networks, one of `LAYOUTS`; None of vectors.
        output: the encoder's output that is the code; None where it has one.
        latent: shape of a code, where the files leave it open.
    """

    shape: tuple[int, ...] | None
    range: tuple[float, float] | None = None
    layout: str | None = None
    output: str | None = None
    latent: tuple[int, ...] | None = None

    @classmethod
    def of(cls, entry: dict, shape: tuple[int, ...] | None) -> "Border":
        """What an entry under a study's `autoencoders` says, for data of a shape."""
        latent = entry.get("latent")
        return cls(
            shape,
            tuple(entry["range"]) if "range" in entry else None,
            entry.get("layout"),
            entry.get("output"),
            (latent,) if isinstance(latent, int) else latent and tuple(latent),
        )

    @property
    def item(self) -> tuple[int, ...] | None:
        """Shape of an item as the networks have it, unless they have it flat."""
        if self.shape is None or self.layout != "channels_last":
            return self.shape
        channels, *sides = self.shape
        return (*sides, channels)

    @property
    def forms(self) -> list[tuple[int, ...]]:
        """The shapes that an item may have in the networks: as it is, or flat."""
        return list(dict.fromkeys([self.item, (prod(self.item),)]))
