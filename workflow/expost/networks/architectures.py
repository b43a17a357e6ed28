"""Architectures of autoencoders by name, made and checked without torch.

An architecture is made with its options, `width` among them, and then makes networks:

    check(shape)             raises ValueError where there are none for data of that shape
    encoder(shape, outputs)  a network from data, (n, *shape), to (n, outputs)
    decoder(shape, latent)   a network from codes, (n, latent), to (n, *shape), not squashed

`shape` is (c, h, w) of images or (d,) of vectors. Networks are built of layers that
`networks.export` knows. No `__init__` imports torch, nor does `check`: the config is checked
with these before anything heavy is imported.
"""

from typing import TYPE_CHECKING, Protocol

from ..runtime import option_values, registry
from . import ARCHITECTURES

if TYPE_CHECKING:
    from torch import nn

DEFAULT = "ebcae_mnist"


class Architecture(Protocol):
    """What makes an encoder and a decoder; see the module."""

    def check(self, shape: tuple[int, ...]) -> None: ...  # noqa: D102

    def encoder(self, shape: tuple[int, ...], outputs: int) -> "nn.Module": ...  # noqa: D102

    def decoder(self, shape: tuple[int, ...], latent: int) -> "nn.Module": ...  # noqa: D102


def build(networks: str | dict = DEFAULT, width: float = 1.0) -> Architecture:
    """The architecture of that name.

    Args:
        networks: a key of `ARCHITECTURES`, or a mapping of its `name` and its options.
        width: by which all channels and hidden widths are multiplied; 1 is the paper's. Channels
            of images and the latent size stay.

    Raises:
        ValueError: there is no such architecture or option, or the width is no number above 0.
    """
    options = dict(networks) if isinstance(networks, dict) else {"name": networks}
    if "name" not in options:
        raise ValueError(
            f"got networks {networks!r} without a name; known are {', '.join(ARCHITECTURES)}"
        )
    name = options.pop("name")
    return registry.build("networks", ARCHITECTURES, __package__, name, {"width": width} | options)


def scaled(count: int, width: float) -> int:
    """How many channels are left of `count`: `count * width`, rounded, at least 1."""
    return max(1, round(count * width))


def check_width(width: float) -> float:
    """The width itself.

    Raises:
        ValueError: it is no number above 0.
    """
    return option_values.number("width", width, above=0, below=1e6)


def check_images(shape: tuple[int, ...]) -> None:
    """Refuse data that are no images.

    Raises:
        ValueError: what shape was wanted.
    """
    if len(shape) != 3:
        raise ValueError(
            f"got data of shape {tuple(shape)}; these networks want images (c, h, w): set "
            "`networks: mlp` for vectors"
        )
