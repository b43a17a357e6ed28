"""Gaussian mixture model."""

import numpy as np

from ..runtime.option_values import choice, count, number
from .base import Sampler
from .gaussian import factor, log_normal
from .numerics import component_number, mixtures, scales, units
from .numerics.conditional_normal import ConditionalNormal
from .numerics.weighted_picks import pick

NEGLIGIBLE = 1e-6  # of `reg_covar`, the default, beside variances of codes
TOO_WIDE = (
    "reg_covar is a variance in the codes' own units: lower it, or take scale='standardise' or "
    "'whiten'; where few normal laws make no such tails, take empirical_beta with "
    "bandwidth='robust'"
)


class GMM(Sampler):
    """Mixture of full-covariance normal distributions, fitted by expectation-maximisation.

        f(z) = Σₖ wₖ N(z; mₖ, Cₖ)

    `reg_covar` is a variance in the codes' own units, and components start from k-means, so columns
    should be on comparable scales, well above its root. The log says so where the bulk of a column
    of draws is twice as wide as that of the codes.

    Args:
        n_components: number of mixture components, or `auto` for the best of 1 to 64 by `select`.
        max_iter: most EM iterations; stopping there is logged, not refused.
        reg_covar: added to the diagonal of every covariance.
        scale: units of the fit and of the root of `reg_covar` (`numerics.units`): `none` for the
            codes' own, `standardise` for the scale of each column, `whiten` for a covariance's.

        select: what `auto` goes by, `bic` or `held_out`, the likelihood of codes that are held out,
            which takes four times as long and is no worse where codes tie: `component_number`.

    Attributes:
        weights_: wₖ, shape (k,).
        means_: mₖ, shape (k, d).
        covariances_: Cₖ, shape (k, d, d).
        n_components_: k; only if chosen.
        tried_: the numbers that were tried, shape (t,); only if chosen.
        criteria_: BIC / n or the mean held-out log-density of each, shape (t,); only if chosen.

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
    shown = ("n_components_",)

    def __init__(self, n_components=10, max_iter=100, reg_covar=1e-6, scale="none", select="bic"):
        self.n_components = count("n_components", n_components, also=("auto",))
        self.max_iter = count("max_iter", max_iter)
        self.reg_covar = number("reg_covar", reg_covar, least=0)
        self.scale = choice("scale", scale, units.RULES)
        self.select = choice("select", select, component_number.RULES)

    def _in_effect(self, options, n, d):
        if self.n_components == "auto":
            return options
        if self.n_components == 1 and self.reg_covar <= NEGLIGIBLE:
            return {"sampler": "gaussian"}
        return {key: value for key, value in options.items() if key != "select"}

    def _fewest(self, d):
        mixture = self.n_components, f"a mixture of {self.n_components}"
        if self.n_components == "auto":
            mixture = component_number.fewest(self.select)
        return max(mixture, units.fewest(self.scale, d))

    def _fit(self, codes, rng):
        measured = units.fitted(codes, self.scale)
        inside = codes if self.scale == "none" else measured.divide(codes)
        options = {"max_iter": self.max_iter, "reg_covar": self.reg_covar}
        seed = int(rng.integers(2**31))
        if self.n_components == "auto":
            mixture = self._choose(inside, seed, rng, options)
        else:
            mixture = mixtures.fit(inside, self.n_components, seed, **options)
        self.weights_, self.means_ = mixture.weights_, measured.multiply(mixture.means_)
        self.covariances_ = measured.covariances(mixture.covariances_)

    def _choose(self, inside, seed, rng, options):
        found = component_number.choose(inside, self.select, seed, rng, **options)
        self.n_components_, self.tried_, self.criteria_ = found[:3]
        if found.mixture is not None:
            return found.mixture
        starts = component_number.STARTS
        return mixtures.fit(inside, self.n_components_, seed, n_init=starts, **options)

    def _look(self, codes):
        deviations = np.sqrt(np.diagonal(self.covariances_, axis1=1, axis2=2))
        quartiles = mixtures.quantiles(self.weights_, self.means_, deviations, [0.25, 0.75])
        scales.warn_of_draws("gmm", codes, np.diff(quartiles, axis=0)[0], TOO_WIDE)

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
