"""Numbers that are no scores of samplers: rows of a long table, picked by its columns."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from .scores import MissingScores, Untestable

COLUMNS = ("dataset", "seed", "metric", "value")  # that every such table has, beside its own


class Rows:
    """Values over seeds by metric and columns.

    Args:
        table: of one data set, with `COLUMNS` and those that tell rows apart; a row a repetition.
    """

    impossible: frozenset[str] = frozenset()  # as of `Scores`: nothing is left out here

    def __init__(self, table: pd.DataFrame):
        self._table = table

    def of(self, metric: str, where: Mapping) -> pd.DataFrame:
        """The rows of a metric whose columns have these values, with the value of each finite.

        Raises:
            MissingScores: there are none.
        """
        rows = self._table[self._table["metric"] == metric]
        for column, value in where.items():
            if column not in rows:
                raise MissingScores(f"no column {column}")
            rows = rows[_equal(rows[column], value)]
        rows = rows[np.isfinite(rows["value"].astype(float))]
        if rows.empty:
            raise MissingScores(f"no {metric} of {words(where)}" if where else f"no {metric}")
        return rows

    def values(self, metric: str, where: Mapping) -> pd.Series:
        """The value of each seed.

        Raises:
            MissingScores: there are none.
            Untestable: a seed has several, so that the columns say too little.
        """
        rows = self.of(metric, where)
        if rows["seed"].duplicated().any():
            raise Untestable(f"several {metric} of {words(where)} with one seed")
        return rows.set_index("seed")["value"].astype(float).sort_index()

    def groups(self, metric: str, wheres: Iterable[Mapping], each: list[str]) -> list[dict]:
        """Values of some columns that rows of each selection have."""
        found = [self.of(metric, where) for where in wheres]
        if lacking := [column for column in each if any(column not in rows for rows in found)]:
            raise MissingScores(f"no column {lacking[0]}")
        if not each:
            return [{}]
        keys = [rows[each].drop_duplicates().to_dict("records") for rows in found]
        return [key for key in keys[0] if all(key in others for others in keys[1:])]


def words(where: Mapping) -> str:
    """Columns and their values, as a reader is told of them."""
    return ", ".join(f"{column} {_word(value)}" for column, value in where.items()) or "all"


def _word(value) -> str:
    """A whole number without its point: a column in which some lack one is read as of floats."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _equal(column: pd.Series, value) -> pd.Series:
    """Where a column has a value, be it a number that was read as a text or a text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return pd.to_numeric(column, errors="coerce") == value
    return column.astype(str) == str(value)
