"""Quantiles of kernel densities, by root finding."""

import numpy as np


def cdf(x: np.ndarray, column: np.ndarray, bandwidth: float) -> np.ndarray:
    """Distribution function of a column's kernel density at x, shape (m,), by its definition."""
    from scipy.special import ndtr

    return np.array([ndtr((point - column) / bandwidth).mean() for point in x])


def quantiles(codes: np.ndarray, u: np.ndarray) -> np.ndarray:
    """The u_ij quantile of column j's kernel density, shape (m, d), each the root of F - u."""
    from scipy.optimize import brentq
    from scipy.special import ndtr

    n = len(codes)
    x = np.empty(u.shape)
    for j, column in enumerate(codes.T):
        h = (0.75 * n) ** -0.2 * column.std(ddof=1)
        low, high = column.min() - 9 * h, column.max() + 9 * h
        for i, level in enumerate(u[:, j]):
            x[i, j] = brentq(
                lambda x, column=column, h=h, level=level: ndtr((x - column) / h).mean() - level,
                low,
                high,
            )
    return x
