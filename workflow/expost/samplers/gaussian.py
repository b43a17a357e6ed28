"""Multivariate normal distribution."""

import numpy as np

from .base import Sampler
from .numerics import scales
from .numerics.conditional_normal import ConditionalNormal

REMEDY = (
    "a normal law follows single codes far away and heavy tails: leave those codes out, or take "
    "gmm, or empirical_beta with bandwidth='robust'"
)


class Gaussian(Sampler):
    """Normal distribution with the codes' mean and full covariance.

        z = mean + A e,   A Aᵀ = covariance,   e ~ N(0, I)

    The log says where codes far away make it twice as wide as the bulk of a column. Any covariance
    will do for drawing; `score_samples` needs more codes than dimensions.

    Attributes:
        mean_: shape (d,).
        covariance_: the unbiased estimate, shape (d, d).

    Example:
        >>> import numpy as np
        >>> from expost import Gaussian
        >>> x = np.random.default_rng(0).normal(size=100)
        >>> new = Gaussian().fit(np.column_stack([x, -2 * x])).sample(5, rng=1)
        >>> bool(np.allclose(new[:, 1], -2 * new[:, 0]))
        True
    """

    def _fit(self, codes, rng):
        self.mean_ = codes.mean(axis=0)
        self.covariance_ = np.atleast_2d(np.cov(codes, rowvar=False))

    def _look(self, codes):
        scales.warn_of_width("gaussian", scales.deviation(codes) / scales.robust(codes), REMEDY)

    def _sample(self, n, rng):
        return self.mean_ + rng.standard_normal((n, len(self.mean_))) @ factor(self.covariance_).T

    def _sample_with(self, columns, values, rng):
        law = ConditionalNormal(self.mean_, self.covariance_, columns)
        codes = np.empty((len(values), len(self.mean_)))
        codes[:, law.free] = law.sample(values, rng)
        return codes

    def _take_margins(self, other):
        # A normal law is a normal copula with normal margins: correlations stay, scales go.
        ratio = np.sqrt(np.diag(other.covariance_) / np.diag(self.covariance_))
        self.mean_, self.covariance_ = other.mean_, self.covariance_ * np.outer(ratio, ratio)

    def _score_samples(self, codes):
        return log_normal(codes, self.mean_, self.covariance_)


def factor(covariance: np.ndarray) -> np.ndarray:
    """A matrix A with A Aᵀ = covariance, also where that is singular; both of shape (d, d)."""
    # Through the correlations: eigenvalues of columns on very different scales lose the small ones.
    scale = np.sqrt(np.diag(covariance))
    values, vectors = np.linalg.eigh(covariance / np.outer(scale, scale))
    return scale[:, None] * vectors * np.sqrt(values.clip(min=0))


def log_normal(codes: np.ndarray, mean: np.ndarray, covariance: np.ndarray) -> np.ndarray:
    """Log-density of N(mean, covariance) at codes of shape (m, d), shape (m,).

    Raises:
        ValueError: the covariance is singular but for rounding, so there is no density.
    """
    scale = np.sqrt(np.diag(covariance))  # as in `factor`
    d, correlations = len(mean), covariance / np.outer(scale, scale)
    # Rounding of the codes' products leaves up to about d eps where there should be 0.
    if np.linalg.eigvalsh(correlations)[0] <= 10 * d * np.finfo(float).eps:
        raise ValueError(
            f"the covariance of {d} dimensions is singular, so there is no density; fit to more "
            "codes, leave out columns that are sums of others, or train with a smaller latent size"
        )
    lower = np.linalg.cholesky(correlations)
    whitened = np.linalg.solve(lower, ((codes - mean) / scale).T)  # (d, m)
    log_volume = np.log(scale * np.diag(lower)).sum() + d / 2 * np.log(2 * np.pi)
    return -0.5 * (whitened**2).sum(axis=0) - log_volume
