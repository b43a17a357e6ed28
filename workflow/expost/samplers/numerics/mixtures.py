"""Gaussian mixtures by scikit-learn, on one thread, and what their margins are."""

import warnings
from functools import cache

import numpy as np

from ...runtime import threads
from ...runtime.log import log

STEPS = 40  # bisections of a bracket, to 1e-12 of it


def fit(codes: np.ndarray, components: int, seed: int, **options):
    """A fitted `sklearn.mixture.GaussianMixture`, whose warnings are logged.

    Of its many small products, a second thread saves a third where cores are free, and takes
    several times as long where they are shared: see benchmarks.

    Args:
        codes: shape (n, d), n at least `components`.
        components: how many.
        seed: of k-means, from which it starts.
        options: others of `GaussianMixture`.
    """
    mixture, messages = fit_quietly(codes, components, seed, **options)
    for message in messages:
        log.warning("gmm: %s", message)
    return mixture


def fit_quietly(codes: np.ndarray, components: int, seed: int, **options) -> tuple:
    """What `fit` gives, and the warnings of it, none of which is logged."""
    mixture = _kind()(components, random_state=seed, **options)
    with threads.alone(), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        mixture.fit(codes)
    return mixture, [warning.message for warning in caught]


def quantiles(
    weights: np.ndarray, means: np.ndarray, deviations: np.ndarray, levels: np.ndarray
) -> np.ndarray:
    """Of the margins of a mixture, by bisection, shape (l, d).

    Args:
        weights: shape (k,).
        means: shape (k, d).
        deviations: of each component in each column, shape (k, d).
        levels: shape (l,), in (0, 1).
    """
    from scipy.special import ndtr, ndtri

    levels = np.asarray(levels)[:, None]  # (l, 1)
    each = means[:, None] + deviations[:, None] * ndtri(levels)  # (k, l, d): around the mixture's
    low, high = each.min(axis=0), each.max(axis=0)
    for _ in range(STEPS):
        middle = (low + high) / 2
        below = np.tensordot(weights, ndtr((middle - means[:, None]) / deviations[:, None]), 1)
        low, high = np.where(below < levels, middle, low), np.where(below < levels, high, middle)
    return (low + high) / 2


@cache
def _kind() -> type:
    """scikit-learn's mixture without the last look at all codes, which is for labels only."""
    from sklearn.mixture import GaussianMixture

    class Unlabelled(GaussianMixture):
        def fit(self, x, y=None):
            self._fitting = True
            return super().fit(x, y)

        def _set_parameters(self, *args, **options):
            super()._set_parameters(*args, **options)
            self._fitting = False

        def _e_step(self, x, *args, **options):
            if self._fitting:
                return super()._e_step(x, *args, **options)
            return 0.0, np.zeros((len(x), 1))

    return Unlabelled
