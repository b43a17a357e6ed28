"""Gaussian mixture model."""

import warnings

import numpy as np

from ..runtime.log import log
from ..runtime.option_values import choice, count, number
from .base import Sampler
from .gaussian import factor, log_normal
from .numerics import units
from .numerics.conditional_normal import ConditionalNormal
from .numerics.weighted_picks import pick

NEGLIGIBLE = 1e-6  # of `reg_covar`, the default, beside variances of codes


class GMM(Sampler):
    """Mixture of full-covariance normal distributions, fitted by expectation-maximisation.

        f(z) = Σₖ wₖ N(z; mₖ, Cₖ)

    `reg_covar` is a variance in the codes' own units, and components start from k-means, so columns
    should be on comparable scales, well above its root. The log says so where the bulk of a column
    of draws is twice as wide as that of the codes.

    Args:
        n_components: number of mixture components.
        max_iter: most EM iterations; stopping there is logged, not refused.
        reg_covar: added to the diagonal of every covariance.
        scale: units of the fit and of the root of `reg_covar` (`numerics.units`): `none` for the
            codes' own, `standardise` for the scale of each column, `whiten` for a covariance's.

    Attributes:
        weights_: wₖ, shape (k,).
        means_: mₖ, shape (k, d).
        covariances_: Cₖ, shape (k, d, d).

    References:
        Dempster, Laird & Rubin (1977), "Maximum likelihood from incomplete data via the EM
        algorithm", J. Royal Statistical Society B 39.

    Example:
        >>> import numpy as np
        >>> from expost import GMM
        >>> codes = np.random.default_rng(0).normal(1, size=(100, 2))
        >>> codes[:50] += 9
        >>> np.sort(GMM(n_components=2).fit(codes, rng=0).means_[:, 0]).round().tolist()
        [1.0, 10.0]
    """

    libraries = ("sklearn.mixture",)
    too_wide = (
        "reg_covar is a variance in the codes' own units: lower it, or take "
        "scale='standardise' or 'whiten'; where few normal laws make no such tails, take "
        "empirical_beta with bandwidth='robust'"
    )

    def __init__(self, n_components=10, max_iter=100, reg_covar=1e-6, scale="none"):
        self.n_components = count("n_components", n_components)
        self.max_iter = count("max_iter", max_iter)
        self.reg_covar = number("reg_covar", reg_covar, least=0)
        self.scale = choice("scale", scale, units.RULES)

    def _in_effect(self, options, n, d):
        one = self.n_components == 1 and self.reg_covar <= NEGLIGIBLE
        return {"sampler": "gaussian"} if one else options

    def _fewest(self, d):
        mixture = self.n_components, f"a mixture of {self.n_components}"
        return max(mixture, units.fewest(self.scale, d))

    def _fit(self, codes, rng):
        from sklearn.mixture import GaussianMixture
        from threadpoolctl import threadpool_limits

        mixture = GaussianMixture(
            self.n_components,
            max_iter=self.max_iter,
            reg_covar=self.reg_covar,
            random_state=int(rng.integers(2**31)),
        )
        measured = units.fitted(codes, self.scale)
        # Of its many small products, a second thread saves a third where cores are free, and takes
        # several times as long where they are shared: see benchmarks.
        with threadpool_limits(1), warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            mixture.fit(measured.divide(codes))
        for warning in caught:
            log.warning("gmm: %s", warning.message)
        self.weights_, self.means_ = mixture.weights_, measured.multiply(mixture.means_)
        self.covariances_ = measured.covariances(mixture.covariances_)

    def _sample(self, n, rng):
        # Not scikit-learn's own: it draws the same sample again at every call.
        component = rng.choice(len(self.weights_), size=n, p=self.weights_)
        codes = rng.standard_normal((n, self.means_.shape[1]))
        for k, (mean, covariance) in enumerate(zip(self.means_, self.covariances_, strict=True)):
            chosen = component == k
            codes[chosen] = mean + codes[chosen] @ factor(covariance).T
        return codes

    def _sample_with(self, columns, values, rng):
        def log_weights(rows):
            means, block = self.means_[:, columns], np.ix_(columns, columns)
            return self._weighted(rows, means, [c[block] for c in self.covariances_]).T

        component = pick(values, log_weights, len(self.weights_), rng)
        codes = np.empty((len(values), self.means_.shape[1]))
        for k in np.unique(component):
            law = ConditionalNormal(self.means_[k], self.covariances_[k], columns)
            chosen = component == k
            codes[np.ix_(chosen, law.free)] = law.sample(values[chosen], rng)
        return codes

    def _score_samples(self, codes):
        return np.logaddexp.reduce(self._weighted(codes, self.means_, self.covariances_), axis=0)

    def _weighted(self, codes, means, covariances):
        """Log wₖ N(z; mₖ, Cₖ), shape (k, m)."""
        components = zip(self.weights_, means, covariances, strict=True)
        with np.errstate(divide="ignore"):  # an empty component has log-weight -inf, rightly
            return np.array([np.log(w) + log_normal(codes, m, c) for w, m, c in components])
