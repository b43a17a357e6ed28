"""What the tests of claims have in common, and the simplest of them.

A comparison *holds* if the 95 % t-interval over seeds of its estimate is on the claimed side of
its bound, *fails* if on the other, and is *undecided* if the bound is inside, or there is one
seed. Both sides of a comparison share seeds, hence codes and test images.
"""

from dataclasses import dataclass, field
from itertools import product

import numpy as np

from ...metrics import describe
from ...stats.intervals import t_half_width
from .scores import Scores

HOLDS, FAILS, UNDECIDED = "holds", "fails", "undecided"


@dataclass(frozen=True, kw_only=True)
class Test:
    """What all tests have.

    Args:
        by: measures, as "space/metric".
        left_at: where the left side is taken: `epoch`, `size` (see `Scores.values`).
        right_at: the same of the right side.
        share: of the comparisons, how many must hold for the claim.
    """

    by: list[str]
    left_at: dict = field(default_factory=dict)
    right_at: dict = field(default_factory=dict)
    share: float = 1.0

    def comparisons(self, scores: Scores) -> list[dict]:
        """A row a comparison: what it is of, its estimate, half_width, seeds and outcome.

        That is `measure`, `left`, `right` and, in words, `estimate_of`; of methods on either side
        also `left_epoch`, `left_size`, `left_mean` and so on.

        Raises:
            Untestable: what there is not of all that is asked for, or is compared with itself.
        """
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Between(Test):
    """The score of each method lies between two numbers.

    Args:
        left: methods.
        above: lower bound.
        below: upper bound.
    """

    left: list[str]
    above: float = -np.inf
    below: float = np.inf

    def comparisons(self, scores: Scores) -> list[dict]:
        """A row a measure and method; see `Test.comparisons`."""
        rows = []
        for measure, method in product(self.by, self.left):
            values, place = scores.values(method, measure, self.left_at)
            row = {"measure": measure, "left": method, "left_mean": values.mean()}
            row |= {"estimate_of": "value"}
            row |= {f"left_{axis}": value for axis, value in place.items()}
            rows.append(row | outcome(values.to_numpy(), self.above, self.below))
        return rows


def outcome(values: np.ndarray, above: float = -np.inf, below: float = np.inf) -> dict:
    """Mean and interval of an estimate over seeds, and whether above < estimate < below."""
    mean, n = float(np.mean(values)), len(values)
    half = t_half_width(np.std(values, ddof=1), n) if n > 1 else float("nan")
    result = UNDECIDED  # also of NaN, which compares with nothing
    if above < mean - half and mean + half < below:
        result = HOLDS
    elif mean + half < above or mean - half > below:
        result = FAILS
    return {"estimate": mean, "half_width": half, "seeds": n, "outcome": result}


def direction(measure: str) -> str:
    """Where a measure is best: lower, higher, zero, half or one; "" where nothing is known."""
    return describe(measure.partition("/")[2]).best
