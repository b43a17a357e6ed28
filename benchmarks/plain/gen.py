"""The log of a kernel density as one would write it, with autograd's gradient."""

from math import log, pi

import torch


def log_density(codes: torch.Tensor, centres: torch.Tensor, bandwidth: float) -> torch.Tensor:
    """By all distances at once, (n, m), which autograd keeps."""
    exponents = -(torch.cdist(codes, centres) ** 2) / (2 * bandwidth**2)
    volume = log(len(centres)) + codes.shape[1] * log(bandwidth * (2 * pi) ** 0.5)
    return torch.logsumexp(exponents, dim=1) - volume
