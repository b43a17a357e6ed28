"""Gaussian kernel densities by SciPy and scikit-learn."""

import numpy as np


def log_density(queries: np.ndarray, codes: np.ndarray, bandwidth: float) -> np.ndarray:
    """Log kernel density at the queries, shape (m,), from all distances."""
    from scipy.spatial.distance import cdist
    from scipy.special import logsumexp

    n, d = codes.shape
    exponents = -cdist(queries, codes, "sqeuclidean") / (2 * bandwidth**2)
    return logsumexp(exponents, axis=1) - np.log(n) - d / 2 * np.log(2 * np.pi * bandwidth**2)


def cross_validate(codes: np.ndarray, bandwidths: np.ndarray, folds: int, rng) -> np.ndarray:
    """Log-density of each code under those outside its fold, shape (k, n), fold by fold."""
    densities = np.empty((len(bandwidths), len(codes)))
    order = rng.permutation(len(codes))
    for held in np.array_split(order, folds):
        rest = np.setdiff1d(order, held)
        for row, bandwidth in zip(densities, bandwidths, strict=True):
            row[held] = log_density(codes[held], codes[rest], bandwidth)
    return densities


def grid_search(codes: np.ndarray, bandwidths: np.ndarray, folds: int, rng) -> np.ndarray:
    """Mean held-out log-density of each bandwidth, shape (k,), by scikit-learn.

    One leaf holds all codes: with smaller ones the tree is wrong far from them.
    """
    from sklearn.model_selection import GridSearchCV, KFold
    from sklearn.neighbors import KernelDensity

    search = GridSearchCV(
        KernelDensity(leaf_size=10**6), {"bandwidth": bandwidths}, cv=KFold(folds), refit=False
    ).fit(codes[rng.permutation(len(codes))])
    totals = [search.cv_results_[f"split{fold}_test_score"] for fold in range(folds)]
    return np.sum(totals, axis=0) / len(codes)
