"""Which training code a new code is nearest to, and how near that is."""

import numpy as np

from .distances import TILE, euclidean
from .pairwise_sweep import TIE


def nearest(queries: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The code nearest to each query: all distances are computed, in float64.

    Distances that agree to a relative 1e-7 tie, as `euclidean` is no more exact; of those the
    lowest row is taken.

    Args:
        queries: shape (m, d).
        codes: shape (n, d).

    Returns:
        Rows of `codes`, int64 of shape (m,), and the distances to them, float64 of shape (m,).

    Raises:
        ValueError: shapes that do not fit together, or no codes.
    """
    if queries.ndim != 2 or codes.ndim != 2 or queries.shape[1] != codes.shape[1]:
        raise ValueError(
            f"queries and codes must have shapes (m, d) and (n, d), got {queries.shape} and "
            f"{codes.shape}"
        )
    if not len(codes):
        raise ValueError("got no codes to search in; wanted at least one")
    rows = np.empty(len(queries), dtype=np.int64)
    for start in range(0, len(queries), TILE):
        part = slice(start, start + TILE)
        distances = euclidean(queries[part], codes)
        least = distances.min(axis=1, keepdims=True)
        rows[part] = (distances <= least * (1 + TIE)).argmax(axis=1)  # the first that ties
    found = np.subtract(queries, codes[rows], dtype=np.float64)
    return rows, np.linalg.norm(found, axis=1)


def typical(held_out: np.ndarray, codes: np.ndarray) -> float:
    """The median distance of held-out codes to the nearest of `codes`: what new codes should have.

    Args:
        held_out: codes of images that nothing was trained on, shape (m, d).
        codes: shape (n, d).

    Raises:
        ValueError: it is 0, which makes no yardstick; or as `nearest`.
    """
    median = float(np.median(nearest(held_out, codes)[1]))
    if median == 0:
        raise ValueError(
            "at least half of the held-out codes are equal to training codes; look for images that "
            "stand in both parts of the data set, or for an encoder that has collapsed"
        )
    return median
