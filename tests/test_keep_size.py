"""The transposed convolution that keeps a size is PyTorch's, cut; its gradients are too."""

import pytest
import torch
from expost.networks import keep_size
from expost.networks.keep_size import KeepSize
from torch.nn import functional


def layer_of(before, after, side):
    torch.manual_seed(0)
    return KeepSize(before, after, side).double()


def maps(n, channels, h, w):
    return torch.randn(n, channels, h, w, generator=torch.Generator().manual_seed(1)).double()


def plainly(layer, x):
    """All that PyTorch's gives without padding, cut as TensorFlow's "SAME" cuts it."""
    inside, start = layer.transposed, (layer.transposed.kernel_size[0] - 1) // 2
    whole = functional.conv_transpose2d(x, inside.weight, inside.bias)
    return whole[..., start : start + x.shape[2], start : start + x.shape[3]]


@pytest.mark.parametrize(
    "shape", [(1, 1, 1, 1), (3, 2, 1, 5), (2, 5, 4, 3), (9, 8, 16, 12), (2, 3, 6, 8)]
)
@pytest.mark.parametrize("after", [1, 3, 4])
@pytest.mark.parametrize("side", [1, 2, 4, 5])
def test_result_and_gradients_are_those_of_pytorch(shape, after, side):
    layer = layer_of(shape[1], after, side)
    found = []
    for function in (layer, lambda x: plainly(layer, x)):
        x = maps(*shape).requires_grad_()
        result = function(x)
        (result**3).mean().backward()
        found.append([result, x.grad, *(p.grad for p in layer.parameters())])
        layer.zero_grad()
    for got, expected in zip(*found, strict=True):
        torch.testing.assert_close(got, expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(("after", "side"), [(1, 4), (2, 5)])
def test_gradients_of_gradients_are_right(after, side):
    layer = layer_of(2, after, side)
    torch.autograd.gradgradcheck(
        lambda x, *_: layer(x), (maps(2, 2, 2, 3).requires_grad_(), *layer.parameters())
    )


@pytest.mark.parametrize("after", [1, 3])
def test_images_and_gradients_come_channels_last(after):
    layer = layer_of(4, after, 4)
    x = maps(2, 4, 8, 8).to(memory_format=torch.channels_last).requires_grad_()
    result = layer(x)
    result.square().sum().backward()
    for one in (result, x.grad):
        assert one.is_contiguous(memory_format=torch.channels_last)


def test_more_channels_are_left_to_pytorch(monkeypatch):
    monkeypatch.setattr(keep_size, "_of_blocks", None)
    layer, x = layer_of(2, 4, 4), maps(1, 2, 3, 3)
    torch.testing.assert_close(layer(x), plainly(layer, x))
