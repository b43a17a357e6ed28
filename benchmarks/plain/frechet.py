"""Fréchet distance as its formula is usually typed, and without the digits that this loses."""

import numpy as np


def frechet(x: np.ndarray, y: np.ndarray) -> float:
    """By SciPy's square root of the product of the covariances; wants them of full rank."""
    from scipy.linalg import sqrtm

    shift = x.mean(axis=0, dtype=float) - y.mean(axis=0, dtype=float)
    s_1, s_2 = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    root = np.real(sqrtm(s_1 @ s_2))
    return float(shift @ shift + np.trace(s_1) + np.trace(s_2) - 2 * np.trace(root))


def by_singular_values(x: np.ndarray, y: np.ndarray) -> float:
    """By the singular values of all products of centred rows: of any rank, to all digits, slow."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    shift = x.mean(axis=0) - y.mean(axis=0)
    x, y = ((z - z.mean(axis=0)) / np.sqrt(len(z) - 1) for z in (x, y))
    overlap = np.linalg.svd(x @ y.T, compute_uv=False).sum()
    return float(shift @ shift + np.sum(x**2) + np.sum(y**2) - 2 * overlap)
