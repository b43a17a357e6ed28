"""Kernel density estimate with one Gaussian bandwidth for all dimensions."""

import logging

import numpy as np

from .base import Sampler

log = logging.getLogger("expost")


class KDE(Sampler):
    """Gaussian kernel density with one bandwidth, chosen by cross-validated likelihood.

        f(z) = 1/n Σᵢ N(z; zᵢ, h² I)

    The bandwidth is in the codes' own units and the same in every direction, so columns should
    be on comparable scales. If the best value is an end of the range searched, the log warns.

    Args:
        bandwidth: h > 0; None to choose it.
        low: least bandwidth tried.
        high: largest bandwidth tried.
        count: how many are tried, evenly spaced from `low` to `high`.
        folds: number of cross-validation folds, cut from a random permutation of the codes.

    Attributes:
        codes_: the fitted codes, shape (n, d).
        bandwidth_: h.
        bandwidths_: the values tried, shape (count,); only if chosen.
        log_likelihoods_: mean held-out log-density of each, shape (count,); only if chosen.

    References:
        Parzen (1962), "On estimation of a probability density function and mode",
        Annals of Mathematical Statistics 33.
    """

    def __init__(self, bandwidth=None, low=0.1, high=2.0, count=40, folds=10):
        self.bandwidth, self.low, self.high = bandwidth, low, high
        self.count, self.folds = count, folds

    def _fit(self, codes, rng):
        self.codes_ = codes
        if self.bandwidth is not None:
            if not 0 < self.bandwidth < np.inf:
                raise ValueError(f"bandwidth must be positive or None, got {self.bandwidth!r}")
            self.bandwidth_ = float(self.bandwidth)
            return
        if not (0 < self.low <= self.high < np.inf and self.count >= 1 and self.folds >= 2):
            raise ValueError(
                "wanted 0 < low <= high, count >= 1 and folds >= 2; "
                f"got low={self.low}, high={self.high}, count={self.count}, folds={self.folds}"
            )
        self._need(len(codes), self.folds, f"{self.folds}-fold cross-validation")
        self.bandwidths_ = np.linspace(self.low, self.high, self.count)
        self.log_likelihoods_ = cross_validate(codes, self.bandwidths_, self.folds, rng)
        best = int(np.argmax(self.log_likelihoods_))
        self.bandwidth_ = float(self.bandwidths_[best])
        if best in (0, self.count - 1):
            log.warning(
                "kde: the best bandwidth, %g, is an end of the range tried, %g to %g; widen it",
                *(self.bandwidth_, self.low, self.high),
            )

    def _sample(self, n, rng):
        return self._sample_near(self._pick(n, rng), rng)

    def _sample_near(self, rows, rng):
        noise = rng.standard_normal((len(rows), self.codes_.shape[1]))
        return self.codes_[rows] + self.bandwidth_ * noise

    def _score_samples(self, codes):
        return log_density(codes, self.codes_, [self.bandwidth_])[0]


def cross_validate(
    codes: np.ndarray, bandwidths: np.ndarray, folds: int, rng: np.random.Generator
) -> np.ndarray:
    """Mean log-density of each fold under the kernel density of the others, per bandwidth.

    Args:
        codes: shape (n, d).
        bandwidths: shape (k,).
        folds: number of contiguous folds of a permutation of the codes by `rng`.
        rng: random generator.

    Returns:
        Shape (k,).
    """
    order = rng.permutation(len(codes))
    total = np.zeros(len(bandwidths))
    for held in np.array_split(order, folds):
        rest = np.setdiff1d(order, held)
        total += log_density(codes[held], codes[rest], bandwidths).sum(axis=1)
    return total / len(codes)


def log_density(queries: np.ndarray, codes: np.ndarray, bandwidths: np.ndarray) -> np.ndarray:
    """Exact log kernel density at `queries` for each bandwidth, in log space throughout.

        log f(q) = log Σᵢ exp(-‖q - zᵢ‖² / 2h²) - log n - d log h - d/2 log 2π

    Distances come from a matrix product of centred codes: the error of an exponent is about
    1e-16 ‖z‖²/h², so codes up to 10⁴ bandwidths from their mean keep eight digits.

    Args:
        queries: shape (m, d).
        codes: the kernels' centres, shape (n, d).
        bandwidths: shape (k,), positive.

    Returns:
        Shape (k, m).
    """
    n, d = codes.shape
    centre = codes.mean(axis=0)
    queries, codes = queries - centre, codes - centre
    sums = np.full((len(bandwidths), len(queries)), -np.inf)
    for start in range(0, n, 4096):  # blocks whose tiles stay in cache
        block = _log_sums(queries, codes[start : start + 4096], bandwidths)
        np.logaddexp(sums, block, out=sums)
    log_volume = d * np.log(np.asarray(bandwidths)) + d / 2 * np.log(2 * np.pi) + np.log(n)
    return sums - log_volume[:, None]


def _log_sums(queries, codes, bandwidths):
    """Log Σᵢ exp(-‖q - zᵢ‖² / 2h²), shape (k, m); see `log_density`."""
    sums = np.empty((len(bandwidths), len(queries)))
    norms = (codes**2).sum(axis=1)
    rows = max(16, 2**17 // len(codes))
    for start in range(0, len(queries), rows):
        tile = slice(start, start + rows)
        squared = queries[tile] @ codes.T  # (rows, n)
        squared *= -2
        squared += norms
        squared += (queries[tile] ** 2).sum(axis=1)[:, None]
        nearest = squared.min(axis=1, keepdims=True)
        squared -= nearest  # the largest kernel becomes exp(0), so no sum underflows
        kernels = np.empty_like(squared)
        for k, h in enumerate(bandwidths):
            np.multiply(squared, -0.5 / h**2, out=kernels)
            np.exp(kernels, out=kernels)
            sums[k, tile] = np.log(kernels.sum(axis=1)) - nearest[:, 0] / (2 * h**2)
    return sums
