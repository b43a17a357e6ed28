"""Tests that compare methods with one another, seed by seed."""

from dataclasses import dataclass, field
from itertools import product

import numpy as np

from ...metrics.base import LOSSES
from . import sides
from .predicates import Test, direction, outcome
from .scores import MissingScores, Scores, Untestable


@dataclass(frozen=True, kw_only=True)
class Pairwise(Test):
    """Tests that compare each method on the left with each on the right, by each measure.

    Args:
        left: methods, as "autoencoder/sampler".
        right: methods; without any, each on the left is compared with itself elsewhere.
    """

    left: list[str]
    right: list[str] = field(default_factory=list)

    def comparisons(self, scores: Scores) -> list[dict]:
        """A row a measure and pair; see `Test.comparisons`."""
        pairs = list(product(self.left, self.right)) or [(m, m) for m in self.left]
        return [self._compare(scores, *which) for which in product(self.by, pairs)]

    def _compare(self, scores, measure, pair) -> dict:
        asked = self.left_at, self.right_at
        values, places = zip(
            *(scores.values(method, measure, at) for method, at in zip(pair, asked, strict=True)),
            strict=True,
        )
        both = zip(pair, asked, places, strict=True)
        sides.check(scores, *(sides.Side(method, measure, *at) for method, *at in both))
        seeds = values[0].index.intersection(values[1].index)
        if seeds.empty:
            raise MissingScores(f"no seed that both {' and '.join(pair)} have")
        a, b = (side[seeds].to_numpy() for side in values)
        row = {"measure": measure, "left": pair[0], "right": pair[1]}
        for side, place in zip(("left", "right"), places, strict=True):
            row |= {f"{side}_{axis}": value for axis, value in place.items()}
        row |= {"left_mean": self._mean(a), "right_mean": self._mean(b)}
        row |= {"estimate_of": self.estimate_of}
        return row | outcome(self._estimate(a, b, direction(measure)), below=0.0)

    @property
    def estimate_of(self) -> str:
        """What is estimated, in words."""
        raise NotImplementedError

    def _mean(self, values: np.ndarray) -> float:
        """Of one side over seeds, as it is shown."""
        return float(values.mean())

    def _estimate(self, left: np.ndarray, right: np.ndarray, best: str) -> np.ndarray:
        """Below zero, seed by seed, where it is as claimed."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Less(Pairwise):
    """The left number is smaller than the right: left - right < 0."""

    estimate_of = "difference"

    def _estimate(self, left, right, best):
        return left - right


@dataclass(frozen=True, kw_only=True)
class Faster(Pairwise):
    """The left takes less time than the right: log(left / right) < 0.

    Times differ by factors and scatter by factors, so their logarithms are averaged.
    """

    estimate_of = "log ratio"

    def _mean(self, values):
        return float(np.exp(np.log(values).mean()))

    def _estimate(self, left, right, best):
        return np.log(left / right)


@dataclass(frozen=True, kw_only=True)
class Better(Pairwise):
    """The left score is better than the right: loss(left) - loss(right) < 0.

    The loss is x, -x, |x|, |x - 0.5| or |x - 1| of a metric that is best when lower, higher, at 0,
    at 0.5 or at 1.
    """

    estimate_of = "loss difference"

    def _estimate(self, left, right, best):
        return LOSSES[best](left) - LOSSES[best](right)


@dataclass(frozen=True, kw_only=True)
class WithinFactor(Pairwise):
    """The left score is at most so many times as bad as the right, or better.

    left - factor · right < 0, or right - factor · left < 0 of a metric that is best when higher. Of
    one that is best at 0, 0.5 or 1 its distance from there is compared.

    Args:
        factor: above 0; below 1 it says that the left is better by so much.
    """

    factor: float

    @property
    def estimate_of(self):
        """What is estimated, in words."""
        return f"beyond {self.factor:g} times by"

    def _estimate(self, left, right, best):
        if best in ("zero", "half", "one"):
            left, right = LOSSES[best](left), LOSSES[best](right)
        if min(left.mean(), right.mean()) < 0:
            raise Untestable("a score is below 0, which is no number of times as bad as any other")
        worse, better = (right, left) if best == "higher" else (left, right)
        return worse - self.factor * better
