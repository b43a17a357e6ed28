"""The autoencoder networks of the EBCAE paper (Appendix D.2), sized from the image shape."""

from itertools import pairwise
from typing import TYPE_CHECKING

import torch
from torch import nn

from .fast_upsampling import Enlarge

if TYPE_CHECKING:
    from .ebcae_mnist import MNIST


class Encoder(nn.Sequential):
    """Images (n, c, h, w) in [0, 1] to `outputs` numbers each.

    4x4 convolutions of stride 2 with batch normalisation and (leaky) ReLU, then one linear layer,
    or two.

    Args:
        plan: how many layers, and how wide.
        shape: (c, h, w); h and w multiples of what the plan wants.
        outputs: length of the result: the latent size, or twice that for a mean and a variance.

    Raises:
        ValueError: the plan cannot halve the image.
    """

    def __init__(self, plan: "MNIST", shape: tuple[int, int, int], outputs: int):
        plan.check(shape)
        channels, *size = shape
        layers, paddings = [], [1] * (len(plan.encoding) - 1) + [plan.padding[0]]
        for wide, padding in zip(plan.encoding, paddings, strict=True):
            layers += [
                nn.Conv2d(channels, wide, 4, stride=2, padding=padding),  # (n, wide, h / 2, w / 2)
                nn.BatchNorm2d(wide),
                nn.LeakyReLU(plan.slope, inplace=True) if plan.slope else nn.ReLU(inplace=True),
            ]
            channels = wide
        widths = [plan.flat(*size), *([plan.hidden] if plan.hidden else []), outputs]
        super().__init__(*layers, Flatten(), *(nn.Linear(*pair) for pair in pairwise(widths)))


class Flatten(nn.Flatten):
    """Flattening whose gradient comes back channels last, as all layers before it are.

    Else the last ReLU would meet its output in one layout and its gradient in the other, and take
    ten times as long to multiply them.
    """

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """(n, c, h, w) to (n, c * h * w)."""
        if maps.requires_grad:
            maps.register_hook(_channels_last)
        return super().forward(maps)


def _channels_last(x: torch.Tensor) -> torch.Tensor:
    return x.contiguous(memory_format=torch.channels_last)


class Decoder(nn.Sequential):
    """Codes (n, d) to the logits of images (n, c, h, w).

    A linear layer to 100 values, seen as 100 channels of one pixel, then transposed convolutions.
    The first opens the pixel, to 4x4 for MNIST; the others are 4x4 of stride 2 and double the
    side. The sigmoid is left to `objectives.reconstruction`.

    Args:
        plan: how many layers, and how wide.
        shape: (c, h, w); h and w multiples of what the plan wants.
        latent: length of a code.

    Raises:
        ValueError: the plan cannot double its way to the image.
    """

    def __init__(self, plan: "MNIST", shape: tuple[int, int, int], latent: int):
        plan.check(shape)
        channels, *size = shape
        padding = plan.padding[1]
        kernel = tuple(side + 2 * padding for side in plan.opened(*size))
        layers = [
            nn.Linear(latent, plan.opening),
            nn.Unflatten(1, (plan.opening, 1, 1)),
            nn.ConvTranspose2d(plan.opening, plan.decoding[0], kernel, padding=padding),
        ]
        widths = [*plan.decoding, *([] if plan.ends_full_size else [channels])]
        for before, after in pairwise(widths):
            layers += [
                nn.BatchNorm2d(before),
                nn.ReLU(inplace=True),
                Enlarge(before, after),
            ]
        if plan.ends_full_size:
            last = nn.Conv2d(widths[-1], channels, 3, padding=1)
            layers += [nn.BatchNorm2d(widths[-1]), nn.ReLU(inplace=True), last]
        super().__init__(*layers)
