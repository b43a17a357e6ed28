"""Distances of real and of generated points to the training points, for metrics of copying."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .cells import Cells, partition
from .distances import up_to_ties
from .neighbours import two_nearest, within
from .points import checked, in_one_unit, same_width

CELLS = 5  # 400 points leave 80 a cell, enough for normal statistics


@dataclass(frozen=True, eq=False)
class Known:
    """What training and real points say alone: the same, whatever is generated.

    Attributes:
        training: how many training points there are.
        from_real: as of `Nearest`.
        cells: likewise.
        unit: that all of it is in, see `points.in_one_unit`.
    """

    training: int
    from_real: np.ndarray
    cells: Cells
    unit: float


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
        cells: 5 of k-means on the training points.
    """

    training: np.ndarray
    real: np.ndarray
    generated: np.ndarray
    from_real: np.ndarray
    from_generated: np.ndarray
    own: np.ndarray
    known: Known | None = None

    @cached_property
    def cells(self) -> Cells:
        """Found when they are wanted: it may take as long as the search."""
        return self.known.cells if self.known else partition(self.training, CELLS)


def of_both(training: np.ndarray, real: np.ndarray) -> Known:
    """What `search` would find of training and real points, once for all that are generated.

    Args:
        training: shape (N >= 2, width), any real type.
        real: shape (n >= 1, width).

    Raises:
        TypeError, ValueError: as `search`.
    """
    training, real = _checked(training, real)
    same_width(training=training, real=real)
    (training, real), unit = in_one_unit(training, real)
    from_real = two_nearest(real, training)[1][0]
    return Known(len(training), from_real, partition(training, CELLS), unit)


def search(
    training: np.ndarray, real: np.ndarray, generated: np.ndarray, known: Known | None = None
) -> Nearest:
    """Find the nearest training points of all real and generated points.

    Distances between training points are computed only from those that are nearest to a generated
    point. A copy of a training point is at distance exactly 0. Memory grows with N + n + m.

    Args:
        training: shape (N >= 2, width), any real type.
        real: shape (n >= 1, width).
        generated: shape (m >= 1, width).
        known: what `of_both` gives of the first two, which saves a third of the time, or None.

    Raises:
        TypeError: a sample is not of real numbers.
        ValueError: too few points, not all finite, or of different widths; or what is known is of
            others.
    """
    training, real = _checked(training, real)
    generated = checked(generated, "generated points")
    same_width(training=training, real=real, generated=generated)
    if known and (known.training, len(known.from_real)) != (len(training), len(real)):
        raise ValueError(
            f"got what is known of {known.training} training and {len(known.from_real)} real "
            f"points, for {len(training)} and {len(real)}; hand in what `of_both` gives of these"
        )
    (training, real, generated), unit = in_one_unit(training, real, generated)
    if known and known.unit != unit:  # what is generated is extreme
        known = None
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
    from_real = known.from_real if known else two_nearest(real, training)[1][0]
    return Nearest(training, real, generated, from_real, first, own, known)


def _checked(training, real):
    return checked(training, "training points", least=2), checked(real, "real points")
