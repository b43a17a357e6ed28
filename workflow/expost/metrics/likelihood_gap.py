"""Whether a sampler knows the codes that it was fitted to better than others."""

import numpy as np

from .base import Metric
from .held_out_likelihood import mean

METRIC = Metric(
    title="Log-likelihood gap",
    best="zero",
    family="likelihood",
    given=("held_out_log_density", "fitted_log_density"),
)


def likelihood_gap(held_out_log_density: np.ndarray, fitted_log_density: np.ndarray) -> float:
    """The mean log-density of fitted codes less that of held-out ones, under one fitted law.

    About 0 where the law says as much of others as of those that it was fitted to, and large where
    it overfits; of a normal law of k parameters fitted to n codes, k / n in expectation for large
    n. Units of the codes cancel. A law that fits nothing well has no gap either.

    Args:
        held_out_log_density: log p of codes that the law was not fitted to, shape (m,).
        fitted_log_density: of codes that it was fitted to, any number.

    Returns:
        Nats a code.

    Raises:
        TypeError, ValueError: as `held_out_likelihood`.

    References:
        Akaike (1974), "A new look at the statistical model identification", IEEE Transactions on
        Automatic Control 19.
    """
    fitted = mean(fitted_log_density, "log-densities of fitted codes")
    return fitted - mean(held_out_log_density, "log-densities of held-out codes")
