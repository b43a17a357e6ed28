"""What metrics of copying want to know of the training points nearest to others."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .distances import squared_tiles
from .pairwise_sweep import TIE

BLOCK = 4096  # training points at once in float64: memory does not grow with their number


@dataclass(frozen=True, eq=False)
class Nearest:
    """Three samples; all distances are squared.

    Attributes:
        training: N points that samplers were fitted to, shape (N, width).
        real: n other points of the same law, shape (n, width).
        generated: m points, shape (m, width).
        from_real: of each real point to its nearest training point, shape (n,).
        from_generated: of each generated point to its nearest training point, shape (m,).
        own: of that training point to the nearest other one, shape (m,). Where several training
            points tie for the nearest, that of the loneliest.
    """

    training: np.ndarray
    real: np.ndarray
    generated: np.ndarray
    from_real: np.ndarray
    from_generated: np.ndarray
    own: np.ndarray


def search(training: np.ndarray, real: np.ndarray, generated: np.ndarray) -> Nearest:
    """Compute each distance to a training point once, but for the few that tie.

    Of distances among training points only those of nearest ones are computed. A copy of a
    training point is at distance exactly 0. Memory grows with N + n + m.

    Args:
        training: shape (N >= 2, width).
        real: shape (n, width).
        generated: shape (m, width).
    """
    (first, second), index = _two_nearest(generated, training)
    limit = first * (1 + TIE) ** 2
    tied = np.flatnonzero(second <= limit)
    wanted = np.zeros(len(training), dtype=bool)
    wanted[index] = True
    for _, columns, tie in _ties(generated[tied], training, limit[tied]):
        wanted[columns] |= tie.any(axis=0)
    lonely = np.zeros(len(training))
    lonely[wanted] = _two_nearest(training[wanted], training)[0][1]  # after the point itself
    own = lonely[index]
    for rows, columns, tie in _ties(generated[tied], training, limit[tied]):
        own[tied[rows]] = np.maximum(own[tied[rows]], (tie * lonely[columns]).max(axis=1))
    (from_real, _), _ = _two_nearest(real, training)
    return Nearest(training, real, generated, from_real, first, own)


def _two_nearest(points: np.ndarray, training: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Squared distances to the two nearest training points, (2, k), and which is the first, (k)."""
    lowest, index = np.full((2, len(points)), np.inf), np.zeros(len(points), dtype=int)
    first, second = lowest
    for rows, columns, squared in _tiles(points, training):
        here, at = np.arange(len(squared)), squared.argmin(axis=1)
        nearest = squared[here, at]
        squared[here, at] = np.inf
        runner_up = np.minimum(np.maximum(first[rows], nearest), squared.min(axis=1))
        second[rows] = np.minimum(second[rows], runner_up)
        index[rows] = np.where(nearest < first[rows], columns.start + at, index[rows])
        first[rows] = np.minimum(first[rows], nearest)
    return lowest, index


def _ties(
    points: np.ndarray, training: np.ndarray, limit: np.ndarray
) -> Iterator[tuple[slice, slice, np.ndarray]]:
    """Which training points (columns) are within the squared distance `limit` of each point."""
    if len(points):
        for rows, columns, squared in _tiles(points, training):
            yield rows, columns, squared <= limit[rows, None]


def _tiles(points: np.ndarray, training: np.ndarray) -> Iterator[tuple[slice, slice, np.ndarray]]:
    """`squared_tiles`, a block of training points after the other."""
    for start in range(0, len(training), BLOCK):
        for rows, columns, squared in squared_tiles(points, training[start : start + BLOCK]):
            first = start + columns.start
            yield rows, slice(first, first + squared.shape[1]), squared
