"""Kernel Inception Distance."""

import numpy as np

from .base import Metric
from .points import checked, held, same_width

METRIC = Metric(
    title="KID", best="lower", family="moments", given=("real_points", "generated_points")
)

TILE = 256  # points a side


def kid(real: np.ndarray, generated: np.ndarray) -> float:
    """Squared maximum mean discrepancy of features, with a cubic kernel and without bias.

    mean k(rr) + mean k(gg) - 2 mean k(rg), k(x, y) = (x y / width + 1)^3, the first two means over
    pairs of different points. For equal laws its expectation is 0, whatever the number of points,
    and about half of its values are negative. In codes, whose origin and unit are taken from the
    real sample, there is a bias that falls faster than 1 / n. KID compares the first three moments,
    where `frechet` compares two. It is computed from all points at once; the paper takes the mean
    over random subsets, to save time.

    Args:
        real: shape (n >= 2, width), any real type; computed in float64.
        generated: shape (m >= 2, width).

    Returns:
        The discrepancy; its scale is that of the features.

    Raises:
        TypeError: a sample is not of real numbers.
        ValueError: fewer than two points, points that are not finite or of different widths, or a
            discrepancy that float64 does not hold.

    References:
        Bińkowski et al. (2018), "Demystifying MMD GANs", ICLR.
    """
    real, generated = checked(real, "real points", 2), checked(generated, "generated points", 2)
    same_width(real=real, generated=generated)
    with np.errstate(over="ignore", invalid="ignore"):
        value = _mean(real) + _mean(generated) - 2 * _mean(real, generated)
    return held(value, "KID")


def _mean(x: np.ndarray, y: np.ndarray | None = None) -> float:
    """Mean of the kernel over all pairs; without `y`, over pairs of different points of `x`."""
    same, width = y is None, x.shape[1]
    a = x.astype(np.float64) / width
    b = (x if same else y).astype(np.float64)
    total = 0.0
    for i in range(0, len(a), TILE):
        for j in range(i if same else 0, len(b), TILE):
            kernel = a[i : i + TILE] @ b[j : j + TILE].T + 1
            kernel *= kernel * kernel
            if same and i == j:
                np.fill_diagonal(kernel, 0.0)
            total += (2 if same and i < j else 1) * kernel.sum()
    return total / (len(a) * (len(b) - same))
