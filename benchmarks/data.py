"""Codes and features like those that networks make, of any size."""

import numpy as np
from expost.datasets import synthetic_codes


def codes(n: int, d: int) -> np.ndarray:
    """Ten clusters, of one law for each d, shape (n, d); see `expost.datasets.synthetic_codes`."""
    return synthetic_codes.codes(n, d, rng=d)


def features(seed: int, n: int, width: int) -> np.ndarray:
    """Rectified features of ten kinds of images, float32 (n, width); seeds differ as samples do."""
    rng = np.random.default_rng(seed)
    kinds = np.random.default_rng(0).normal(size=(10, width))
    x = kinds[rng.integers(10, size=n)] + rng.normal(size=(n, width))
    return np.maximum(x, 0).astype(np.float32)


def images(seed: int, n: int, channels: int, side: int) -> np.ndarray:
    """Soft shapes of light on black, uint8 (n, channels, side, side)."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:side, :side] * (2 * np.pi / side)
    turns, shifts = rng.uniform(0.3, 2, (2, n, channels, 2, 1, 1))
    waves = np.sin(turns[:, :, 0] * x + shifts[:, :, 0]) * np.sin(
        turns[:, :, 1] * y + shifts[:, :, 1]
    )
    return (255 * np.maximum(waves, 0)).astype(np.uint8)
