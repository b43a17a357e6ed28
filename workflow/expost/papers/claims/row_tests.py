"""Tests on rows of a long table: of simulations, entropies, whatever is no score of a sampler."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from .predicates import Test, outcome
from .ranking import FEWEST, spearman
from .rows import Rows, words
from .scores import MissingScores, Untestable


@dataclass(frozen=True, kw_only=True)
class RowTest(Test):
    """What these tests have: metrics as the table calls them, `by`, and columns -> values.

    Args:
        each: columns, for each of whose values a comparison is made.
    """

    each: list[str] = field(default_factory=list)

    def selections(self) -> list[dict]:
        """The columns and values by which its sides are picked."""
        raise NotImplementedError

    def comparisons(self, scores: Rows) -> list[dict]:
        """A row a metric and group; see `Test.comparisons`."""
        found = []
        for metric in self.by:
            groups = scores.groups(metric, self.selections(), self.each)
            found += [self._compare(scores, metric, group) for group in groups]
        return found

    def _compare(self, rows: Rows, metric: str, group: dict) -> dict:
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class RowsLess(RowTest):
    """What the rows of the left say is less than what those of the right say, seed by seed.

    Args:
        left: columns -> values.
        right: columns -> values.
        margin: by how much.
    """

    left: dict
    right: dict
    margin: float = 0.0

    def selections(self):
        """Both sides."""
        return [self.left, self.right]

    def _compare(self, rows, metric, group):
        sides = [rows.values(metric, side | group) for side in self.selections()]
        seeds = sides[0].index.intersection(sides[1].index)
        if seeds.empty:
            raise MissingScores(f"no seed that {words(self.left)} and {words(self.right)} share")
        a, b = (side[seeds].to_numpy() for side in sides)
        row = {"measure": metric, "left": words(self.left | group), "right": words(self.right)}
        row |= {"left_mean": a.mean(), "right_mean": b.mean(), "estimate_of": "difference"}
        return row | outcome(a - b, below=-self.margin)


@dataclass(frozen=True, kw_only=True)
class RowsBetween(RowTest):
    """What rows say lies between two numbers.

    Args:
        left: columns -> values.
        above: lower bound.
        below: upper bound.
    """

    left: dict = field(default_factory=dict)
    above: float = -np.inf
    below: float = np.inf

    def selections(self):
        """The one side."""
        return [self.left]

    def _compare(self, rows, metric, group):
        values = rows.values(metric, self.left | group)
        row = {"measure": metric, "left": words(self.left | group), "left_mean": values.mean()}
        return row | {"estimate_of": "value"} | outcome(values.to_numpy(), self.above, self.below)


@dataclass(frozen=True, kw_only=True)
class RowsTrend(RowsBetween):
    """Spearman's correlation of a column of numbers and what rows say, between two numbers.

    Args:
        over: the column.
    """

    over: str

    def _compare(self, rows, metric, group):
        found = rows.of(metric, self.left | group)
        if self.over not in found:
            raise MissingScores(f"no column {self.over}")
        table = found.pivot_table(index="seed", columns=self.over, values="value").dropna()
        if table.shape[1] < FEWEST or table.empty:
            raise Untestable(
                f"{table.shape[1]} values of {self.over} have no trend to speak of; wanted "
                f"{FEWEST} or more that a seed has"
            )
        places = pd.Series(table.columns.to_numpy(dtype=float))
        values = np.array([spearman(places, table.loc[seed]) for seed in table.index])
        row = {"measure": metric, "left": words(self.left | group), "right": self.over}
        return row | {"estimate_of": "trend"} | outcome(values, self.above, self.below)


KINDS = {"rows_less": RowsLess, "rows_between": RowsBetween, "rows_trend": RowsTrend}
