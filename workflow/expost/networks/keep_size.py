"""Transposed convolutions of stride 1 to three channels or fewer, at the speed of more channels."""

from math import gcd

import torch
from torch import Tensor, nn
from torch.nn import functional, grad

from . import trilinear
from .export_layers import write


class KeepSize(nn.Module):
    """A transposed convolution of stride 1 that keeps the side of maps.

        y[i] = b + sum_k w[k] x[i + p - k],   p = (side - 1) // 2,   along each axis

    where x is 0 outside. It is TensorFlow's of "SAME" padding; PyTorch's makes a row and a column
    more at the end where the kernel's side is even. Parameters are those of PyTorch's layer, which
    is inside, and results but for rounding. On a CPU, that one pads up to three channels to 16;
    here, blocks of pixels take the place of the channels that lack. On other devices and for more
    channels it is that layer.

    Args:
        before: channels of the maps.
        after: channels of the result.
        side: of the kernel.
    """

    def __init__(self, before: int, after: int, side: int):
        super().__init__()
        self.transposed = nn.ConvTranspose2d(before, after, side, padding=_paddings(side)[0])

    def forward(self, maps: Tensor) -> Tensor:
        """(n, before, h, w) to (n, after, h, w)."""
        layer = self.transposed
        if maps.device.type != "cpu" or layer.out_channels > 3:
            return layer(maps)[..., : maps.shape[2], : maps.shape[3]]
        size = len(maps), layer.out_channels, *maps.shape[2:]
        return trilinear.apply(LAYER, maps, layer.weight, size) + layer.bias[:, None, None]


def _spread(maps: Tensor, weight: Tensor) -> Tensor:
    """The sum without b."""
    h, w = maps.shape[2:]
    block = gcd(h, w, 4 if weight.shape[1] == 1 else 2)
    blocks = functional.conv2d(
        maps, _of_blocks(weight, block), stride=block, padding=weight.shape[2] // 2
    )
    return functional.pixel_shuffle(blocks, block)[..., :h, :w]


def _of_maps(gradient: Tensor, weight: Tensor) -> Tensor:
    return functional.conv2d(_padded(gradient, weight.shape), _channels_last(weight))


def _of_weight(maps: Tensor, gradient: Tensor, shape: torch.Size) -> Tensor:
    return _channels_last(grad.conv2d_weight(_padded(gradient, shape), shape, maps))


def _of_blocks(weight: Tensor, block: int) -> Tensor:
    """Kernels, (after block block, before, ...), of a convolution whose channels are the pixels.

    Of a block, pixel r of each axis is `sum_t w[r + side - 1 - t] x[block i - side // 2 + t]`: the
    mirrored kernel, r further on.
    """
    kernels, most = weight.flip(2, 3).transpose(0, 1), block - 1
    moved = [
        functional.pad(kernels, (x, most - x, y, most - y))
        for y in range(block)
        for x in range(block)
    ]
    return _channels_last(torch.stack(moved, 1).flatten(0, 1))


LAYER = trilinear.Layer(_spread, _of_maps, _of_weight)


def _padded(gradient: Tensor, shape: tuple[int, ...]) -> Tensor:
    before, after = _paddings(shape[2])
    return _channels_last(functional.pad(gradient, (before, after, before, after)))


def _paddings(side: int) -> tuple[int, int]:
    return (side - 1) // 2, side // 2


def _channels_last(x: Tensor) -> Tensor:
    return x.to(memory_format=torch.channels_last)


@write.register
def _(layer: KeepSize, graph, x):
    """As a convolution, by the mirrored kernels."""
    kernels = layer.transposed.weight.detach().cpu().flip(2, 3).transpose(0, 1)
    before, after = _paddings(kernels.shape[-1])
    names = [graph.weight(part.numpy()) for part in (kernels, layer.transposed.bias.detach().cpu())]
    return graph.add("Conv", x, *names, pads=[after, after, before, before])
