"""Gaussian mixture, by scikit-learn."""

import numpy as np
from sklearn.mixture import GaussianMixture


def fit(codes: np.ndarray, seed: int) -> GaussianMixture:
    """Ten components of any covariance."""
    return GaussianMixture(10, random_state=seed).fit(codes)
