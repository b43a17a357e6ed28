"""Vendi Score."""

import numpy as np

from .base import Metric
from .points import checked

# Best where held-out images are, so nowhere by itself: noise has more.
METRIC = Metric(title="Vendi Score", family="moments", given=("generated_directions",))


def vendi(features: np.ndarray) -> float:
    """How many different images there are, in effect.

    exp(-sum over i of l_i log l_i), l the eigenvalues of K / n, where K_ij is the cosine between
    the features of images i and j: 1 if all are alike, n if all are orthogonal. Found from the
    smaller of K and of the matrix of inner products of columns. An image whose features are all 0
    counts as equal to other such images, and as orthogonal to all others.

    The score knows nothing of the real images, nor whether the generated ones are any good: noise
    is varied. It is meant for vectors whose cosines are seldom negative. Features of networks, all
    >= 0, are such. Codes are made such by `scoring`: centred at 0, in units of the standard
    deviation of the real codes, and with one coordinate more, the root of their width d, before the
    others. The inner product of two such codes is d (z z' / d + 1), and the score grows with how
    far and in how many directions the codes spread: it is 1 if all codes are equal, 2 sqrt(d) if
    they spread as far as the real ones, equally in d directions, and nearly d if much farther.

    Args:
        features: of the generated images, shape (n >= 1, width), any real type.

    Returns:
        A number from 1 to n; at most the width if no image has features that are all 0.

    Raises:
        TypeError: these are not real numbers.
        ValueError: no rows, or values that are not finite.

    References:
        Friedman & Dieng (2023), "The Vendi Score: a diversity evaluation metric for machine
        learning", TMLR.
    """
    x = checked(features, "features").astype(np.float64)
    _, exponents = np.frexp(np.abs(x).max(axis=1, keepdims=True))
    x *= np.exp2(-exponents.clip(-1000, 1000))  # a power of 2: squares stay in range, digits stay
    norms = np.linalg.norm(x, axis=1)
    x = x[norms > 0] / norms[norms > 0, None]
    n, (rows, width) = len(norms), x.shape
    values = np.linalg.eigvalsh((x.T @ x if width < rows else x @ x.T) / n)
    values = np.append(values, np.mean(norms == 0))
    values = values[values > 0]  # 0 log 0 = 0, and rounding leaves some below
    return float(np.exp(-np.sum(values * np.log(values))))
