"""Batch normalisation whose second derivative costs as little as its first."""

import torch
from torch import Tensor, nn


class BatchNorm(nn.BatchNorm2d):
    """PyTorch's layer, with a second derivative in closed form for training on a CPU.

    PyTorch differentiates its first derivative by some forty passes over the maps. Here it is two
    sums of products and two linear combinations of maps. A penalty on a decoder's gradient wants
    it; all else is PyTorch's.

    Args:
        channels: of the maps.
        momentum: by which running means and variances move towards a batch's.
    """

    def __init__(self, channels: int, momentum: float = 0.1):
        super().__init__(channels, momentum=momentum)

    def forward(self, maps: Tensor) -> Tensor:
        """(n, c, h, w) to the same shape."""
        if not self.training or maps.device.type != "cpu":
            return super().forward(maps)
        self.num_batches_tracked += 1
        running = self.running_mean, self.running_var
        return _Normalise.apply(maps, self.weight, self.bias, running, self.momentum, self.eps)


class _Normalise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, maps, weight, bias, running, momentum, eps):
        result, mean, rate = torch.native_batch_norm(
            maps, weight, bias, *running, True, momentum, eps
        )
        ctx.save_for_backward(maps, weight, mean, rate)
        ctx.eps = eps
        return result

    @staticmethod
    def backward(ctx, gradient):
        maps, weight, mean, rate = ctx.saved_tensors
        made = _Gradients.apply(gradient, maps, weight, mean, rate, ctx.eps)
        return (*made, None, None, None)


class _Gradients(torch.autograd.Function):
    """Gradients for maps x, weight w and bias, of the gradient g for the result.

        w r P(g),   sum g y,   sum g,   where y = r (x - mean), r = 1 / sqrt(variance + eps),
        P(g) = g - mean(g) - y mean(g y)

    of each channel, whose pixels in all images the sums and means are over. Their own gradients,
    for g, x and w, are by v, q and s, those for the three results, where L = w r sum v P(g):

        of g   w r P(v) + q y + s
        of x   r q P(g) - w r^2 (mean(g y) P(v) + mean(v y) P(g)) - r y L / N
        of w   L / w

    as `y` changes with x by `r P` and `r` by `-r^2 y / N`; N is the number of pixels.
    """

    @staticmethod
    def forward(ctx, gradient, maps, weight, mean, rate, eps):
        ctx.save_for_backward(gradient, maps, weight, mean, rate)
        ctx.set_materialize_grads(False)
        return torch.ops.aten.native_batch_norm_backward(
            gradient, maps, weight, None, None, mean, rate, True, eps, [True] * 3
        )

    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx, of_maps, of_weight, of_bias):
        gradient, maps, weight, mean, r = ctx.saved_tensors
        g, x = _rows(gradient), _rows(maps)
        v = torch.zeros_like(g) if of_maps is None else _rows(of_maps)
        q, s = (torch.zeros_like(r) if part is None else part for part in (of_weight, of_bias))
        # Means of each channel: (c,), of g, of v, and of their products with y and each other.
        g1, v1 = g.mean(0), v.mean(0)
        gy, vy = r * ((g * x).mean(0) - g1 * mean), r * ((v * x).mean(0) - v1 * mean)
        projected = (v * g).mean(0) - v1 * g1 - vy * gy  # mean of v P(g)
        # Everything is a combination of v, g, y and 1; and y is r x - r mean.
        first = _combined(((v, weight * r), (x, r * (q - weight * r * vy))), mean)
        first += s - weight * r * v1
        on_v, on_g = -weight * r**2 * gy, r * q - weight * r**2 * vy
        on_y = -(on_v * vy + on_g * gy) - weight * r**2 * projected
        second = _combined(((v, on_v), (g, on_g), (x, r * on_y)), mean)
        second -= on_v * v1 + on_g * g1
        shape = maps.permute(0, 2, 3, 1).shape
        back = (part.view(shape).permute(0, 3, 1, 2) for part in (first, second))
        return (*back, len(x) * r * projected, None, None, None)


def _rows(maps: Tensor) -> Tensor:
    """(n, c, h, w) as (n h w, c), a view where channels lie last in memory."""
    return maps.permute(0, 2, 3, 1).reshape(-1, maps.shape[1])


def _combined(parts: tuple, mean: Tensor) -> Tensor:
    """The sum of rows times factors; of the last rows, x, those of x - mean."""
    x, factor = parts[-1]
    total = torch.mul(x, factor).sub_(factor * mean)
    for rows, by in parts[:-1]:
        total.addcmul_(rows, by)
    return total
