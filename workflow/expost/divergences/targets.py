"""The laws that codes are to have: the standard normal one, and mixtures of Gaussians."""

from typing import Self

import numpy as np

from ..io import real_arrays
from ..runtime.option_values import count


class Mixture:
    """A mixture of Gaussians whose components have diagonal covariances.

        p(z) = Σₖ wₖ N(z; μₖ, diag(σₖ²))

    Args:
        means: μ, shape (k, d).
        spreads: σ > 0: one number, one a component, shape (k,), or one a dimension, (k, d).
        weights: w > 0, shape (k,), which are divided by their sum; None for equal ones.

    Raises:
        TypeError: some are not real numbers.
        ValueError: they do not fit one another, or are no such numbers; says which.

    Example:
        >>> from expost.divergences.targets import Mixture
        >>> target = Mixture([[-3.0, 0.0], [3.0, 0.0]], spreads=0.5)
        >>> target.sample(4, rng=0).shape
        (4, 2)
        >>> target.log_density([[3.0, 0.0]]).round(3)  # log (1/2 · 1/(2π · 0.5²))
        array([-1.145])
    """

    def __init__(self, means, spreads=1.0, weights=None):
        self.means = _finite(means, "means of a target")
        if self.means.ndim != 2 or not self.means.size:
            raise ValueError(f"means of a target must have shape (k, d), got {self.means.shape}")
        k, d = self.means.shape
        spreads = _finite(spreads, "spreads of a target")
        if spreads.shape not in {(), (k,), (k, d)} or not (spreads > 0).all():
            raise ValueError(
                f"spreads of a target must be above 0, of shape (), ({k},) or ({k}, {d}); got "
                f"shape {spreads.shape}, the least {spreads.min() if spreads.size else None}"
            )
        self.spreads = np.broadcast_to(spreads[:, None] if spreads.ndim == 1 else spreads, (k, d))
        weights = np.ones(k) if weights is None else _finite(weights, "weights of a target")
        if weights.shape != (k,) or not (weights > 0).all():
            raise ValueError(
                f"weights of a target must be above 0, of shape ({k},), one a component; got "
                f"shape {weights.shape}; leave out components without weight"
            )
        self.weights = weights / weights.sum()

    @classmethod
    def standard_normal(cls, dimensions: int) -> Self:
        """N(0, I) of so many dimensions."""
        return cls(np.zeros((1, count("dimensions", dimensions))))

    @property
    def dimensions(self) -> int:
        """How many, of the space that it is a law in."""
        return self.means.shape[1]

    def log_density(self, points: np.ndarray) -> np.ndarray:
        """Log p at points of shape (n, d), shape (n,)."""
        points, total = np.asarray(points, dtype=float), None
        constants = np.log(self.weights) - np.log(self.spreads * np.sqrt(2 * np.pi)).sum(axis=1)
        for mean, spread, constant in zip(self.means, self.spreads, constants, strict=True):
            one = constant - 0.5 * (((points - mean) / spread) ** 2).sum(axis=1)
            total = one if total is None else np.logaddexp(total, one)
        return total

    def sample(self, n: int, rng=None) -> np.ndarray:
        """Points drawn from it, shape (n, d)."""
        rng = np.random.default_rng(rng)
        chosen = rng.choice(len(self.weights), n, p=self.weights)
        noise = rng.standard_normal((n, self.dimensions))
        return self.means[chosen] + self.spreads[chosen] * noise


def _finite(values, what):
    array = np.array(real_arrays.real(values, what), dtype=float)
    if not np.isfinite(array).all():
        raise ValueError(f"{what} must be finite, got {np.count_nonzero(~np.isfinite(array))} not")
    return array
