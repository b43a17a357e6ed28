"""The transposed convolution that doubles a size is PyTorch's, with two derivatives."""

import pytest
import torch
from expost.networks import keep_size, trilinear
from expost.networks.double_size import Double
from torch import nn


def both(side):
    torch.manual_seed(0)
    ours = Double(3, 2, side).double()
    theirs = nn.ConvTranspose2d(3, 2, side, 2, (side - 1) // 2, side % 2).double()
    theirs.load_state_dict(ours.state_dict())
    return ours, theirs


def maps(h=4, w=3, seed=1):
    made = torch.randn(2, 3, h, w, generator=torch.Generator().manual_seed(seed)).double()
    return made.to(memory_format=torch.channels_last)


@pytest.mark.parametrize("side", [2, 3, 4, 5])
def test_result_and_both_derivatives_are_those_of_pytorch(side):
    found = []
    for layer in both(side):
        x = maps().requires_grad_()
        y = layer(x)
        wanted = (x, layer.weight, layer.bias)
        first = torch.autograd.grad((y**3).sum(), wanted, create_graph=True)
        total = sum(torch.sin(part).sum() for part in first)
        found.append([y, *first, *torch.autograd.grad(total, wanted)])
        found[-1].append(layer.eval()(x))
    for got, expected in zip(*found, strict=True):
        torch.testing.assert_close(got, expected, rtol=1e-10, atol=1e-10)
    assert found[0][0].shape == (2, 2, 8, 6)


def test_second_derivatives_are_right_by_finite_differences():
    layer = both(4)[0]
    inputs = (maps(2, 2).requires_grad_(), layer.weight.detach().requires_grad_())

    def function(x, weight):
        return torch.func.functional_call(layer, {"weight": weight}, (x,))

    torch.autograd.gradgradcheck(function, inputs)


def test_a_gradient_for_maps_computes_none_for_weights():
    """So a penalty on it pays for one vector-Jacobian product alone."""
    called = []
    weight = torch.randn(3, 2, 4, 4).double().requires_grad_()
    layer = keep_size.LAYER._replace(of_weight=lambda *_: called.append(1))
    leaf = maps().requires_grad_()
    y = trilinear.apply(layer, 2 * leaf, weight, (2, 2, 4, 3))
    torch.autograd.grad(y.sum(), leaf, create_graph=True)
    assert not called
