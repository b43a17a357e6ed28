"""Kernel density estimate with one Gaussian bandwidth for all dimensions."""

import logging

import numpy as np

from .base import Sampler
from .numerics.kernel_tiles import log_kernel_sums, spans

log = logging.getLogger("expost")

SPACINGS = {"linear": np.linspace, "geometric": np.geomspace}


class KDE(Sampler):
    """Gaussian kernel density with one bandwidth, chosen by cross-validated likelihood.

        f(z) = 1/n Σᵢ N(z; zᵢ, h² I)

    The bandwidth is in the codes' own units and the same in every direction, so columns should
    be on comparable scales. If the best value is an end of the range searched, the log warns.

    Args:
        bandwidth: h > 0; None to choose it.
        low: least bandwidth tried.
        high: largest bandwidth tried.
        count: how many are tried, from `low` to `high`.
        folds: number of cross-validation folds, cut from a random permutation of the codes.
        spacing: `linear` for equal differences, `geometric` for equal ratios, which takes a
            fraction of the time if they are √2.

    Attributes:
        codes_: the fitted codes, shape (n, d).
        bandwidth_: h.
        bandwidths_: the values tried, shape (count,); only if chosen.
        log_likelihoods_: mean held-out log-density of each, shape (count,); only if chosen.

    References:
        Parzen (1962), "On estimation of a probability density function and mode",
        Annals of Mathematical Statistics 33.

    Example:
        >>> import numpy as np
        >>> from expost import KDE
        >>> codes = np.random.default_rng(0).normal(size=(100, 2))
        >>> near = KDE(bandwidth=0.01).fit(codes).sample(5, rng=0, given=[7])
        >>> bool(np.abs(near - codes[7]).max() < 0.1)
        True
    """

    def __init__(self, bandwidth=None, low=0.1, high=2.0, count=40, folds=10, spacing="linear"):
        self.bandwidth, self.low, self.high = bandwidth, low, high
        self.count, self.folds, self.spacing = count, folds, spacing

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
        if self.spacing not in SPACINGS:
            raise ValueError(f"unknown spacing {self.spacing!r}; known are {', '.join(SPACINGS)}")
        self._need(len(codes), self.folds, f"{self.folds}-fold cross-validation")
        self.bandwidths_ = SPACINGS[self.spacing](self.low, self.high, self.count)
        densities = cross_validate(codes, self.bandwidths_, self.folds, rng)
        self.log_likelihoods_ = densities.mean(axis=1)
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
    """Log-density of each code under the kernel density of the other folds, per bandwidth.

    Kernels are summed in float32, relative to each code's nearest other one (see `KernelSums`):
    means over the codes are right to a relative 1e-7, mostly 1e-8. Bandwidths in ratios of √2,
    2, 2√2 or 4 share an exponential.

    Args:
        codes: shape (n, d).
        bandwidths: shape (k,), in any order.
        folds: number of contiguous folds of a permutation of the codes by `rng`.
        rng: random generator.

    Returns:
        Shape (k, n).
    """
    n, d = codes.shape
    bandwidths = np.asarray(bandwidths, dtype=float)
    order = rng.permutation(n)
    ordered = codes[order]
    sizes = [len(fold) for fold in np.array_split(order, folds)]
    stops = np.cumsum(sizes).tolist()
    # Each pair of codes of two folds once: the rows of a fold with all codes that come after it.
    panels = [
        (rows, stop)
        for size, stop in zip(sizes, stops, strict=True)
        for rows in spans(stop - size, stop, 400)
    ]
    sums = log_kernel_sums(ordered, ordered, bandwidths, panels, np.float32, both=True)
    sums -= np.log(n - np.repeat(sizes, sizes)) + _log_volume(bandwidths, d)[:, None]
    return sums[:, np.argsort(order)]


def log_density(queries: np.ndarray, codes: np.ndarray, bandwidths: np.ndarray) -> np.ndarray:
    """Exact log kernel density at `queries` for each bandwidth, in log space throughout.

        log f(q) = log Σᵢ exp(-‖q - zᵢ‖² / 2h²) - log n - d log h - d/2 log 2π

    Args:
        queries: shape (m, d).
        codes: the kernels' centres, shape (n, d).
        bandwidths: shape (k,), positive.

    Returns:
        Shape (k, m).
    """
    n, d = codes.shape
    bandwidths = np.asarray(bandwidths, dtype=float)
    panels = [(rows, 0) for rows in spans(0, len(queries), 200)]
    sums = log_kernel_sums(queries, codes, bandwidths, panels, np.float64)
    return sums - np.log(n) - _log_volume(bandwidths, d)[:, None]


def _log_volume(bandwidths, d):
    return d * np.log(bandwidths) + d / 2 * np.log(2 * np.pi)
