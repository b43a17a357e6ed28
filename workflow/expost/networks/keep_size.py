"""Transposed convolutions of stride 1 to three channels or fewer, as fast as matrix products."""

import torch
from torch import Tensor, nn
from torch.nn import functional, grad

from .export_layers import write

AT_ONCE = 2**19  # numbers that a product may hold before they are summed: a core's cache


class KeepSize(nn.Module):
    """A transposed convolution of stride 1 that keeps the side of maps.

        y[i] = b + sum_k w[k] x[i + p - k],   p = (side - 1) // 2,   along each axis

    where x is 0 outside. It is TensorFlow's of "SAME" padding. PyTorch's makes a row and a column
    more at the end where the kernel's side is even, and on a CPU pads up to three channels to 16.
    There, one matrix product gives the numbers that each pixel adds to those around it. Parameters
    are those of the layer inside, and results but for rounding. On other devices and for more
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
        return _KeepSize.apply(maps, layer.weight) + layer.bias[:, None, None]


class _KeepSize(torch.autograd.Function):
    """The sum without b; what its backward pass calls can be differentiated again."""

    @staticmethod
    def forward(ctx, maps: Tensor, weight: Tensor) -> Tensor:
        ctx.save_for_backward(maps, weight)
        pixels = maps.permute(0, 2, 3, 1)  # (n, h, w, before)
        taps = weight.permute(2, 3, 1, 0).reshape(-1, len(weight))  # (side side after, before)
        images = max(1, AT_ONCE // (pixels[0, ..., 0].numel() * len(taps)))
        return torch.cat([_spread(part, taps, weight.shape) for part in pixels.split(images)])

    @staticmethod
    def backward(ctx, gradient: Tensor) -> tuple[Tensor, Tensor]:
        maps, weight = ctx.saved_tensors
        before, after = _paddings(weight.shape[-1])
        around = functional.pad(gradient, (before, after, before, after))
        return (
            functional.conv2d(around, weight),
            grad.conv2d_weight(around, weight.shape, maps),
        )


def _paddings(side: int) -> tuple[int, int]:
    return (side - 1) // 2, side // 2


def _spread(pixels: Tensor, taps: Tensor, shape: tuple[int, ...]) -> Tensor:
    """The result (n, after, h, w) of pixels (n, h, w, before); `shape` is that of the weights.

    Along each axis, tap k of pixel j is added to pixel j + k - p.
    """
    n, h, w, _ = pixels.shape
    _, after, side, _ = shape
    added = (taps @ pixels.reshape(-1, len(taps.T)).T).view(side, side, after, n, h, w)
    made = pixels.new_zeros(n, h, w, after)
    sums = made.permute(3, 0, 1, 2)
    first = _paddings(side)[0]
    for y in range(side):
        for x in range(side):
            (to_y, from_y), (to_x, from_x) = _shifted(y - first, h), _shifted(x - first, w)
            sums[..., to_y, to_x] += added[y, x][..., from_y, from_x]
    return made.permute(0, 3, 1, 2)


def _shifted(by: int, length: int) -> tuple[slice, slice]:
    """Where j + by is, and where j is, for all j with both of them inside."""
    most = max(0, length - abs(by))
    to, origin = max(0, by), max(0, -by)
    return slice(to, to + most), slice(origin, origin + most)


@write.register
def _(layer: KeepSize, graph, x):
    """As a convolution, by the mirrored kernels."""
    kernels = layer.transposed.weight.detach().cpu().flip(2, 3).transpose(0, 1)
    before, after = _paddings(kernels.shape[-1])
    names = [graph.weight(part.numpy()) for part in (kernels, layer.transposed.bias.detach().cpu())]
    return graph.add("Conv", x, *names, pads=[after, after, before, before])
