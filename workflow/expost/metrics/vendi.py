"""Vendi Score."""

import numpy as np

from .base import Metric

# Best where held-out images are, so nowhere by itself: noise has more.
METRIC = Metric(title="Vendi Score", family="moments", given=("generated_directions",))


def vendi(features: np.ndarray) -> float:
    """How many different images there are, in effect.

    exp(-sum over i of l_i log l_i), l the eigenvalues of K / n, where K_ij is the cosine between
    the features of images i and j: 1 if all are alike, n if all are orthogonal. Found from the
    smaller of K and the Gram matrix of the width. An image without any feature is like others of
    its kind and like nothing else.

    Sees neither the real images nor whether the generated ones are any good: noise is varied.
    Meant for vectors of which few point apart: features >= 0, or codes with one coordinate more.
    Such are codes z of mean 0, in units of the standard deviation of the real ones, each with the
    root of their width before it. Their kernel is linear, z z' / width + 1, scaled to 1 for equal
    codes, and the score grows with their spread as well as with its directions: it is 1 where they
    are all alike, 2 sqrt(d) where they spread as far as real ones, in d directions alike, and
    nearly d where they spread much farther.

    Args:
        features: of the generated images, shape (n, width).

    Returns:
        A number from 1 to n; with nobody without features, at most the width.

    References:
        Friedman & Dieng (2023), "The Vendi Score: a diversity evaluation metric for machine
        learning", TMLR.
    """
    x = features.astype(np.float64)
    norms = np.linalg.norm(x, axis=1)
    x = x[norms > 0] / norms[norms > 0, None]
    n, (rows, width) = len(features), x.shape
    values = np.linalg.eigvalsh((x.T @ x if width < rows else x @ x.T) / n)
    values = np.append(values, np.mean(norms == 0))
    values = values[values > 0]  # 0 log 0 = 0, and rounding leaves some below
    return float(np.exp(-np.sum(values * np.log(values))))
