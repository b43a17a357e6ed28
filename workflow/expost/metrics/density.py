"""Density of real points around generated ones."""

import numpy as np

from .base import Metric
from .pairwise_sweep import K, Pairs

# More than 1 is crowding: held-out images have about 1.
METRIC = Metric(title="Density", best="one", family="two_sample", given=("pairs",))


def density(pairs: Pairs) -> float:
    """In how many balls of real points a generated point lies on average, over K.

    A precision that one outlier among the real points does not decide. 1 is expected for
    equal laws, whatever the law; more where generated points crowd at the modes; 1 + 1/K for
    a copy of a real sample without ties, as each ball has its centre and K neighbours.

    A point at the edge of a ball counts (distance ≤ radius, up to rounding). The code of the
    paper's authors, `prdc`, leaves it out (<), in precision, recall and coverage too: there a copy
    of a real sample has density 1. Without ties between distances, as of samples that share no
    points, the two are the same.

    Args:
        pairs: what `pairwise_sweep.sweep` gives for the two samples.

    Returns:
        A number from 0 to n / K for n real points.

    References:
        Naeem et al. (2020), "Reliable fidelity and diversity metrics for generative models",
        ICML.
    """
    return float(np.mean(pairs.generated.inside) / K)
