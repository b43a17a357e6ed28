"""Coverage of the real sample."""

import numpy as np

from .base import Metric
from .pairwise_sweep import Pairs

METRIC = Metric(title="Coverage", best="higher", family="two_sample", given=("pairs",))


def coverage(pairs: Pairs) -> float:
    """Share of the real points whose ball holds some generated point.

    A recall without balls around generated points, which outliers among them would spoil.
    1 for a copy of the real sample. For equal laws and sizes about 1 - 2^-K is expected: that
    the K nearest of both kinds are all real, like K coins that all fall on one side.

    Args:
        pairs: what `pairwise_sweep.sweep` gives for the two samples.

    Returns:
        A share in [0, 1].

    References:
        Naeem et al. (2020), "Reliable fidelity and diversity metrics for generative models",
        ICML.
    """
    return float(np.mean(pairs.real.across <= pairs.real.reach))
