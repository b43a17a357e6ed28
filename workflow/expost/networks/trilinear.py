"""Layers that are linear in maps and in weights, with derivatives of any order at the same cost.

The result y = f(x, w) of such a layer and any g like it make one number, `<g, f(x, w)>`, which is
linear in each of g, x and w. Its derivatives are three functions of two of these, whose own are the
same three again. PyTorch's second derivative of a convolution for its weights takes a convolution
with kernels as large as the maps instead, and moves all of these first.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.autograd import Function


class Layer(NamedTuple):
    """The three functions.

    Attributes:
        result: (x, w) to y.
        of_maps: (g, w) to what a gradient g for y is for x.
        of_weight: (x, g, shape of w) to what it is for w.
    """

    result: Callable[[Tensor, Tensor], Tensor]
    of_maps: Callable[[Tensor, Tensor], Tensor]
    of_weight: Callable[[Tensor, Tensor, torch.Size], Tensor]


def apply(layer: Layer, maps: Tensor, weight: Tensor, size: Sequence[int]) -> Tensor:
    """The result of a layer, which can be differentiated as often as wanted.

    Weights get their gradient by a way of their own, through zeros like the result: so none is
    computed where that for the maps alone is asked for, as by a penalty on it.

    Args:
        layer: which.
        maps: x, shape (n, before, h, w).
        weight: w.
        size: shape of the result.
    """
    return _Result.apply(layer, maps, weight, _Zeros.apply(layer, (maps,), weight, size))


class _Result(Function):
    @staticmethod
    def forward(ctx, layer, maps, weight, zeros):
        ctx.layer = layer
        ctx.save_for_backward(weight)
        return layer.result(maps, weight)

    @staticmethod
    def backward(ctx, gradient):
        (weight,) = ctx.saved_tensors
        of_maps = ctx.needs_input_grad[1]
        return None, _OfMaps.apply(ctx.layer, gradient, weight) if of_maps else None, None, gradient


class _Zeros(Function):
    @staticmethod
    def forward(ctx, layer, maps, weight, size):
        ctx.layer, ctx.shape = layer, weight.shape
        ctx.save_for_backward(*maps)  # in a tuple: no way leads from here to what made them
        return weight.new_zeros(()).expand(size)

    @staticmethod
    def backward(ctx, gradient):
        (maps,) = ctx.saved_tensors
        return None, None, _OfWeight.apply(ctx.layer, maps, gradient, ctx.shape), None


class _OfMaps(Function):
    @staticmethod
    def forward(ctx, layer, gradient, weight):
        ctx.layer = layer
        ctx.save_for_backward(gradient, weight)
        return layer.of_maps(gradient, weight)

    @staticmethod
    def backward(ctx, maps):
        gradient, weight = ctx.saved_tensors
        _, of_gradient, of_weight = ctx.needs_input_grad
        return (
            None,
            apply(ctx.layer, maps, weight, gradient.shape) if of_gradient else None,
            _OfWeight.apply(ctx.layer, maps, gradient, weight.shape) if of_weight else None,
        )


class _OfWeight(Function):
    @staticmethod
    def forward(ctx, layer, maps, gradient, shape):
        ctx.layer = layer
        ctx.save_for_backward(maps, gradient)
        return layer.of_weight(maps, gradient, shape)

    @staticmethod
    def backward(ctx, weight):
        maps, gradient = ctx.saved_tensors
        _, of_maps, of_gradient, _ = ctx.needs_input_grad
        return (
            None,
            _OfMaps.apply(ctx.layer, gradient, weight) if of_maps else None,
            apply(ctx.layer, maps, weight, gradient.shape) if of_gradient else None,
            None,
        )
