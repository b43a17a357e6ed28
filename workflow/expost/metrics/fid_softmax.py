"""The "FID" of the EBCAE paper."""

import numpy as np

from .base import Metric
from .frechet import frechet
from .points import laws

METRIC = Metric(
    title="Softmax FID",
    best="lower",
    family="classes",
    given=("real_probabilities", "generated_probabilities"),
)


def fid_softmax(real: np.ndarray, generated: np.ndarray) -> float:
    """Square root of the Fréchet distance between the softmax outputs of a classifier.

    Not the FID of other papers, which is no square root and taken on pooled features:
    that one is `frechet`.

    Args:
        real: class probabilities of the real images, shape (n, classes).
        generated: class probabilities of the generated images, shape (m, classes).

    Raises:
        TypeError: these are not real numbers.
        ValueError: fewer than two rows, rows that are no laws, or of different classes.

    References:
        "Sampling from the latent space in Autoencoders" (EBCAE); code and definition follow
        Xu et al. (2018), "An empirical study on evaluation metrics of generative adversarial
        networks".
    """
    real = laws(real, "probabilities of real images", 2)
    generated = laws(generated, "probabilities of generated images", 2)
    return float(np.sqrt(frechet(real, generated)))
