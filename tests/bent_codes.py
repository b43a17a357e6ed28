"""Codes whose second column is a parabola of the first: dependent, yet uncorrelated."""

import numpy as np


def bent(n, d, seed=0):
    """Codes of shape (n, d); the other columns are N(0, 1)."""
    x = np.random.default_rng(seed).standard_normal((n, d))
    x[:, 1] = x[:, 0] ** 2 + 0.3 * x[:, 1]
    return x
