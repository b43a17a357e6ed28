"""The empirical beta copula, a row at a time."""

import numpy as np

from .margins import quantiles


def draws(ranks: np.ndarray, n: int, rng: np.random.Generator) -> np.ndarray:
    """Beta(r, n + 1 - r) draws for ranks r of shape (m, d), by SciPy."""
    from scipy.stats import beta

    return np.array([beta.rvs(row, n + 1 - row, random_state=rng) for row in ranks])


def sample(codes: np.ndarray, m: int, rng: np.random.Generator) -> np.ndarray:
    """Draw m codes from the empirical beta copula with kernel-density margins, shape (m, d)."""
    from scipy.stats import rankdata

    ranks = rankdata(codes, axis=0, method="ordinal")
    rows = rng.integers(len(codes), size=m)
    return quantiles(codes, draws(ranks[rows], len(codes), rng))
