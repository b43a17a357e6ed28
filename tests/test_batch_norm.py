"""Batch normalisation is PyTorch's, with its first and second derivatives."""

import pytest
import torch
from expost.networks.batch_norm import BatchNorm
from torch import nn

SHAPE = (5, 3, 2, 4)


def both():
    torch.manual_seed(0)
    ours, theirs = BatchNorm(3, 0.3).double(), nn.BatchNorm2d(3, momentum=0.3).double()
    nn.init.uniform_(ours.weight, 0.5, 1.5)
    nn.init.normal_(ours.bias)
    theirs.load_state_dict(ours.state_dict())
    return ours, theirs


def maps(seed=1):
    made = torch.randn(SHAPE, generator=torch.Generator().manual_seed(seed)).double()
    return 2 + 3 * made.to(memory_format=torch.channels_last)


def test_result_gradients_and_running_moments_are_those_of_pytorch():
    found = []
    for layer in both():
        x = maps().requires_grad_()
        result = layer(x)
        (result**3).sum().backward()
        state = [part.double() for part in layer.state_dict().values()]
        found.append([result, x.grad, layer.weight.grad, layer.bias.grad, *state])
        layer.eval()
        found[-1].append(layer(x))
    for got, expected in zip(*found, strict=True):
        torch.testing.assert_close(got, expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("of", [(0,), (1,), (2,), (0, 1, 2)])
def test_second_derivatives_are_those_of_pytorch(of):
    """Of each of the three gradients alone, and of all of them, to everything they depend on."""
    found = []
    for layer in both():
        x, g = maps().requires_grad_(), maps(2).requires_grad_()
        three = (x, layer.weight, layer.bias)
        first = torch.autograd.grad(layer(x), three, g, create_graph=True)
        total = sum((first[one] * torch.sin(first[one])).sum() for one in of)
        found.append(torch.autograd.grad(total, (x, g, layer.weight), materialize_grads=True))
    for got, expected in zip(*found, strict=True):
        torch.testing.assert_close(got, expected, rtol=1e-9, atol=1e-9)


def test_second_derivatives_are_right_by_finite_differences():
    layer = both()[0]
    inputs = (maps().requires_grad_(), *(p.detach().requires_grad_() for p in layer.parameters()))

    def function(x, weight, bias):
        return torch.func.functional_call(layer, {"weight": weight, "bias": bias}, (x,))

    torch.autograd.gradgradcheck(function, inputs)


def test_gradients_come_channels_last():
    layer, x = both()[0], maps().requires_grad_()
    (first,) = torch.autograd.grad(layer(x).square().sum(), x, create_graph=True)
    (second,) = torch.autograd.grad(first.square().sum(), x)
    for one in (first, second):
        assert one.is_contiguous(memory_format=torch.channels_last)
