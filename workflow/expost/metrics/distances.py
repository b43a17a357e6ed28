"""Euclidean distances between all rows, by matrix products."""

from collections.abc import Iterator

import numpy as np

from .points import checked, in_one_unit, same_width

TILE = 256  # points a side: a tile of distances stays in a core's cache
# |x|^2 + |y|^2 - 2xy loses digits if two points are much nearer to each other than to the centre.
# If it is below this share of |x|^2 + |y|^2, the squared differences are summed instead.
CLOSE = 1e-6
TIE = 1e-7  # distances that differ by less, relatively, are equal: they are not more exact


def up_to_ties(squared: np.ndarray) -> np.ndarray:
    """The largest squared distances that count as equal to these."""
    return squared * (1 + TIE) ** 2


def euclidean(x: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
    """Distances |x_i - y_j| between all rows of `x` and of `y`.

    They agree with the root of a sum of squared differences to a relative 1e-7, also for data far
    from the origin and for clusters far apart; equal rows have distance exactly 0. Pairs of nearly
    equal rows are as exact, but take longer.

    Args:
        x: shape (n, width), any real type; computed in float64.
        y: shape (m, width); None means `x`, which takes half as long.

    Returns:
        Shape (n, m), float64.

    Raises:
        TypeError: one of the two is not of real numbers.
        ValueError: values that are not finite, or different widths.
    """
    x = checked(x, "points")
    if y is None:
        (x,), unit = in_one_unit(x)
    else:
        y = checked(y, "other points")
        same_width(one=x, other=y)
        (x, y), unit = in_one_unit(x, y)
    distances = np.empty((len(x), len(x if y is None else y)))
    for rows, columns, squared in squared_tiles(x, y):
        np.sqrt(squared, out=distances[rows, columns])
        if y is None:
            distances[columns, rows] = distances[rows, columns].T
    if y is None:
        np.fill_diagonal(distances, 0.0)
    return distances if unit == 1 else distances / unit


def squared_tiles(
    x: np.ndarray, y: np.ndarray | None = None
) -> Iterator[tuple[slice, slice, np.ndarray]]:
    """Squared distances between all rows of `x` and of `y`, a tile at a time.

    As exact as `euclidean`; memory does not grow with the number of pairs.

    Args:
        x: shape (n, width), finite, of a real type of NumPy; computed in float64.
        y: shape (m, width). None means `x`: then tiles below the diagonal are left out, as they
            are transposes of those above, and the distance of a point from itself is infinite.

    Yields:
        Rows of `x`, rows of `y`, and the squared distances between these, float64, which the
        caller may overwrite.
    """
    same = y is None
    y = x if same else y
    # Distances do not depend on the origin, but the rounding of norms does.
    centre = (x.mean(axis=0, dtype=np.float64) + y.mean(axis=0, dtype=np.float64)) / 2
    a = x - centre
    b = a if same else y - centre
    norms_a, norms_b = np.einsum("ij,ij->i", a, a), np.einsum("ij,ij->i", b, b)
    for i in range(0, len(x), TILE):
        rows = slice(i, i + TILE)
        for j in range(i if same else 0, len(y), TILE):
            columns = slice(j, j + TILE)
            norms = np.add.outer(norms_a[rows], norms_b[columns])
            squared = a[rows] @ b[columns].T
            squared *= -2
            squared += norms
            if same and i == j:
                np.fill_diagonal(squared, np.inf)
            _repair(squared, norms, x[rows], y[columns])
            yield rows, columns, squared


def _repair(squared: np.ndarray, norms: np.ndarray, x: np.ndarray, y: np.ndarray) -> None:
    """Sum the squared differences of close points; rounding may have made theirs negative."""
    suspects = np.flatnonzero(squared.min(axis=1) <= CLOSE * norms.max(axis=1))
    if not len(suspects):
        return
    positions, columns = np.nonzero(squared[suspects] <= CLOSE * norms[suspects])
    rows = suspects[positions]
    for start in range(0, len(rows), step := max(1, 2**18 // x.shape[1])):
        i, j = rows[start : start + step], columns[start : start + step]
        difference = np.subtract(x[i], y[j], dtype=np.float64)
        squared[i, j] = np.einsum("ij,ij->i", difference, difference)
