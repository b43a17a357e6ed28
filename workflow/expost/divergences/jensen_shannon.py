"""The Jensen-Shannon divergence of codes from a target, by a kernel density of the codes."""

from typing import NamedTuple

import numpy as np

from ..runtime import threads
from ..runtime.option_values import count, number
from ..stats import checks
from .kernel_means import KernelMeans
from .targets import Mixture


class Divergence(NamedTuple):
    """A divergence at a bandwidth h.

    Attributes:
        bits: the divergence. The sums are exact, the kernel density is not the law: of codes that
            follow the target it is below 0, by more in more dimensions and for fewer codes. So only
            its difference from that of as many draws of the target says how far codes are from it.
        slope: its derivative by h, in bits per unit of the codes: above 0, wider kernels give a
            larger divergence. It says how much the value hangs on the choice of h.
    """

    bits: float
    slope: float


class JensenShannon:
    """The divergence of given points, asked again and again for other bandwidths.

        q(z) = 1/n Σⱼ N(z; zⱼ, h² I)
        J = (½ E₁ log(q / (p + q)) + ½ E₂ log(p / (p + q)) + log 2) / log 2

    with E₁ the mean over held-out codes and E₂ that over draws from the target p. J is the
    divergence in bits: 0 for equal laws, 1 for laws apart, but for the errors of q and of the
    means. So codes that follow p exactly have a J below 0, as q is not yet p; it is not clipped.
    With r = q / (p + q) the derivative is

        ∂J/∂h = (½ E₁ (1 - r) D - ½ E₂ r D) / log 2,   D = ∂ log q / ∂h = W / h³ - d / h,

    with W of `KernelMeans`. All is in log space.

    Args:
        codes: whose kernels q is made of, shape (n, d), finite.
        target: p.
        drawn: points from p, shape (k, d).
        held_out: other codes of the same law, shape (j, d); None for `codes` themselves, each
            without its own kernel.

    References:
        Saha, Elhabian & Whitaker (2020), "GENs: generative encoding networks", equation 2 and
        supplement 1.1.
    """

    def __init__(self, codes, target: Mixture, drawn, held_out=None):
        own = codes if held_out is None else held_out
        self.dimensions = target.dimensions
        self._sides = [
            (KernelMeans(codes, points), target.log_density(own if points is None else points))
            for points in (held_out, drawn)
        ]

    def at(self, bandwidth: float) -> Divergence:
        """J and its derivative at a bandwidth h > 0."""
        (above, rise), (below, fall) = (self._ratio(*side, bandwidth) for side in self._sides)
        # log r = -log(1 + p/q), and log(1 - r) = -log(1 + q/p); the codes' own come first
        mean = -(np.logaddexp(0, -above).mean() + np.logaddexp(0, below).mean()) / 2
        slope = (np.mean(_logistic(-above) * rise) - np.mean(_logistic(below) * fall)) / 2
        return Divergence(float(1 + mean / np.log(2)), float(slope / np.log(2)))

    def _ratio(self, kernels, log_target, h):
        """Log q/p, and the derivative of log q."""
        sums, distances = kernels.at(h)
        volume = self.dimensions * np.log(h * np.sqrt(2 * np.pi))
        log_density = sums - np.log(kernels.kernels) - volume
        return log_density - log_target, distances / h**3 - self.dimensions / h


def jsd(
    codes: np.ndarray,
    target: Mixture | None = None,
    *,
    bandwidth: float,
    held_out: np.ndarray | None = None,
    draws: int = 2000,
    rng=None,
) -> Divergence:
    """The divergence of codes from a target in bits, and its derivative; see `JensenShannon`.

    Time grows with the number of pairs of a code and a point, memory with that of either.

    Args:
        codes: shape (n, d), whatever `io.real_arrays.real` can read.
        target: N(0, I) where it is None.
        bandwidth: h; `optimal_bandwidth(d, n, target)` tells equal laws from others best.
        held_out: codes that no kernel is centred at, shape (j, d); None for `codes` themselves,
            each without its own kernel.
        draws: how many points are drawn from the target.
        rng: None, a seed or a `numpy.random.Generator`, for the draws.

    Raises:
        TypeError: the codes are not real numbers.
        ValueError: their shape or number allows no density, some are not finite, or an option is
            impossible; says what is wanted.

    Example:
        >>> import numpy as np
        >>> from expost.divergences.jensen_shannon import jsd
        >>> codes = np.random.default_rng(0).standard_normal((4000, 2))
        >>> round(jsd(codes, bandwidth=0.3, rng=0).bits, 2)
        -0.0
        >>> round(jsd(codes + 5, bandwidth=0.3, rng=0).bits, 2)
        1.0
    """
    number("bandwidth", bandwidth, above=0)
    codes = checks.finite(checks.real(codes, "(n, d)"))
    target = target or Mixture.standard_normal(codes.shape[1])
    if codes.shape[1] != target.dimensions:
        raise ValueError(
            f"got codes of {codes.shape[1]} dimensions and a target of {target.dimensions}; "
            "wanted as many of either"
        )
    if held_out is not None:
        held_out = checks.finite(checks.real(held_out, f"(j, {codes.shape[1]})", codes.shape[1]))
    fewest = 2 if held_out is None else 1
    checks.enough(len(codes), fewest, "a kernel density at other codes", "jsd")
    if held_out is not None:
        checks.enough(len(held_out), 1, "a mean over held-out codes", "jsd")
    drawn = target.sample(count("draws", draws), rng)
    with threads.held():
        return JensenShannon(codes, target, drawn, held_out).at(bandwidth)


def _logistic(x):
    return np.exp(-np.logaddexp(0, -x))
