"""Kernel density estimate with one Gaussian bandwidth for all dimensions."""

import numpy as np

from ..runtime import option_values
from ..runtime.log import log
from .base import Sampler
from .numerics import scales, units
from .numerics.conditional_normal import ConditionalNormal
from .numerics.kernel_density import cross_validate, log_density
from .numerics.weighted_picks import pick

SPACINGS = {"linear": np.linspace, "geometric": np.geomspace}
REMEDY = (
    "one bandwidth suits neither columns of very different scales (take scale='standardise' or "
    "'whiten', gmm, vine or independent) nor heavy tails and single codes far away (leave them "
    "out, or take empirical_beta, vine or independent with bandwidth='robust')"
)
LOOKED_AT = 10_000  # draws, enough to know their quantiles


class KDE(Sampler):
    """Gaussian kernel density with one bandwidth, chosen by cross-validated likelihood.

        f(z) = 1/n Σᵢ N(z; zᵢ, h² A Aᵀ)

    By default A = I: the bandwidth is in the codes' own units and the same in every direction, so
    columns should be on comparable scales. Where it widens the bulk of a column or shifts it the
    log says so, and if the best bandwidth is an end of the range searched.

    Args:
        bandwidth: h > 0; None to choose it.
        low: least bandwidth tried.
        high: largest bandwidth tried.
        count: how many are tried, from `low` to `high`.
        folds: number of cross-validation folds, cut from a random permutation of the codes.
        spacing: `linear` for equal differences, `geometric` for equal ratios, which takes a
            fraction of the time if they are √2.
        scale: the units of bandwidths (`numerics.units`). `none` for A = I; `standardise` for the
            scale of each column, which makes the fit go with any change of their units; `whiten`
            for the root of a covariance, which makes it go with any affine map. Heavy tails decide
            neither these units nor, with them, the bandwidth: it is the best by the median of the
            held-out log-densities, in place of their mean.

    Attributes:
        codes_: the fitted codes, shape (n, d).
        factor_: A, shape (d,) if it is diagonal, else (d, d).
        bandwidth_: h.
        bandwidths_: the values tried, shape (count,); only if chosen.
        log_likelihoods_: mean held-out log-density of each, with a scale the median,
            shape (count,); only if chosen.

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
        scale="none",
    ):
        self.bandwidth = option_values.number("bandwidth", bandwidth, above=0, also=(None,))
        self.low = option_values.number("low", low, above=0)
        self.high = option_values.number("high", high, least=low, most=1e15 * low)
        self.count = option_values.count("count", count, most=10_000)
        self.folds = option_values.count("folds", folds, least=2)
        self.spacing = option_values.choice("spacing", spacing, SPACINGS)
        self.scale = option_values.choice("scale", scale, units.RULES)

    def _fewest(self, d):
        folds = (self.folds, f"{self.folds}-fold cross-validation")
        return max(units.fewest(self.scale, d), folds if self.bandwidth is None else (2, "a fit"))

    def _in_effect(self, options, n, d):
        unused = ("low", "high", "count", "folds", "spacing") if options["bandwidth"] else ()
        return {key: value for key, value in options.items() if key not in unused}

    def _fit(self, codes, rng):
        self.codes_ = codes
        measured = units.fitted(codes, self.scale)
        self.factor_ = measured.factor
        if self.bandwidth is None:
            self._choose_bandwidth(measured.divide(codes), rng)
        else:
            self.bandwidth_ = float(self.bandwidth)

    def _choose_bandwidth(self, codes, rng):
        self.bandwidths_ = SPACINGS[self.spacing](self.low, self.high, self.count)
        densities = cross_validate(codes, self.bandwidths_, self.folds, rng)
        average = np.mean if self.scale == "none" else np.median
        self.log_likelihoods_ = average(densities, axis=1)
        best = int(np.argmax(self.log_likelihoods_))
        self.bandwidth_ = float(self.bandwidths_[best])
        if best in (0, self.count - 1):
            log.warning(
                "kde: the best bandwidth, %g, is an end of the range tried, %g to %g; widen it",
                *(self.bandwidth_, self.low, self.high),
            )

    def _look(self, codes):
        draws = self._sample(LOOKED_AT, np.random.default_rng(0))
        quantiles = np.quantile(draws, scales.LEVELS, axis=0)
        scales.warn_of_quantiles("kde", codes, quantiles, REMEDY)

    def _prepare(self):
        self._units = units.Units(self.factor_)

    def _sample(self, n, rng):
        return self._sample_near(self._pick(n, rng), rng)

    def _sample_near(self, rows, rng):
        noise = rng.standard_normal((len(rows), self.codes_.shape[1]))
        return self.codes_[rows] + self._units.multiply(self.bandwidth_ * noise)

    def _sample_with(self, columns, values, rng):
        from scipy.spatial.distance import cdist

        d = self.codes_.shape[1]
        covariance = self.bandwidth_**2 * self._units.covariances(np.eye(d))
        root = np.linalg.cholesky(covariance[np.ix_(columns, columns)])
        centres, queries = (np.linalg.solve(root, x.T).T for x in (self.codes_[:, columns], values))

        def log_weights(rows):
            return cdist(rows, centres, "sqeuclidean") / -2

        codes = self.codes_[pick(queries, log_weights, len(centres), rng)]
        kernel = ConditionalNormal(np.zeros(d), covariance, columns)
        codes[:, kernel.free] += kernel.sample(values - codes[:, columns], rng)
        return codes

    def _score_samples(self, codes):
        inside, centres = self._units.divide(codes), self._units.divide(self.codes_)
        return log_density(inside, centres, [self.bandwidth_])[0] - self._units.log_volume
