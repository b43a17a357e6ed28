"""Kernel density estimate with one Gaussian bandwidth for all dimensions."""

import numpy as np

from ..runtime import option_values
from ..runtime.log import log
from .base import Sampler
from .numerics import scales
from .numerics.kernel_density import cross_validate, log_density
from .numerics.weighted_picks import pick

SPACINGS = {"linear": np.linspace, "geometric": np.geomspace}
REMEDY = (
    "one bandwidth suits neither columns of very different scales (standardise them, or take "
    "scale='sd', gmm, vine or independent) nor single codes far away (leave them out, or take "
    "empirical_beta or independent with scale='robust')"
)


class KDE(Sampler):
    """Gaussian kernel density with one bandwidth, chosen by cross-validated likelihood.

        f(z) = 1/n Σᵢ N(z; zᵢ, h² S²),   S = diag(s₁, ..., s_d)

    By default S = I: the bandwidth is in the codes' own units and the same in every direction, so
    columns should be on comparable scales. Where it widens the bulk of a column the log says so,
    and if the best bandwidth is an end of the range searched.

    Args:
        bandwidth: h > 0; None to choose it.
        low: least bandwidth tried.
        high: largest bandwidth tried.
        count: how many are tried, from `low` to `high`.
        folds: number of cross-validation folds, cut from a random permutation of the codes.
        spacing: `linear` for equal differences, `geometric` for equal ratios, which takes a
            fraction of the time if they are √2.
        scale: what a bandwidth is a multiple of in each column: None for s = 1; `sd`, its standard
            deviation; or `robust`, which heavy tails leave as it is (`numerics.scales`).

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

    def __init__(
        self,
        bandwidth=None,
        low=0.1,
        high=2.0,
        count=40,
        folds=10,
        spacing="linear",
        scale=None,
    ):
        self.bandwidth = option_values.number("bandwidth", bandwidth, above=0, also=(None,))
        self.low = option_values.number("low", low, above=0)
        self.high = option_values.number("high", high, least=low, most=1e15 * low)
        self.count = option_values.count("count", count, most=10_000)
        self.folds = option_values.count("folds", folds, least=2)
        self.spacing = option_values.choice("spacing", spacing, SPACINGS)
        self.scale = option_values.choice("scale", scale, (None, *scales.RULES))

    def _fewest(self, d):
        if self.bandwidth is not None:
            return super()._fewest(d)
        return self.folds, f"{self.folds}-fold cross-validation"

    def _in_effect(self, options, n, d):
        unused = ("low", "high", "count", "folds", "spacing") if options["bandwidth"] else ()
        return {key: value for key, value in options.items() if key not in unused}

    def _fit(self, codes, rng):
        self.codes_ = codes
        if self.bandwidth is None:
            self._choose_bandwidth(codes / scales.of(codes, self.scale), rng)
        else:
            self.bandwidth_ = float(self.bandwidth)

    def _choose_bandwidth(self, codes, rng):
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

    def _look(self, codes):
        scales.warn_of_noise("kde", codes, self.bandwidth_ * self._scale, REMEDY)

    def _prepare(self):
        self._scale = scales.of(self.codes_, self.scale)

    def _sample(self, n, rng):
        return self._sample_near(self._pick(n, rng), rng)

    def _sample_near(self, rows, rng):
        noise = rng.standard_normal((len(rows), self.codes_.shape[1]))
        return self.codes_[rows] + self.bandwidth_ * self._scale * noise

    def _sample_with(self, columns, values, rng):
        from scipy.spatial.distance import cdist

        unit = self.bandwidth_ * self._scale[columns]
        centres = self.codes_[:, columns] / unit

        def log_weights(rows):
            return cdist(rows, centres, "sqeuclidean") / -2

        return self._sample_near(pick(values / unit, log_weights, len(centres), rng), rng)

    def _score_samples(self, codes):
        density = log_density(codes / self._scale, self.codes_ / self._scale, [self.bandwidth_])[0]
        return density - np.log(self._scale).sum()
