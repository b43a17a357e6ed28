"""Gaussian mixtures: ours are scikit-learn's, on one thread."""

import time
from collections.abc import Iterator

import numpy as np
from expost.samplers import GMM

from ..compare import Row, compare, rates, relative
from ..data import codes
from ..plain import gmm as plain

SEED = int(np.random.default_rng(0).integers(2**31))  # that GMM makes of 0


def rows() -> Iterator[Row]:
    """In CPU seconds, as a second thread of scikit-learn's spins where it waits."""
    for n, rounds in ((2000, 15), (60_000, 3)):
        x = codes(n, 100)
        yield compare(
            f"Gaussian mixture, fit to {n:,} codes, d = 100, CPU time",
            ("scikit-learn `GaussianMixture`", lambda x=x: plain.fit(x, SEED)),
            lambda x=x: GMM().fit(x, 0),
            lambda expected, got: relative(expected.covariances_, got.covariances_),
            1e-6,
            floor=_floor(x, plain.fit(x, SEED).n_iter_),
            rounds=rounds,
            clock=time.process_time,
        )


def _floor(x: np.ndarray, steps: int) -> float:
    """Each step, for each component: a product with its precision, one for its covariance."""
    n, d = x.shape
    return steps * 10 * 2 * 2 * n * d * d / (rates()["dgemm"][0] * 1e9)
