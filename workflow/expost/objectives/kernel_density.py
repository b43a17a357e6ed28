"""The log of a kernel density with its gradient, in one pass over the kernels."""

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

COLUMNS = 2000  # kernels of a tile, which stays in cache with a batch of some hundred codes
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
        ones = centres.new_ones(m, 1)
        values = torch.cat([centres, ones], dim=1)
        keys = torch.cat([centres, -0.5 * centres.square().sum(dim=1, keepdim=True)], dim=1)
        asked = torch.cat([codes, codes.new_ones(n, 1)], dim=1) / h**2
        top = codes.new_full((n, 1), -torch.inf)
        sums = codes.new_zeros(n, d + 1)  # of shares times centres, and of shares
        for key, value in zip(keys.split(COLUMNS), values.split(COLUMNS), strict=True):
            shares = asked @ key.T
            higher = torch.maximum(top, shares.amax(dim=1, keepdim=True))
            shares.sub_(higher).clamp_min_(LEAST).exp_()
            sums = torch.addmm(sums * (top - higher).exp(), shares, value)
            top = higher
        total = sums[:, -1:]
        ctx.save_for_backward((sums[:, :-1] / total - codes) / h**2)
        log = total.log() + top - codes.square().sum(dim=1, keepdim=True) / (2 * h**2)
        constant = torch.log(torch.tensor(m * (2 * torch.pi * h**2) ** (d / 2), dtype=float))
        return log.squeeze(1) - float(constant)

    @staticmethod
    @once_differentiable
    def backward(ctx, gradient):
        (slope,) = ctx.saved_tensors
        return gradient[:, None] * slope, None, None
