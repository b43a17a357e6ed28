"""The search for nearest neighbours: exact, with one rule for ties, in bounded memory."""

from collections.abc import Iterator

import numpy as np

from ..io.real_arrays import floating
from .distances import squared_tiles, up_to_ties
from .points import checked, in_one_unit

BLOCK = 4096  # points at once in float64: memory does not grow with their number


def nearest(queries: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The point nearest to each query; of those that tie (see `distances.TIE`), the lowest row.

    Args:
        queries: shape (m, d), any real type.
        points: shape (n >= 1, d), any real type.

    Returns:
        Rows of `points`, int64 of shape (m,), and the distances to them, float64 of shape (m,),
        computed in float64; exactly 0 for copies.

    Raises:
        TypeError: one of the two is not of real numbers.
        ValueError: shapes that do not fit together, values that are not finite, or no points.
    """
    queries, points = floating(queries, "queries"), floating(points, "points")
    if queries.ndim != 2 or points.ndim != 2 or queries.shape[1] != points.shape[1]:
        raise ValueError(
            f"queries and points must have shapes (m, d) and (n, d), got {queries.shape} and "
            f"{points.shape}; take both from one space"
        )
    if not len(points):
        raise ValueError("got no points to search in; wanted at least one")
    queries, points = checked(queries, "queries", 0), checked(points, "points")
    if not len(queries):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    (queries, points), unit = in_one_unit(queries, points)
    rows, _ = two_nearest(queries, points)
    difference = np.subtract(queries, points[rows], dtype=np.float64)
    return rows, np.linalg.norm(difference, axis=1) / unit


def two_nearest(queries: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The row of the nearest point, and the squared distances to the two nearest points.

    Each distance is computed once, and once more for queries whose two nearest points tie.

    Args:
        queries: shape (m, d).
        points: shape (n >= 1, d).

    Returns:
        Rows as in `nearest`, int64 of shape (m,), and squared distances, float64 of shape (2, m);
        the second is infinite if there is one point only.
    """
    squares = np.full((2, len(queries)), np.inf)
    first, second = squares
    nearest_rows = np.zeros(len(queries), dtype=np.int64)
    for rows, columns, squared in _tiles(queries, points):
        each, column = np.arange(len(squared)), squared.argmin(axis=1)
        least = squared[each, column]
        squared[each, column] = np.inf
        runner_up = np.minimum(np.maximum(first[rows], least), squared.min(axis=1))
        second[rows] = np.minimum(second[rows], runner_up)
        closer = least < first[rows]
        nearest_rows[rows] = np.where(closer, columns.start + column, nearest_rows[rows])
        first[rows] = np.minimum(first[rows], least)
    tied = np.flatnonzero(second <= up_to_ties(first))
    for rows, columns, inside in within(queries[tied], points, up_to_ties(first[tied])):
        lowest = np.where(inside.any(axis=1), columns.start + inside.argmax(axis=1), len(points))
        nearest_rows[tied[rows]] = np.minimum(nearest_rows[tied[rows]], lowest)
    return nearest_rows, squares


def within(
    queries: np.ndarray, points: np.ndarray, limit: np.ndarray
) -> Iterator[tuple[slice, slice, np.ndarray]]:
    """Which points are within a distance of each query, a tile at a time.

    Args:
        queries: shape (m, d).
        points: shape (n, d).
        limit: the largest squared distance from each query, shape (m,).

    Yields:
        Rows of `queries`, rows of `points`, and a boolean array over these pairs.
    """
    for rows, columns, squared in _tiles(queries, points):
        yield rows, columns, squared <= limit[rows, None]


def _tiles(queries: np.ndarray, points: np.ndarray) -> Iterator[tuple[slice, slice, np.ndarray]]:
    """`squared_tiles` of one block of points after the other."""
    for start in range(0, len(points) if len(queries) else 0, BLOCK):
        for rows, columns, squared in squared_tiles(queries, points[start : start + BLOCK]):
            first = start + columns.start
            yield rows, slice(first, first + squared.shape[1]), squared


def typical(held_out: np.ndarray, codes: np.ndarray) -> float:
    """The median distance of held-out codes to the nearest of `codes`: what new codes should have.

    Args:
        held_out: codes of images that nothing was trained on, shape (m, d).
        codes: shape (n, d).

    Raises:
        ValueError: the median is 0, and nothing can be compared with it; or as `nearest`.
    """
    median = float(np.median(nearest(held_out, codes)[1]))
    if median == 0:
        raise ValueError(
            "at least half of the held-out codes are equal to training codes; look for images that "
            "stand in both parts of the data set, or for an encoder that has collapsed"
        )
    return median
