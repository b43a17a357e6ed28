"""A test of how two measures rank the same methods."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from . import sides
from .predicates import Test, outcome
from .scores import MissingScores, Scores, Untestable

FEWEST = 3  # methods: of two, any two measures agree or disagree wholly


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
        return [self._compare(scores, measure, self.other or measure) for measure in self.by]

    def _compare(self, scores: Scores, measure: str, other: str) -> dict:
        if (many := len(self.methods)) < FEWEST:
            raise Untestable(f"{many} methods have no ranking to speak of; wanted {FEWEST} or more")
        both = [
            [(method, by, asked, *scores.values(method, by, asked)) for method in self.methods]
            for by, asked in ((measure, self.left_at), (other, self.right_at))
        ]
        left, right = ([sides.Side(*one[:3], one[4]) for one in side] for side in both)
        sides.check_distinct(scores, left)
        sides.check_distinct(scores, right)
        for pair in zip(left, right, strict=True):
            sides.check(scores, *pair)
        left, right = (pd.DataFrame({one[0]: one[3] for one in side}).dropna() for side in both)
        seeds = left.index.intersection(right.index)
        if seeds.empty:
            raise MissingScores(f"no seed that all of {', '.join(self.methods)} have")
        for which, values in ((measure, left.loc[seeds]), (other, right.loc[seeds])):
            if (values.nunique(axis=1) == 1).any():
                raise Untestable(f"{which} is the same of all {many} methods, which ranks nothing")
        correlations = [spearman(left.loc[seed], right.loc[seed]) for seed in seeds]
        row = {"measure": measure, "left": measure, "right": other}
        row |= {"estimate_of": "rank correlation"}
        return row | outcome(np.array(correlations), self.above, self.below)


def spearman(x: pd.Series, y: pd.Series) -> float:
    """The correlation of ranks, ties in the middle; 0 where all of x or of y are the same."""
    x, y = (ranks - ranks.mean() for ranks in (x.rank().to_numpy(), y.rank().to_numpy()))
    scale = np.sqrt((x**2).sum() * (y**2).sum())
    return float((x * y).sum() / scale) if scale else 0.0
