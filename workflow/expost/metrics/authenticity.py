"""Authenticity of generated samples."""

import numpy as np

from .base import Metric
from .copying_search import Nearest
from .distances import up_to_ties

# Best where held-out images are, so nowhere by itself: noise has more.
METRIC = Metric(title="Authenticity", family="copying", given=("nearest",))


def authenticity(nearest: Nearest) -> float:
    """Share of the generated points that are nearer to no training point than its neighbour is.

    A generated point is authentic if it is farther from its nearest training point than that is
    from the nearest other training point. A copy of a training point never is, duplicates or not;
    a tie is not authentic either.

    For the training points' own law, so many of them that it is flat between neighbours,
    1 - 1 / (2 - I) is expected, where I = I_{3/4}((d + 1) / 2, 1/2), a regularised incomplete beta
    function: that a point and its neighbour are not each other's nearest. This is 0.33 on a line,
    0.38 in a plane, and tends to 0.5 with the dimension d. Hubs, which are near to each other and
    to many, raise it: to 0.73 for 1,000 points of a normal law in 20 dimensions. So compare with
    held-out data. 1 far from the data: not the more the better.

    Args:
        nearest: what `copying_search.search` gives for the three samples.

    Returns:
        A share in [0, 1].

    References:
        Alaa et al. (2022), "How faithful is your synthetic data? Sample-level metrics for
        evaluating and auditing generative models", ICML. Mutual neighbours: Pickard (1982),
        "Isolated nearest neighbors", Journal of Applied Probability 19.
    """
    return float(np.mean(nearest.from_generated > up_to_ties(nearest.own)))
