"""Tiles of squared distances between codes, and the sums of Gaussian kernels over them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count, pairwise
from threading import Lock

import numpy as np
from threadpoolctl import threadpool_limits

from ..runtime import threads
from .kernel_sums import KernelSums

COLUMNS = 800  # of a tile: what is done to one is done in cache
FAR = 3e4  # bandwidths
LANES = (1, 2, 4, 8)  # chosen by size only: results must not depend on the number of threads


def spans(start: int, stop: int, most: int) -> list[slice]:
    """Slices of nearly equal length, at most `most`, from `start` to `stop`."""
    count = -(-(stop - start) // most)
    edges = [start + (stop - start) * i // count for i in range(count + 1)] if count else []
    return [slice(a, b) for a, b in pairwise(edges)]


def log_kernel_sums(
    queries: np.ndarray,
    codes: np.ndarray,
    bandwidths: np.ndarray,
    panels: list[tuple[slice, int]],
    dtype: type,
    both: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> np.ndarray:
    """Log Σⱼ exp(-‖qᵢ - zⱼ‖² / 2h²) for each query and bandwidth; see `KernelSums`.

    Distances are matrix products of centred codes in float64. Where both of two codes are so far
    from the mean that an exponent would err by more than 2e-7, their tile takes differences
    instead, and longer. Memory is that of the codes and eight times that of the result. Work is
    divided among `threads.limited()` threads, and results do not depend on their number.

    Args:
        queries: shape (m, d).
        codes: shape (n, d).
        bandwidths: h, shape (k,), positive, within a factor of 10¹⁵ of one another.
        panels: rows of `queries`, each with the first of the `codes` that count for them.
        dtype: of the kernels.
        both: the queries are the codes, and each panel's rows count for its columns in turn.
        progress: is told how many panels are done, after each.

    Returns:
        Shape (k, m).
    """
    centre, unit = codes.mean(axis=0), bandwidths.min()
    left, right = (_augmented(points, centre, unit) for points in (queries, codes))
    right[:, :-2] *= -2
    right[:, -2:] = right[:, :-3:-1].copy()
    rates = 0.5 * (unit / bandwidths) ** 2
    done, telling = count(1), Lock()
    tile = COLUMNS * max((rows.stop - rows.start for rows, _ in panels), default=0)

    def lane(panels):
        sums, memory = KernelSums(len(queries), rates, dtype, tile), np.empty(tile)
        for rows, first in panels:
            for columns in spans(first, len(codes), COLUMNS):
                squared = _squared(left[rows], right[columns], memory)
                if both:
                    sums.add_both(rows, columns, squared)
                else:
                    sums.add(rows, squared)
            with telling:  # each number once, in order
                progress(next(done))
        return sums

    lanes = max(lanes for lanes in LANES if lanes == 1 or 8 * lanes <= len(panels))
    # There and back: where both count, early panels are wider.
    groups = [panels[i :: 2 * lanes] + panels[2 * lanes - 1 - i :: 2 * lanes] for i in range(lanes)]
    total, *others = in_threads(lane, groups)
    for other in others:
        total.merge(other)
    return total.log()


def _augmented(points, centre, unit):
    """(z, ‖z‖², 1) for each point; the product with (-2y, 1, ‖y‖²) is ‖z - y‖²."""
    rows = np.empty((len(points), points.shape[1] + 2))
    scaled = rows[:, :-2]
    np.subtract(points, centre, out=scaled)
    scaled /= unit
    np.einsum("ij,ij->i", scaled, scaled, out=rows[:, -2])
    rows[:, -1] = 1
    return rows


def _squared(left, right, memory):
    """Squared distances of the points (z, ‖z‖², 1) from those of (-2y, 1, ‖y‖²)."""
    squared = memory[: len(left) * len(right)].reshape(len(left), len(right))
    if min(left[:, -2].max(), right[:, -1].max()) < FAR**2:
        return np.matmul(left, right.T, out=squared)
    from scipy.spatial.distance import cdist

    cdist(-2 * left[:, :-2], right[:, :-2], "sqeuclidean", out=squared)
    squared /= 4
    return squared


def in_threads(function, items):
    """What the function returns for each item; arrays' work does not hold Python's lock."""
    workers = min(threads.limited(), len(items))
    if workers == 1:
        return [function(item) for item in items]
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(workers) as pool:
        return list(pool.map(function, items))
