"""What a metric says of itself, and which of several values are the best ones."""

from dataclasses import dataclass

import numpy as np

ARROWS = {"lower": " ↓", "higher": " ↑", "zero": " → 0", "half": " → 0.5", "one": " → 1"}
# Where a metric is best -> what is smallest there.
LOSSES = {
    "lower": lambda x: x,
    "higher": lambda x: -x,
    "zero": abs,
    "half": lambda x: abs(x - 0.5),
    "one": lambda x: abs(x - 1),
}


@dataclass(frozen=True, kw_only=True)
class Metric:
    """How a metric is shown, and what its function is called with.

    Attributes:
        title: its name in tables and figures.
        best: where it is best: "lower", "higher", "zero", "half", "one", or "" for nowhere.
        family: metrics of one family are scored together: "two_sample", "classes", "moments" or
            "copying"; "time" for seconds, which nothing here measures.
        given: the arguments of its function, which `scoring.score` hands in by these names.
    """

    title: str
    best: str = ""
    family: str = ""
    given: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The title with an arrow to where the metric is best."""
        return self.title + ARROWS.get(self.best, "")


def best(column: np.ndarray, direction: str) -> list[int]:
    """Rows that hold the best mean, or one whose interval overlaps with the best's.

    Args:
        column: mean and half-width (NaN where unknown, taken as 0), shape (n, 2).
        direction: a key of `LOSSES`, or "" for none.
    """
    if direction not in LOSSES or not len(column):
        return []
    losses, half = LOSSES[direction](column[:, 0]), np.nan_to_num(column[:, 1])
    if np.isnan(losses).all():
        return []
    first = np.nanargmin(losses)
    return list(np.flatnonzero(losses - half <= losses[first] + half[first]))
