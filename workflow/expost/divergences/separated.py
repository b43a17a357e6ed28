"""Laws that move away from N(0, I) step by step, and how far each of them is from it."""

import numpy as np

from ..runtime.option_values import count, number
from .targets import Mixture

FARTHEST = 12.0  # beyond which neither density adds anything to the integral


def separated(dimensions: int, separation: float) -> Mixture:
    """Two standard normals s apart, as one law of mean 0 and covariance I.

        p(z) = ½ N(z; -a, V) + ½ N(z; a, V),   a = s/2 (1 + s²/4)^(-1/2) e₁,
        V = diag((1 + s²/4)⁻¹, 1, ..., 1)

    Means and covariances are those of N(0, I) for all s, so that only its shape tells it from that.

    Args:
        dimensions: d.
        separation: s >= 0, before whitening.

    Raises:
        ValueError: one of them is impossible.

    References:
        Saha, Elhabian & Whitaker (2020), "GENs: generative encoding networks", section 5.1.

    Example:
        >>> from expost.divergences.separated import separated
        >>> law = separated(2, 4.0)
        >>> law.means.round(3).tolist(), law.spreads.round(3).tolist()
        ([[-0.894, 0.0], [0.894, 0.0]], [[0.447, 1.0], [0.447, 1.0]])
    """
    count("dimensions", dimensions)
    number("separation", separation, least=0)
    spread = 1 / np.sqrt(1 + separation**2 / 4)
    means, spreads = np.zeros((2, dimensions)), np.ones((2, dimensions))
    means[:, 0] = np.array([-0.5, 0.5]) * separation * spread
    spreads[:, 0] = spread
    return Mixture(means, spreads)


def true_divergence(separation: float) -> float:
    """The Jensen-Shannon divergence of `separated` from N(0, I) in bits, by quadrature.

    Beside the first dimension both laws are the same, so that it is that of the first alone.

    Example:
        >>> from expost.divergences.separated import true_divergence
        >>> [round(true_divergence(s), 3) for s in (0, 2, 4, 6)]
        [0.0, 0.004, 0.067, 0.185]
    """
    from scipy.integrate import quad

    law, normal = separated(1, separation), Mixture.standard_normal(1)

    def summand(x):
        point = np.array([[x]])
        p, q = law.log_density(point)[0], normal.log_density(point)[0]
        middle = np.logaddexp(p, q) - np.log(2)
        return np.exp(p) * (p - middle) + np.exp(q) * (q - middle)

    # Both are symmetric, so twice the half; and half the sum of two divergences.
    found, _ = quad(summand, 0, FARTHEST, points=[law.means[1, 0]], epsabs=1e-12)
    return float(found / np.log(2))
