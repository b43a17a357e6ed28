"""Likelihood of codes that a sampler was not fitted to."""

import numpy as np

from ..io.real_arrays import real
from .base import Metric

METRIC = Metric(
    title="Held-out log-likelihood",
    best="higher",
    family="likelihood",
    given=("held_out_log_density",),
)


def held_out_likelihood(held_out_log_density: np.ndarray) -> float:
    """The mean log-density of held-out codes under the law that was fitted to others.

        1 / m  sum over held-out codes z of log p(z)

    In expectation minus the entropy of the codes' law, less the Kullback-Leibler divergence of p
    from it: the higher, the nearer is p. It is in the units of the codes, so that only samplers on
    the codes of one autoencoder can be compared.

    Args:
        held_out_log_density: log p of each code, shape (m,).

    Returns:
        Nats a code.

    Raises:
        TypeError: the densities are no real numbers.
        ValueError: there are none, they have another shape, or are not finite.
    """
    return mean(held_out_log_density, "log-densities of held-out codes")


def mean(values: np.ndarray, name: str) -> float:
    """The mean of finite numbers, (m,); arguments and errors as above, with their name."""
    values = real(values, name)
    if values.ndim != 1 or not values.size or not np.isfinite(values).all():
        raise ValueError(
            f"{name} must be finite and of shape (m,), got shape {values.shape} with "
            f"{np.size(values) - np.isfinite(values).sum()} that are not finite"
        )
    return float(values.mean(dtype=np.float64))
