"""Codes in nearly normal scores, column by column, or as they are."""

from collections.abc import Callable

import numpy as np

from .normal_scores import NormalScores


class ColumnScores:
    """`NormalScores` of each column of codes (n, d); methods take and give shape (m, d)."""

    def __init__(self, codes: np.ndarray):
        self._maps = [NormalScores(column) for column in codes.T]

    def scores(self, x: np.ndarray, columns: np.ndarray | None = None) -> np.ndarray:
        """T_j(x_ij); x may be (m, k), where it is some columns (k,)."""
        maps = self._of(columns)
        return by_column(x, lambda column, j: maps[j].scores(column))

    def log_slopes(self, x: np.ndarray) -> np.ndarray:
        """Log T_j'(x_ij)."""
        return by_column(x, lambda column, j: self._maps[j].log_slopes(column))

    def codes(self, y: np.ndarray, columns: np.ndarray | None = None) -> np.ndarray:
        """T_j⁻¹(y_ij), likewise."""
        maps = self._of(columns)
        return by_column(y, lambda column, j: maps[j].codes(column))

    def _of(self, columns):
        return self._maps if columns is None else [self._maps[j] for j in columns]


class Identity:
    """Codes as their own scores, where none are wanted."""

    def scores(self, x: np.ndarray, columns: np.ndarray | None = None) -> np.ndarray:
        """The same."""
        return x

    def log_slopes(self, x: np.ndarray) -> np.ndarray:
        """Zeros."""
        return np.zeros(x.shape)

    codes = scores


def by_column(values: np.ndarray, function: Callable) -> np.ndarray:
    """`function(column, j)` of each column j of `values`, shape (m, d) as they are."""
    columns = values.T.copy()  # (d, m), so that a column lies in one piece
    for j, column in enumerate(columns):
        columns[j] = function(column, j)
    return columns.T.copy()
