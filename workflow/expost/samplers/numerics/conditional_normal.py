"""The normal law of some coordinates given the others."""

import numpy as np

OFF = 1e-6  # standard deviations; rounding of codes on a plane leaves less


class ConditionalNormal:
    """N(mean, covariance) given that the coordinates g have the values v.

        z_f | z_g = v  ~  N(m_f + B (v - m_g), C_ff - B C_gf),   B = C_fg C_gg⁻¹

    f are all coordinates but g. Where C_gg is singular its pseudo-inverse stands for the inverse:
    the values must lie on the plane that the law lies on.

    Args:
        mean: shape (d,).
        covariance: shape (d, d), of any rank.
        columns: g, shape (k,), k < d.

    Attributes:
        free: f, shape (d - k,).
        gain: B, shape (d - k, k).
        factor: a matrix A with A Aᵀ the conditional covariance, shape (d - k, d - k).

    References:
        Anderson (2003), "An introduction to multivariate statistical analysis", section 2.5.
    """

    def __init__(self, mean: np.ndarray, covariance: np.ndarray, columns: np.ndarray):
        self.columns = columns
        self.free = np.delete(np.arange(len(mean)), columns)
        # Through the correlations: columns on very different scales would lose the small ones.
        scale = np.sqrt(np.diag(covariance))
        correlations = covariance / np.outer(scale, scale)
        across = correlations[np.ix_(self.free, columns)]
        values, vectors = np.linalg.eigh(correlations[np.ix_(columns, columns)])
        kept = values > 10 * len(mean) * np.finfo(float).eps
        inverse = vectors[:, kept] / values[kept] @ vectors[:, kept].T
        rest = correlations[np.ix_(self.free, self.free)] - across @ inverse @ across.T
        self._centre, self._scale = mean[columns], scale[columns]
        self._across_nothing = vectors[:, ~kept]  # (k, ·): directions in which nothing varies
        values, vectors = np.linalg.eigh(rest)
        free_scale = scale[self.free, None]
        self.factor = free_scale * vectors * np.sqrt(values.clip(min=0))
        self.gain = free_scale * (across @ inverse) / self._scale
        self._mean = mean[self.free]

    def sample(self, values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Draw the free coordinates for given ones of shape (m, k), shape (m, d - k).

        Raises:
            ValueError: the values lie off the plane that the law lies on.
        """
        away = values - self._centre
        units = away / self._scale
        off = np.abs(units @ self._across_nothing)
        if (off > OFF * (1 + np.abs(units).max(axis=1, keepdims=True))).any():
            raise ValueError(
                "the given values cannot occur together, as the fitted columns depend on one "
                "another without an error; give fewer columns"
            )
        noise = rng.standard_normal((len(values), len(self.free)))
        return self._mean + away @ self.gain.T + noise @ self.factor.T
