"""Inception Score."""

import numpy as np

from .base import Metric
from .points import laws

METRIC = Metric(
    title="Inception Score",
    best="higher",
    family="classes",
    given=("generated_probabilities",),
)


def inception_score(probabilities: np.ndarray) -> float:
    """Whether a classifier is sure of each image, and finds all classes among them.

    IS = exp(mean KL(p(y|x) || p(y))), p(y) the mean over x, over all n images at once (no
    splits); 0 log 0 = 0. Sees neither the real images nor variety within a class.

    Args:
        probabilities: p(y|x) of the generated images, shape (n, classes).

    Returns:
        A number from 1 to the number of classes.

    Raises:
        TypeError: these are not real numbers.
        ValueError: no rows, or rows that are no laws.

    References:
        Salimans et al. (2016), "Improved techniques for training GANs", NeurIPS.
    """
    p = laws(probabilities, "probabilities").astype(np.float64)
    return float(np.exp(_entropy(p.mean(axis=0)) - _entropy(p).mean()))


def _entropy(p: np.ndarray) -> np.ndarray:
    return -np.sum(p * np.log(p, out=np.zeros_like(p), where=p > 0), axis=-1)
