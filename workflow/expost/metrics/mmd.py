"""Maximum mean discrepancy."""

import numpy as np

from .base import Metric
from .pairwise_sweep import Pairs

METRIC = Metric(title="MMD", best="lower", family="two_sample", given=("pairs",))


def mmd(pairs: Pairs) -> float:
    """Kernel two-sample distance with a Gaussian kernel as wide as the real data.

    MMD = sqrt(mean k(rr) + mean k(gg) - 2 mean k(rg)), k(d) = exp(-d^2 / (2 s)), s = mean of
    rr^2. Both means within a sample run over all n^2 pairs, each point with itself included:
    the biased (V-)statistic. s as well is such a mean, and of the real sample only, so MMD is
    not symmetric in its samples.

    Args:
        pairs: what `pairwise_sweep.sweep` gives for the two samples.

    Returns:
        MMD in [0, sqrt(2)].

    References:
        Gretton et al. (2012), "A kernel two-sample test", JMLR 13; the scale is that of
        Xu et al. (2018), "An empirical study on evaluation metrics of generative
        adversarial networks".
    """
    squared = pairs.real.kernel + pairs.generated.kernel - 2 * pairs.kernel
    return float(np.sqrt(max(squared, 0.0)))  # never negative but for rounding, at equal samples
