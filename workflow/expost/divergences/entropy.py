"""The entropy of codes by a kernel density that leaves each code out at itself."""

from typing import NamedTuple

import numpy as np

from ..runtime import threads
from ..runtime.option_values import number
from ..stats import checks
from .kernel_means import KernelMeans

SHARE = 8  # of so many codes one is taken first, to find about where the bandwidth is
ENOUGH = 1000  # codes so taken; of fewer, all are taken at once
MOST_STEPS = 200
LONGEST = 2.0  # a step in log h² that acceleration may take


class Entropy(NamedTuple):
    """An entropy and what it was found with.

    Attributes:
        nats: the entropy.
        bandwidth: h.
        steps: bandwidths tried on all codes.
        log_density: log q of each code under the others, whose mean is -nats, shape (n,).
    """

    nats: float
    bandwidth: float
    steps: int
    log_density: np.ndarray

    def __repr__(self):
        return (
            f"Entropy(nats={self.nats:.6g}, bandwidth={self.bandwidth:.6g}, steps={self.steps}, "
            f"log_density=<{len(self.log_density)} values>)"
        )


def entropy(codes: np.ndarray, bandwidth: float | None = None) -> Entropy:
    """The leave-one-out entropy of codes, with the bandwidth that makes it least.

        H(h) = -1/n Σᵢ log qᵢ(h),   qᵢ(h) = 1/(n - 1) Σⱼ≠ᵢ N(zᵢ; zⱼ, h² I)

    Its derivative is zero where h² = 1/(d n) Σᵢ Wᵢ(h), with W of `KernelMeans`. Repeating that
    ends there, slowly; in x = log h² the steps are accelerated by Aitken's method, the secant of
    two of them, and take some five for eight digits. That bandwidth is also the most likely one.

    The kernel is as wide in all directions, so H has a meaning of its own for codes of unit
    covariance (`whitening.whitened`). It is above the true entropy, by more in more dimensions and
    for fewer codes; and single codes far away *raise* it, though most codes may clump: look at
    `whitening.outliers`. Time grows with n², memory with n.

    Args:
        codes: shape (n >= 2, d), whatever `io.real_arrays.real` can read.
        bandwidth: h > 0, to take that one.

    Raises:
        TypeError: the codes are not real numbers.
        ValueError: another shape, codes that are not finite, all equal, or each there twice, so
            that no bandwidth is the best one.

    References:
        Saha, Elhabian & Whitaker (2020), "GENs: generative encoding networks", supplement 1.2.

    Example:
        >>> import numpy as np
        >>> from expost.divergences.entropy import entropy
        >>> codes = np.random.default_rng(0).standard_normal((2000, 2))
        >>> round(entropy(codes).nats, 1)  # that of the law is 1 + log 2π = 2.84
        2.8
    """
    number("bandwidth", bandwidth, above=0, also=(None,))
    codes = checks.finite(checks.real(codes, "(n, d)"))
    checks.enough(len(codes), 2, "a kernel density without the code itself", "entropy")
    with threads.held():
        if bandwidth is not None:
            return _found(KernelMeans(codes).at(bandwidth)[0], codes, bandwidth, 1)
        spread = codes.var(axis=0).mean()
        if not spread > 0:
            raise ValueError(f"all {len(codes)} codes are equal, and have no entropy")
        n, d = codes.shape
        start = np.log(spread) + 2 / (d + 4) * np.log(4 / ((d + 2) * n))  # best for a normal law
        if n >= SHARE * ENOUGH:
            start = _fixed_point(KernelMeans(codes, every=SHARE), start, d, spread, 1e-4)[0]
        x, sums, steps = _fixed_point(KernelMeans(codes), start, d, spread, 1e-9)
        return _found(sums, codes, np.exp(x / 2), steps)


def _found(sums, codes, bandwidth, steps):
    n, d = codes.shape
    log_density = sums - np.log(n - 1) - d * np.log(bandwidth * np.sqrt(2 * np.pi))
    return Entropy(-float(log_density.mean()), float(bandwidth), steps, log_density)


def _fixed_point(kernels, x, d, spread, precision):
    """Log h² that the fixed point's steps leave where it is, log S there, and how many steps."""
    before = None
    for step in range(1, MOST_STEPS + 1):
        sums, distances = kernels.at(np.exp(x / 2))
        mean = distances.mean() / d
        if not mean > 1e-18 * spread:
            break
        moved = np.log(mean) - x
        if abs(moved) <= precision:
            return x, sums, step
        after = x + moved
        if before is not None and moved != before[1]:
            secant = x - moved * (x - before[0]) / (moved - before[1])
            after = secant if abs(secant - x) <= LONGEST else after
        before, x = (x, moved), after
    raise ValueError(
        "no bandwidth of these codes is the best one, however small: most of them are there twice, "
        "or nearly so; leave duplicates out, or give a bandwidth"
    )
