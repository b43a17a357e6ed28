"""Precision of generated samples."""

import numpy as np

from .base import Metric
from .pairwise_sweep import Pairs

METRIC = Metric(title="Precision", best="higher", family="two_sample", given=("pairs",))


def precision(pairs: Pairs) -> float:
    """Share of the generated points that lie in the ball of some real point.

    The balls, which reach to the K-th nearest neighbour, stand for where real points may be.
    1 for a copy of the real sample, or of one real point. A single real outlier has a large
    ball and raises it: see `density`.

    Args:
        pairs: what `pairwise_sweep.sweep` gives for the two samples.

    Returns:
        A share in [0, 1].

    References:
        Kynkäänniemi et al. (2019), "Improved precision and recall metric for assessing
        generative models", NeurIPS.
    """
    return float(np.mean(pairs.generated.inside > 0))
