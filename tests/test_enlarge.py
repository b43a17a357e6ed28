"""The fast transposed convolution is PyTorch's, forwards, backwards and twice backwards."""

import pytest
import torch
from expost.networks import fast_upsampling
from torch import nn


def both(before, after):
    """Ours and PyTorch's, with the same parameters."""
    torch.manual_seed(0)
    ours, theirs = (
        fast_upsampling.Enlarge(before, after),
        nn.ConvTranspose2d(before, after, 4, 2, 1),
    )
    theirs.load_state_dict(ours.state_dict())
    return ours.double(), theirs.double()


def maps(n, channels, h, w):
    return torch.randn(n, channels, h, w, generator=torch.Generator().manual_seed(1)).double()


@pytest.mark.parametrize("shape", [(1, 1, 1, 1), (3, 2, 1, 5), (2, 5, 4, 3), (70, 32, 16, 16)])
@pytest.mark.parametrize("after", [1, 3])
def test_result_and_gradients_are_those_of_pytorch(shape, after):
    ours, theirs = both(shape[1], after)
    found = []
    for layer in (ours, theirs):
        x = maps(*shape).requires_grad_()
        result = layer(x)
        (result**3).mean().backward()
        found.append((result, x.grad, layer.weight.grad, layer.bias.grad))
    for got, expected in zip(*found, strict=True):
        torch.testing.assert_close(got, expected, rtol=1e-10, atol=1e-12)


def test_many_images_are_as_many_single_ones(monkeypatch):
    layer, x = both(4, 1)[0], maps(5, 4, 6, 6)
    whole = layer(x)
    monkeypatch.setattr(fast_upsampling, "AT_ONCE", 1)
    torch.testing.assert_close(layer(x), whole, rtol=0, atol=0)


def test_gradients_of_gradients_are_right():
    layer = both(2, 1)[0]
    torch.autograd.gradgradcheck(layer, maps(2, 2, 2, 3).requires_grad_())


def test_images_come_channels_last():
    result = both(4, 3)[0](maps(2, 4, 8, 8).to(memory_format=torch.channels_last))
    assert result.is_contiguous(memory_format=torch.channels_last)


def test_more_channels_are_left_to_pytorch(monkeypatch):
    monkeypatch.setattr(fast_upsampling, "_enlarge", None)
    ours, theirs = both(2, 4)
    torch.testing.assert_close(ours(maps(1, 2, 3, 3)), theirs(maps(1, 2, 3, 3)))
