"""Euclidean distances between all rows, by one matrix product."""

import numpy as np

# |x|^2 + |y|^2 - 2xy loses digits where points are close for their distance from the
# centre. Below this ratio of squares (0.1 % of the distance) it is computed anew.
CLOSE = 1e-6


def euclidean(x: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
    """Distances |x_i - y_j| between all rows of `x` and of `y`.

    Agrees with a sum of squared differences to a relative 1e-7, also for data far from
    the origin and for clusters far apart; equal rows have distance exactly 0. Many pairs
    of nearly equal rows cost time (about as much as summing differences), not digits.

    Args:
        x: shape (n, width), finite, any numeric type; computed in float64.
        y: shape (m, width); None means `x`, at half the cost.

    Returns:
        Shape (n, m), float64.
    """
    x = np.asarray(x, dtype=np.float64)
    y = x if y is None else np.asarray(y, dtype=np.float64)
    centre = (x.mean(axis=0) + y.mean(axis=0)) / 2  # distances do not see it, the norms do
    a = x - centre
    b = a if y is x else y - centre
    norms = np.add.outer(np.einsum("ij,ij->i", a, a), np.einsum("ij,ij->i", b, b))  # (n, m)
    squared = a @ b.T  # NumPy computes half of a @ a.T and mirrors it
    squared *= -2
    squared += norms
    norms *= CLOSE
    rows, columns = np.nonzero(squared <= norms)  # among them all that rounding made negative
    for start in range(0, len(rows), step := max(1, 2**18 // x.shape[1])):
        i, j = rows[start : start + step], columns[start : start + step]
        difference = x[i] - y[j]
        squared[i, j] = np.einsum("ij,ij->i", difference, difference)
    return np.sqrt(squared, out=squared)
