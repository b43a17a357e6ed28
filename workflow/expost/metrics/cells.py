"""Cells of k-means, found without chance."""

from dataclasses import dataclass

import numpy as np

MOST_POINTS = 10_000  # more would not change the cells by much, and take longer
MOST_STEPS = 100  # of Lloyd's algorithm


def centres(points: np.ndarray, number: int) -> np.ndarray:
    """The centres of k-means, by Lloyd's algorithm on the first 10,000 points.

    It starts from the means of `number` parts. To make these, the part with the largest sum of
    squares is cut in two, again and again: at its mean, across the axis of its largest variance.
    This uses no random numbers, so the same points give the same centres, and the order of up to
    10,000 points changes nothing.

    Args:
        points: shape (n, width), any real type; computed in float64. Of points far from the origin
            digits are lost: move them there before.
        number: how many centres are wanted.

    Returns:
        Shape (k, width), in the order in which the parts were made. k is `number`, or the number
        of different points if that is less.

    References:
        Su & Dy (2007), "In search of deterministic methods for initializing K-means and Gaussian
        mixture clustering", Intelligent Data Analysis 11 ("Var-Part").
    """
    points = points[:MOST_POINTS].astype(np.float64, copy=False)
    means = np.array([part.mean(axis=0) for part in _parts(points, number)])
    before = None
    for _ in range(MOST_STEPS):
        cells = assign(points, means)
        if np.array_equal(cells, before):
            break
        members = (cells == np.arange(len(means))[:, None]).astype(points.dtype)  # (k, n)
        sizes = members.sum(axis=1)
        filled = sizes > 0  # an empty cell keeps its centre
        means[filled] = (members @ points)[filled] / sizes[filled, None]
        before = cells
    return means


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells of k-means, which give the cell of each point, (n, width), when called.

    Attributes:
        origin: which the digits of cells shall not depend on, shape (width,).
        centres: from there, shape (k, width).
    """

    origin: np.ndarray
    centres: np.ndarray

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Numbers of cells, shape (n,)."""
        return assign(points - self.origin, self.centres)


def partition(training: np.ndarray, number: int) -> Cells:
    """Cells of k-means on training points.

    Args:
        training: shape (n, width), of which the first 10,000 count.
        number: how many cells, as in `centres`.
    """
    some = training[:MOST_POINTS]
    origin = some.mean(axis=0, dtype=np.float64)
    return Cells(origin, centres(some - origin, number))


def assign(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Which centre is nearest to each point.

    Args:
        points: shape (n, width).
        centres: shape (k, width).

    Returns:
        Numbers of centres, shape (n,); of several that are equally near, the lowest.
    """
    middle = centres.mean(axis=0)
    around = centres - middle
    # |x - c|^2 / 2, without the terms that are the same for all centres c
    halves = (around**2).sum(axis=1) / 2 + around @ middle - points @ around.T
    return np.argmin(halves, axis=1)


def _parts(points: np.ndarray, number: int) -> list[np.ndarray]:
    """The points in `number` parts, or in fewer if all points of each part are equal."""
    parts, variances = [points], [points.var(axis=0)]
    while len(parts) < number:
        squares = [len(p) * v.sum() for p, v in zip(parts, variances, strict=True)]
        i = int(np.argmax(squares))
        widest = parts[i][:, variances[i].argmax()]
        low = widest <= widest.mean()
        if low.all() == low.any():  # all or none are low: the points of this part are equal
            break
        parts[i : i + 1] = halves = [parts[i][low], parts[i][~low]]
        variances[i : i + 1] = [half.var(axis=0) for half in halves]
    return parts
