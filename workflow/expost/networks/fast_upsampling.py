"""Transposed convolutions to three channels or fewer, at the speed of a matrix product."""

import torch
from torch import Tensor, nn
from torch.nn import functional, grad

AT_ONCE = 2**19  # numbers that a product may hold before they are summed: a core's cache


class Enlarge(nn.ConvTranspose2d):
    """Doubles the side of maps: a transposed convolution of 4x4, stride 2 and padding 1.

    On a CPU, PyTorch pads up to three output channels to 16, and computes all. Here one matrix
    product gives the 4x4 numbers that each pixel adds to the larger map, and sums of shifted slices
    add them up. Parameters and result are those of PyTorch's layer, but for rounding. On other
    devices and for more channels it is PyTorch's layer.

    Args:
        before: channels of the maps.
        after: channels of the result.
    """

    def __init__(self, before: int, after: int):
        super().__init__(before, after, 4, stride=2, padding=1)

    def forward(self, maps: Tensor) -> Tensor:
        """(n, before, h, w) to (n, after, 2 h, 2 w), channels last."""
        if maps.device.type != "cpu" or self.out_channels > 3:
            return super().forward(maps)
        return _Enlarge.apply(maps, self.weight, self.bias)


class _Enlarge(torch.autograd.Function):
    @staticmethod
    def forward(ctx, maps: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
        ctx.save_for_backward(maps, weight)
        pixels = maps.permute(0, 2, 3, 1)  # (n, h, w, before)
        taps = weight.permute(0, 2, 3, 1).reshape(len(weight), -1)  # (before, 4 * 4 * after)
        images = max(1, AT_ONCE // (pixels[0, ..., 0].numel() * taps.shape[1]))
        parts = [_enlarge(part, taps, bias) for part in pixels.split(images)]
        return torch.cat(parts).permute(0, 3, 1, 2)

    @staticmethod
    def backward(ctx, gradient: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        maps, weight = ctx.saved_tensors
        return (
            functional.conv2d(gradient, weight, stride=2, padding=1),
            grad.conv2d_weight(gradient, weight.shape, maps, stride=2, padding=1),
            gradient.sum(dim=(0, 2, 3)),
        )


def _enlarge(pixels: Tensor, taps: Tensor, bias: Tensor) -> Tensor:
    """The result (n, 2 h, 2 w, after) of pixels (n, h, w, before) and taps (before, 16 after).

    Along each axis, pixel p becomes the two pixels 2 p and 2 p + 1 of the result, and its tap k of
    0..3 is added to pixel 2 p + k - 1. So taps 1 and 2 are added to its own two pixels, tap 3 to
    the first one of pixel p + 1, and tap 0 to the second one of pixel p - 1.
    """
    n, h, w, before = pixels.shape
    added = (pixels.reshape(-1, before) @ taps).view(n, h, w, 4, 4, -1)
    rows = added[:, :, :, 1:3].clone()  # (n, h, w, 2, 4, after)
    rows[:, 1:, :, 0] += added[:, :-1, :, 3]
    rows[:, :-1, :, 1] += added[:, 1:, :, 0]
    both = rows[..., 1:3, :] + bias  # (n, h, w, 2, 2, after)
    both[:, :, 1:, :, 0] += rows[:, :, :-1, :, 3]
    both[:, :, :-1, :, 1] += rows[:, :, 1:, :, 0]
    return both.transpose(2, 3).reshape(n, 2 * h, 2 * w, -1)
