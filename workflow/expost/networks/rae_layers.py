"""The autoencoder networks of the RAE paper (Appendix A), sized from the image shape.

The paper's TensorFlow pads such that sides are halved, doubled and kept exactly ("SAME"). PyTorch's
paddings do the same: 1 on either side of 4x4 kernels, and 2 and 1 around those of 5x5, where
TensorFlow has 1 and 2: all of these are the paper's networks, of mirrored images.
"""

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from torch import Tensor, nn

from .batch_norm import BatchNorm
from .channel_order import ToMaps, ToRows
from .double_size import Double
from .export_layers import write
from .keep_size import KeepSize

if TYPE_CHECKING:
    from .rae_mnist import MNIST


class Centred(nn.Module):
    """Pixels in [0, 1] to [-1, 1]: `2 x - 1`."""

    def forward(self, pixels: Tensor) -> Tensor:
        """Of any shape."""
        return 2 * pixels - 1


@write.register
def _(layer: Centred, graph, x):
    two, one = (graph.weight(np.float32([value])) for value in (2, 1))
    return graph.add("Sub", graph.add("Mul", x, two), one)


def encoder(plan: "MNIST", shape: tuple[int, int, int], outputs: int) -> nn.Sequential:
    """Images (n, c, h, w) in [0, 1] to `outputs` numbers each.

    Args:
        plan: how many layers, and how wide.
        shape: (c, h, w), as `plan.check` lets it through.
        outputs: length of the result: the latent size, or twice that for a mean and a variance.
    """
    channels, height, width = shape
    layers = [Centred()] if plan.inputs == "centred" else []
    for before, after in pairwise((channels, *plan.encoding)):
        layers += [
            nn.Conv2d(before, after, plan.kernel, stride=2, padding=(plan.kernel - 1) // 2),
            *_normalised(plan, after),
        ]
    pixels = (height >> len(plan.encoding)) * (width >> len(plan.encoding))
    return nn.Sequential(*layers, ToRows(), nn.Linear(plan.encoding[-1] * pixels, outputs))


def decoder(plan: "MNIST", shape: tuple[int, int, int], latent: int) -> nn.Sequential:
    """Codes (n, d) to the logits of images (n, c, h, w).

    Args:
        plan: how many layers, and how wide.
        shape: (c, h, w), as `plan.check` lets it through.
        latent: length of a code.
    """
    channels, *size = shape
    opening = plan.decoding[0]
    height, width = (side >> (len(plan.decoding) - 1) for side in size)
    layers = [
        nn.Linear(latent, opening * height * width),
        ToMaps(opening, height, width),
        *(_normalised(plan, opening) if plan.linear_normalisation else [nn.ReLU(inplace=True)]),
    ]
    for before, after in pairwise(plan.decoding):
        layers += [
            Double(before, after, plan.kernel),
            *_normalised(plan, after),
        ]
    return nn.Sequential(*layers, KeepSize(plan.decoding[-1], channels, plan.kernel))


def _normalised(plan, channels):
    return [BatchNorm(channels, plan.momentum), nn.ReLU(inplace=True)]
