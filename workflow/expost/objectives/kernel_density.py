"""The log of a kernel density with its gradient, in one pass over the kernels."""

from math import log, pi

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

COLUMNS = 1000  # kernels of a tile, which stays in cache with a batch of some hundred codes
LEAST = -80.0  # exponents below are as good as this one, and powers near 1e-38 take far longer


def log_density(codes: Tensor, centres: Tensor, bandwidth: Tensor | float) -> Tensor:
    """Log q of codes by Gaussian kernels at other codes, shape (n,).

        log q(z) = log 1/m sum_j exp(-|z - z_j|^2 / 2 h^2) - d/2 log(2 pi h^2)
        d log q(z) / dz = (sum_j w_j(z) z_j - z) / h^2,   w_j(z) the shares of the kernels at z

    The gradient is for z alone; the kernels stay where they are. Both come of the same tiles of
    exponents, two matrix products each, in the numbers of the codes, and nothing of the size n m is
    kept. Exponents are off by about 1e-7 (|z| / h)^2 in float32, with |z| from the centres' mean.

    Args:
        codes: z, shape (n, d).
        centres: z_j, shape (m, d).
        bandwidth: h > 0.
    """
    return _LogDensity.apply(codes, centres, float(bandwidth))


class _LogDensity(torch.autograd.Function):
    @staticmethod
    def forward(ctx, codes, centres, h):
        (n, d), m = codes.shape, len(centres)
        middle = centres.mean(dim=0)
        codes, centres = codes - middle, centres - middle
        centres = centres.T.contiguous()  # (d, m): products of thin matrices are faster so
        values = torch.cat([centres, centres.new_ones(1, m)])
        keys = torch.cat([centres, -0.5 * centres.square().sum(dim=0, keepdim=True)])
        asked = torch.cat([codes, codes.new_ones(n, 1)], dim=1) / h**2
        top = codes.new_full((n, 1), -torch.inf)
        sums = codes.new_zeros(d + 1, n)  # of shares times centres, and of shares
        tiles = (part.split(COLUMNS, dim=1) for part in (keys, values))
        memory = codes.new_empty(n * min(COLUMNS, m))
        for key, value in zip(*tiles, strict=True):
            shares = torch.mm(asked, key, out=memory[: n * key.shape[1]].view(n, -1))
            higher = torch.maximum(top, shares.amax(dim=1, keepdim=True))
            shares.sub_(higher).clamp_min_(LEAST).exp_()
            sums = torch.addmm(sums * (top - higher).exp().T, value, shares.T)
            top = higher
        means, total = (sums[:-1] / sums[-1]).T, sums[-1]
        ctx.save_for_backward((means - codes) / h**2)
        logs = total.log() + top.squeeze(1) - codes.square().sum(dim=1) / (2 * h**2)
        return logs - (log(m) + d * log(h * (2 * pi) ** 0.5))

    @staticmethod
    @once_differentiable
    def backward(ctx, gradient):
        (slope,) = ctx.saved_tensors
        return gradient[:, None] * slope, None, None
