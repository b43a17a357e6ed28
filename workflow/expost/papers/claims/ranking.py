"""Tests of ranks: of how two measures rank methods, and whether a setting takes one some way."""

from dataclasses import dataclass
from itertools import product

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


@dataclass(frozen=True, kw_only=True)
class Trend(Test):
    """Spearman's correlation of a setting's values and a measure, of the numbers as they are.

    Args:
        left: methods, as "autoencoder/sampler", of which the autoencoder's setting is turned.
        over: the setting, as names have it: `beta` in `vae-beta-0.1`.
        above: lower bound of the correlation.
        below: upper bound.
    """

    left: list[str]
    over: str
    above: float = -np.inf
    below: float = np.inf

    def comparisons(self, scores: Scores) -> list[dict]:
        """A row a measure and method; see `Test.comparisons`."""
        return [self._compare(scores, *which) for which in product(self.by, self.left)]

    def _compare(self, scores: Scores, measure: str, method: str) -> dict:
        turned = scores.turned(method, self.over)
        if (many := len(turned)) < FEWEST:
            raise Untestable(
                f"{many} values of {self.over} of {method} have no trend to speak of; wanted "
                f"{FEWEST} or more"
            )
        found = [(name, *scores.values(name, measure, self.left_at)) for name in turned.values()]
        sides.check_distinct(
            scores, [sides.Side(name, measure, self.left_at, place) for name, _, place in found]
        )
        values = pd.DataFrame({name: of for name, of, _ in found}).dropna()
        if values.empty:
            raise MissingScores(f"no seed that all values of {self.over} of {method} have")
        if (values.nunique(axis=1) == 1).any():
            raise Untestable(f"{measure} of {method} is the same at all {many} of {self.over}")
        places = pd.Series(list(turned))
        correlations = [spearman(places, values.loc[seed]) for seed in values.index]
        row = {"measure": measure, "left": method, "right": self.over}
        row |= {"estimate_of": "rank correlation with a setting"}
        return row | outcome(np.array(correlations), self.above, self.below)


def spearman(x: pd.Series, y: pd.Series) -> float:
    """The correlation of ranks, ties in the middle; 0 where all of x or of y are the same."""
    x, y = (ranks - ranks.mean() for ranks in (x.rank().to_numpy(), y.rank().to_numpy()))
    scale = np.sqrt((x**2).sum() * (y**2).sum())
    return float((x * y).sum() / scale) if scale else 0.0
