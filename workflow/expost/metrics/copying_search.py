"""Distances of real and of generated points to the training points, for metrics of copying."""

from dataclasses import dataclass

import numpy as np

from .distances import up_to_ties
from .neighbours import two_nearest, within
from .points import checked, in_one_unit, same_width


@dataclass(frozen=True, eq=False)
class Nearest:
    """Three samples, and squared distances to nearest training points.

    Of points whose spread is extreme all of it is in another unit (see `points.in_one_unit`).

    Attributes:
        training: N points that samplers were fitted to, shape (N, width).
        real: n other points of the same law, shape (n, width).
        generated: m points, shape (m, width).
        from_real: squared distance of each real point to its nearest training point, shape (n,).
        from_generated: the same of each generated point, shape (m,).
        own: squared distance of that nearest training point to the nearest other training point,
            shape (m,). If several training points tie for the nearest, the largest of theirs.
    """

    training: np.ndarray
    real: np.ndarray
    generated: np.ndarray
    from_real: np.ndarray
    from_generated: np.ndarray
    own: np.ndarray


def search(training: np.ndarray, real: np.ndarray, generated: np.ndarray) -> Nearest:
    """Find the nearest training points of all real and generated points.

    Distances between training points are computed only from those that are nearest to a generated
    point. A copy of a training point is at distance exactly 0. Memory grows with N + n + m.

    Args:
        training: shape (N >= 2, width), any real type.
        real: shape (n >= 1, width).
        generated: shape (m >= 1, width).

    Raises:
        TypeError: a sample is not of real numbers.
        ValueError: too few points, not all finite, or of different widths.
    """
    training = checked(training, "training points", least=2)
    real, generated = checked(real, "real points"), checked(generated, "generated points")
    same_width(training=training, real=real, generated=generated)
    (training, real, generated), _ = in_one_unit(training, real, generated)
    nearest_rows, (first, second) = two_nearest(generated, training)
    limit = up_to_ties(first)
    tied = np.flatnonzero(second <= limit)
    wanted = np.zeros(len(training), dtype=bool)
    wanted[nearest_rows] = True
    for _, columns, inside in within(generated[tied], training, limit[tied]):
        wanted[columns] |= inside.any(axis=0)
    to_others = np.zeros(len(training))
    to_others[wanted] = two_nearest(training[wanted], training)[1][1]  # the first is itself
    own = to_others[nearest_rows]
    for rows, columns, inside in within(generated[tied], training, limit[tied]):
        largest = (inside * to_others[columns]).max(axis=1)
        own[tied[rows]] = np.maximum(own[tied[rows]], largest)
    return Nearest(training, real, generated, two_nearest(real, training)[1][0], first, own)
