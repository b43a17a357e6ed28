"""Codes and features like those that networks make, of any size."""

import numpy as np


def codes(n: int, d: int) -> np.ndarray:
    """Ten overlapping clusters, correlated and skewed, shape (n, d)."""
    rng = np.random.default_rng(d)
    centres = 2 * rng.standard_normal((10, d))
    mix = rng.standard_normal((d, d)) / np.sqrt(d)
    x = centres[rng.integers(10, size=n)] + rng.standard_normal((n, d)) @ mix
    return x + 0.1 * x**2


def features(seed: int, n: int, width: int) -> np.ndarray:
    """Rectified features of ten kinds of images, float32 (n, width); seeds differ as samples do."""
    rng = np.random.default_rng(seed)
    kinds = np.random.default_rng(0).normal(size=(10, width))
    x = kinds[rng.integers(10, size=n)] + rng.normal(size=(n, width))
    return np.maximum(x, 0).astype(np.float32)
