"""Recall of the real sample."""

import numpy as np

from .base import Metric
from .pairwise_sweep import Pairs

METRIC = Metric(title="Recall", best="higher", family="two_sample", given=("pairs",))


def recall(pairs: Pairs) -> float:
    """Share of the real points that lie in the ball of some generated point.

    `precision` with the samples exchanged: near 0 for a generator that repeats itself, 1 for
    a copy of the real sample. A generated outlier has a large ball and raises it: see
    `coverage`.

    Args:
        pairs: what `pairwise_sweep.sweep` gives for the two samples.

    Returns:
        A share in [0, 1].

    References:
        Kynkäänniemi et al. (2019), "Improved precision and recall metric for assessing
        generative models", NeurIPS.
    """
    return float(np.mean(pairs.real.inside > 0))
