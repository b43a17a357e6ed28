"""The log density of a mixture of Gaussians of one spread, whose components may be told."""

from math import log, pi

import torch
from torch import Tensor


def log_density(
    codes: Tensor, means: Tensor, spread: float, labels: Tensor | None = None
) -> Tensor:
    """Log p of codes, or of each and its component where that is told, shape (n,).

        p(z) = sum_j p(z, j),   p(z, j) = 1/k N(z; mu_j, spread^2 I)

    Args:
        codes: z, shape (n, d).
        means: mu, shape (k, d).
        spread: standard deviation of every component.
        labels: j, integers (n,), below 0 where it is not known; None where none is.
    """
    k, d = means.shape
    squares = ((codes[:, None] - means) / spread).square().sum(dim=2)
    each = -squares / 2 - d * log(spread * (2 * pi) ** 0.5) - log(k)
    whole = each.logsumexp(dim=1)
    if labels is None:
        return whole
    own = each.gather(1, labels.clamp_min(0)[:, None]).squeeze(1)
    return torch.where(labels < 0, whole, own)
