"""Transposed convolutions of stride 2 that double the side of maps."""

from functools import partial

from torch import Tensor, nn
from torch.nn import functional, grad

from . import trilinear


class Double(nn.ConvTranspose2d):
    """PyTorch's layer with TensorFlow's "SAME" padding, mirrored where the kernel's side is odd.

    In training on a CPU its second derivative, which a penalty on a decoder's gradient wants, is
    that of `trilinear`; all else is PyTorch's.

    Args:
        before: channels of the maps.
        after: channels of the result.
        side: of the kernel, at least 2.
    """

    def __init__(self, before: int, after: int, side: int):
        padding, odd = (side - 1) // 2, side % 2
        super().__init__(before, after, side, stride=2, padding=padding, output_padding=odd)
        how = {"stride": 2, "padding": padding}
        self._layer = trilinear.Layer(
            partial(functional.conv_transpose2d, output_padding=odd, **how),
            partial(functional.conv2d, **how),
            partial(_of_weight, **how),
        )

    def forward(self, maps: Tensor) -> Tensor:
        """(n, before, h, w) to (n, after, 2 h, 2 w)."""
        if not self.training or maps.device.type != "cpu":
            return super().forward(maps)
        n, _, h, w = maps.shape
        size = n, self.out_channels, 2 * h, 2 * w
        return trilinear.apply(self._layer, maps, self.weight, size) + self.bias[:, None, None]


def _of_weight(maps, gradient, shape, **how):
    return grad.conv2d_weight(gradient, shape, maps, **how)
