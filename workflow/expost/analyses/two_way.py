"""What scores depend on more: the autoencoder, or the sampler of its codes."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from .. import samplers
from ..metrics import describe
from ..stats import crossed
from ..stats.two_way import TwoWay, decompose

ONE_SEED = "one seed cannot tell effects from chance"


class Explained(NamedTuple):
    """The decomposition of one measure on one data set.

    Attributes:
        logarithm: whether it is of the logarithms of the scores.
        found: with autoencoders as rows and samplers as columns; None where there is none.
        reason: why not, in words.
    """

    logarithm: bool
    found: TwoWay | None
    reason: str = ""

    def leader(self) -> str:
        """What explains more by the 95 % interval of the difference; nothing where none is known.

        Returns:
            "autoencoder", "sampler", or "" where it cannot be told.
        """
        if self.found is None or not abs(self.found.lead) > self.found.lead_half_width:
            return ""
        return "autoencoder" if self.found.lead > 0 else "sampler"


def competitors(scores: pd.DataFrame) -> pd.DataFrame:
    """The rows of samplers that were run on every autoencoder: all but controls."""
    return scores[~scores["sampler"].isin(samplers.CONTROLS)]


def in_logarithms(metric: str, values: np.ndarray) -> bool:
    """Whether a measure is compared by ratios: a distance, all of whose values are above 0.

    Of distances that differ by orders of magnitude, the largest would decide alone.
    """
    return describe(metric).best == "lower" and bool((np.asarray(values) > 0).all())


def explain(scores: pd.DataFrame, metric: str) -> Explained:
    """How much of the variance of a measure is the autoencoder's, the sampler's, or both.

    Args:
        scores: tidy, of one data set, epoch, size, space and metric.
        metric: which.

    Raises:
        ValueError: a sampler that was not run on an autoencoder; see `crossed.array`.
    """
    values, _, _ = crossed.array(competitors(scores), "autoencoder", "sampler")
    logarithm = in_logarithms(metric, values)
    if len(values) < 2:
        return Explained(logarithm, None, ONE_SEED)
    if np.ptp(values) == 0:
        return Explained(logarithm, None, f"all scores are {values.flat[0]:g}")
    return Explained(logarithm, decompose(np.log(values) if logarithm else values))
