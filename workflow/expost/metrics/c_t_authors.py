"""Statistic of data copying, as its authors' code computes it."""

import numpy as np

from . import c_t
from .base import Metric
from .copying_search import CELLS, Nearest
from .neighbours import two_nearest

METRIC = Metric(
    title="Copying C_T by its authors' code", best="zero", family="c_t_authors", given=("nearest",)
)


def c_t_authors(nearest: Nearest) -> float:
    """C_T as in the code of Meehan, Chaudhuri and Dasgupta, to compare with their numbers.

    C_T = sum over cells of P(cell) Z(cell) / sum of P(cell), as in `c_t`, with

        Z = (U - n m / 2 + 1/2) / √(n m (n + m + 1) / 12)

    of the cell's n real and m generated points. It differs from `c_t` in four ways.

    - Distances are those to the nearest training point of the same cell, not of all cells. A point
      at the border of a cell, whose nearest training point lies in the next one, is farther away.
    - The variance is that of U without ties, though ties count half in U.
    - One half is added to U, for continuity.
    - Cells count with more than 20 generated points, not with 20.

    Cells are those of `c_t`, 5 of k-means without chance. The authors hand cells in, 5 for points
    in the plane and 50 for codes of MNIST, by scikit-learn's k-means from random starts. Their code
    fails where a cell holds no real or no training points, or where one but the last holds no
    generated ones; here such cells are left out, and where none is left all points are one cell.

    Args:
        nearest: what `copying_search.search` gives for the three samples.

    Returns:
        A number of standard deviations; negative means copying.

    References:
        Meehan, Chaudhuri & Dasgupta (2020), "A non-parametric test to detect data-copying in
        generative models", AISTATS; github.com/casey-meehan/data-copying, data_copying_tests.py.
    """
    return statistic(nearest)


def statistic(nearest: Nearest, parted: bool = True) -> float:
    """`c_t_authors`, or what it were with distances to the training points of all cells.

    Args:
        nearest: as there.
        parted: whether a point's own cell counts alone.
    """
    samples = nearest.training, nearest.real, nearest.generated
    of = [nearest.cells(points) for points in samples]
    counted = []
    for cell in range(CELLS):
        training, real, generated = (x[of == cell] for x, of in zip(samples, of, strict=True))
        if len(training) and len(real) and len(generated) > c_t.LEAST:
            near = training if parted else nearest.training
            counted.append(tuple(two_nearest(points, near)[1][0] for points in (real, generated)))
    return c_t.over_cells(_standardised, counted, nearest)


def _standardised(real: np.ndarray, generated: np.ndarray) -> float:
    """Z of squared distances (n,) and (m,), positive if those of generated points are larger."""
    n, m = len(real), len(generated)
    u, _ = c_t.farther(real, generated)
    return float((u - n * m / 2 + 0.5) / np.sqrt(n * m * (n + m + 1) / 12))
