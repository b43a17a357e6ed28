"""Codes like those of an autoencoder, of any number and dimension, made up rather than encoded."""

import numpy as np


def codes(n: int, d: int, rng=None) -> np.ndarray:
    """Ten overlapping clusters, correlated and skewed, as the codes of ten kinds of images are.

        z = y + y² / 10 (of each coordinate),   y = 2 c_k + A e,   k uniform on 1..10

    with cluster centres c_k and noise e from N(0, I), and entries of A from N(0, 1 / d). The law
    depends on `rng` and `d` alone: of one seed, more codes are more draws from the same law.

    Args:
        n: how many, at least 1.
        d: dimensions, at least 1.
        rng: None, a seed or a `numpy.random.Generator` (SPEC 7).

    Returns:
        Codes, shape (n, d), float64.

    Raises:
        ValueError: `n` or `d` < 1.
    """
    if n < 1 or d < 1:
        raise ValueError(f"n and d must be at least 1, got n = {n} and d = {d}")
    rng = np.random.default_rng(rng)
    centres = 2 * rng.standard_normal((10, d))
    mix = rng.standard_normal((d, d)) / np.sqrt(d)
    y = centres[rng.integers(10, size=n)] + rng.standard_normal((n, d)) @ mix
    return y + 0.1 * y**2
