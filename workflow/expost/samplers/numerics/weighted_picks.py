"""Picks by weights that depend on what is given, in log space."""

from collections.abc import Callable

import numpy as np

from ...stats.kernel_tiles import spans

TILE = 2**20  # weights at once: 8 MB


def pick(
    given: np.ndarray,
    log_weights: Callable[[np.ndarray], np.ndarray],
    size: int,
    rng: np.random.Generator,
) -> np.ndarray:
    """For each row of `given` one of `size` things, the larger its weight the likelier.

    Weights count relative to the largest of a row, so that none need be a number above 0 itself:
    where all are tiny, the few that are the least so share what there is. Equal rows are weighed
    once.

    Args:
        given: shape (n, k).
        log_weights: of rows (m, k), the logarithms of their weights, shape (m, size), up to a
            number that is the same for all of a row.
        size: how many things there are.
        rng: random generator.

    Returns:
        Integers 0..size-1, shape (n,).

    Raises:
        ValueError: a row is so far from everything that its weights are beyond float64.
    """
    distinct, which = np.unique(given, axis=0, return_inverse=True)
    order = np.argsort(which.ravel(), kind="stable")
    ends = np.cumsum(np.bincount(which.ravel()))
    levels, picked = rng.random(len(given)), np.empty(len(given), dtype=np.intp)
    for rows in spans(0, len(distinct), max(1, TILE // size)):
        for row, sums in enumerate(_cumulated(log_weights, distinct[rows]), rows.start):
            mine = order[ends[row - 1] if row else 0 : ends[row]]
            picked[mine] = np.searchsorted(sums, levels[mine], side="right")
    return picked


def _cumulated(log_weights, rows):
    """Sums of the first weights, from the first to all of them, which are 1; shape (m, size)."""
    with np.errstate(over="ignore", invalid="ignore"):
        logs = log_weights(rows)
        logs = logs - logs.max(axis=1, keepdims=True)
    if np.isnan(logs).any():
        raise ValueError(
            "the given values are too far from all codes to compute with; give nearer ones"
        )
    sums = np.exp(logs, out=logs).cumsum(axis=1)
    return sums / sums[:, -1:]
