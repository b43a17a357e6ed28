"""Recall of the real sample, from the curve of precision and recall for distributions."""

from .base import Metric
from .prd_curve import Curve

METRIC = Metric(title="PRD recall", best="higher", family="prd", given=("curve",))

BETA = 8


def prd_recall(curve: Curve) -> float:
    """The largest F_8 of the curve, which weighs recall eight times as much as precision.

    How much of where real points are is reached by generated ones: `prd_precision` with the samples
    exchanged, and there is what papers call it.

    Args:
        curve: what `prd_curve.measure` gives for the two samples.

    Returns:
        A number in [0, 1].

    References:
        Sajjadi et al. (2018), "Assessing generative models via precision and recall", NeurIPS.
    """
    return curve.highest(BETA)
