"""Statistic of data copying."""

from collections.abc import Callable

import numpy as np

from .base import Metric
from .copying_search import CELLS, Nearest
from .distances import up_to_ties

METRIC = Metric(title="Copying C_T", best="zero", family="copying", given=("nearest",))

LEAST = 20  # generated points in a cell that counts: with so many, U is nearly normal


def c_t(nearest: Nearest) -> float:
    """Whether generated points are nearer to the training points than other real points are.

    C_T = sum over cells of P(cell) Z(cell) / sum of P(cell). Cells are those of k-means on the
    training points, 5 of them; P is the share of the real points in a cell; Z the standardised
    statistic of Mann and Whitney,

        Z = (U - n m / 2) / s,   U = pairs whose generated point is farther from the training points

    of the cell's n real and m generated points. Ties count half, and s is that of tied ranks.
    Only cells with at least 20 generated points and a real one count; where there is none, all
    points are one cell.

    About 0 for equal laws (each Z has variance 1), far below for copies, far above for points
    away from the data. Grows like the root of the number of points: compare at one number only.
    Says nothing of cells that a sampler leaves out: see `coverage`.

    This is not what the code of the statistic's authors computes (github.com/casey-meehan/
    data-copying), which is the metric `c_t_authors`. There the training points of a point's own
    cell count alone, the variance of U has no correction for ties, U one for continuity, and a cell
    counts from 21 generated points on. For codes of digits the two differ by up to a quarter, for
    the distances, and of copies by 0.9, for the ties (`results/README.md`); of draws that collapse
    at the border of a cell they may have other signs.

    Args:
        nearest: what `copying_search.search` gives for the three samples.

    Returns:
        A number of standard deviations; negative means copying.

    References:
        Meehan, Chaudhuri & Dasgupta (2020), "A non-parametric test to detect data-copying in
        generative models", AISTATS; Mann & Whitney (1947), Annals of Mathematical Statistics 18.
    """
    real_cells, generated_cells = nearest.cells(nearest.real), nearest.cells(nearest.generated)
    counted = []
    for cell in range(CELLS):
        real = nearest.from_real[real_cells == cell]
        generated = nearest.from_generated[generated_cells == cell]
        if len(generated) >= LEAST and len(real):
            counted.append((real, generated))
    return over_cells(_standardised, counted, nearest)


def over_cells(statistic: Callable, counted: list[tuple], nearest: Nearest) -> float:
    """The mean of a statistic over cells, by their shares of the real points.

    Args:
        statistic: of squared distances (n,) of real and (m,) of generated points.
        counted: these of each cell that counts; if there is none, all points are one cell.
        nearest: those of all points.
    """
    if not counted:
        return statistic(nearest.from_real, nearest.from_generated)
    scores = [statistic(*distances) for distances in counted]
    return float(np.average(scores, weights=[len(real) for real, _ in counted]))


def _standardised(real: np.ndarray, generated: np.ndarray) -> float:
    """Z of squared distances (n,) and (m,), positive if those of generated points are larger."""
    n, m = len(real), len(generated)
    u, ties = farther(real, generated)
    variance = n * m / 12 * (n + m + 1 - np.sum(ties**3 - ties) / ((n + m) * (n + m - 1)))
    return float((u - n * m / 2) / np.sqrt(variance)) if variance > 0 else 0.0  # 0: all are equal


def farther(real: np.ndarray, generated: np.ndarray) -> tuple[float, np.ndarray]:
    """U of squared distances (n,) and (m,), and the sizes of the groups of equal ones."""
    m = len(generated)
    ranks, ties = _ranks(np.concatenate([generated, real]))
    return float(ranks[:m].sum() - m * (m + 1) / 2), ties


def _ranks(squared: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rank of each squared distance, and the sizes of the groups of equal ones.

    Ranks start from 1, and equal distances (see `distances.TIE`) share the mean of their ranks.
    """
    order = np.argsort(squared)
    ascending = squared[order]
    larger = ascending[1:] > up_to_ties(ascending[:-1])
    group = np.concatenate([[0], np.cumsum(larger)])
    ties = np.bincount(group).astype(float)
    ranks = np.empty(len(squared))
    ranks[order] = (np.cumsum(ties) - (ties - 1) / 2)[group]
    return ranks, ties
