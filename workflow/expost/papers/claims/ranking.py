"""A test of how two measures rank the same methods."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from .predicates import Test, outcome
from .scores import MissingScores, Scores


@dataclass(frozen=True, kw_only=True)
class RankCorrelation(Test):
    """Spearman's correlation of two measures over methods, of the numbers as they are, in a range.

    Args:
        methods: to be ranked.
        other: measure of the right side; without one, each of `by` with itself elsewhere.
        above: lower bound of the correlation.
        below: upper bound.
    """

    methods: list[str]
    other: str | None = None
    above: float = -np.inf
    below: float = np.inf

    def comparisons(self, scores: Scores) -> list[dict]:
        """A row a measure; see `Test.comparisons`."""
        rows = []
        for measure in self.by:
            sides = (measure, self.left_at), (self.other or measure, self.right_at)
            left, right = (
                pd.DataFrame({m: scores.values(m, which, places)[0] for m in self.methods}).dropna()
                for which, places in sides
            )
            seeds = left.index.intersection(right.index)
            if seeds.empty:
                raise MissingScores(f"no seed that all of {', '.join(self.methods)} have")
            correlations = [spearman(left.loc[seed], right.loc[seed]) for seed in seeds]
            row = {"measure": measure, "left": sides[0][0], "right": sides[1][0]}
            row |= {"estimate_of": "rank correlation"}
            rows.append(row | outcome(np.array(correlations), self.above, self.below))
        return rows


def spearman(x: pd.Series, y: pd.Series) -> float:
    """The correlation of ranks, ties in the middle; 0 where all of x or of y are the same."""
    x, y = (ranks - ranks.mean() for ranks in (x.rank().to_numpy(), y.rank().to_numpy()))
    scale = np.sqrt((x**2).sum() * (y**2).sum())
    return float((x * y).sum() / scale) if scale else 0.0
