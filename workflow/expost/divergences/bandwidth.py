"""The bandwidth that best tells codes from draws of the target, where both follow the same law."""

from functools import cache
from math import ceil, exp
from weakref import proxy

import numpy as np

from ..runtime import threads
from ..runtime.option_values import count
from .jensen_shannon import JensenShannon
from .targets import Mixture

POINTS = 2000  # that both means are over
SHARE = 8  # of so many points one is taken first, to find about where the root is
PRECISION = 1e-6  # relative


def optimal_bandwidth(
    dimensions: int, size: int, target: Mixture | None = None, *, points: int = POINTS, rng=None
) -> float:
    """The bandwidth of a kernel density of `size` codes that are to follow a target.

    It makes the divergence of `JensenShannon` largest where codes, held-out codes and draws are
    samples of one law, the target; a discriminator of equal laws would be trained to the same end.
    Another sample has another bandwidth, by about 1 % if d >= 10 and by about 10 % if d = 2.

    Codes that are trained to have no derivative left under this density follow N(0, (1 - h²) I),
    so it must be below 1, or the smallest spread of a mixture.

    Args:
        dimensions: d >= 1, of the codes.
        size: m >= 2, of the kernel density.
        target: N(0, I) where it is None.
        points: of held-out codes, and of draws, that are drawn to find it.
        rng: None, a seed or a `numpy.random.Generator`.

    Raises:
        ValueError: so many dimensions want more codes; says how many. Or an option is impossible.

    References:
        Saha, Elhabian & Whitaker (2020), "GENs: generative encoding networks", section 3, table 1.

    Example:
        >>> from expost.divergences.bandwidth import optimal_bandwidth
        >>> round(optimal_bandwidth(10, 1000, rng=0), 1)  # table 1 of the paper: 0.69 ± 0.01
        0.7
    """
    target = _target(dimensions, target)
    if len(target.means) == 1 and np.ptp(target.spreads) == 0:
        check_size(dimensions, size)
    bandwidth = largest_divergence(dimensions, size, target, points, rng)
    if bandwidth >= (most := target.spreads.min()):
        wanted = fewest_codes(dimensions) / target.weights.min()
        raise ValueError(_refusal(dimensions, size, wanted, f"{bandwidth:.3f}, {most:g} or more"))
    return bandwidth


def largest_divergence(
    dimensions: int, size: int, target: Mixture | None = None, points: int = POINTS, rng=None
) -> float:
    """The bandwidth of `optimal_bandwidth`, also where it is too large to be of any use.

    Arguments and errors are those of `optimal_bandwidth`.
    """
    target, rng = _target(dimensions, target), np.random.default_rng(rng)
    count("size", size, least=2)
    count("points", points, least=SHARE)
    codes, held_out, drawn = (target.sample(n, rng) for n in (size, points, points))
    with threads.held():
        few = JensenShannon(codes, target, drawn[::SHARE], held_out[::SHARE])
        near = _root(few, 0.7 * target.spreads.min(), 1.5)
        return _root(JensenShannon(codes, target, drawn, held_out), near, 1.02)


def fewest_codes(dimensions: int) -> int:
    """How many codes carry a bandwidth below 1 in d dimensions, of the target N(0, I).

        m = 6 exp(0.1352 d)

    Samples have their optimum at 1 where m is 4.55 exp(0.1352 d), within 4 % from d = 20 to 60 and
    13 % at d = 10 (simulated); the rest keeps the luck of a sample from making it 1.
    """
    return ceil(6 * exp(0.1352 * count("dimensions", dimensions, most=5000)))


def check_size(dimensions: int, size: int, available: int | None = None) -> None:
    """Refuse a kernel density of too few codes for N(0, I), or of more than there are; at once.

    Args:
        dimensions: d, of the codes.
        size: m, of the kernel density.
        available: how many codes there are; None where that is not known.

    Raises:
        ValueError: how many are wanted.
    """
    count("size", size, least=2)
    fewest = fewest_codes(dimensions)
    if size < fewest:
        raise ValueError(_refusal(dimensions, size, fewest, "1 or nearly so"))
    if available is not None and size > available:
        raise ValueError(
            f"got a kernel density of {size:,} codes, and {available:,} to take them from; wanted "
            f"{fewest:,} to {available:,}: take fewer, or more training data"
            if fewest <= available
            else f"got {available:,} codes to make a kernel density of; {dimensions} dimensions "
            f"want {fewest:,} or more: train with a smaller latent size, or on more data"
        )


def _refusal(dimensions, size, wanted, found):
    return (
        f"{size:,} codes of {dimensions} dimensions have an optimal bandwidth of {found}, as wide "
        f"as the target itself; wanted {ceil(wanted):,} codes or more, or fewer dimensions"
    )


def _target(dimensions, target):
    count("dimensions", dimensions)
    if target is not None and target.dimensions != dimensions:
        raise ValueError(
            f"got {dimensions} dimensions and a target of {target.dimensions}; wanted the same"
        )
    return target or Mixture.standard_normal(dimensions)


def _root(divergence: JensenShannon, guess: float, factor: float) -> float:
    """Where the derivative changes from + to -, by Brent's method in log h."""
    from scipy.optimize import brentq

    only = proxy(divergence)  # brentq leaves a circle behind, which would keep it for long
    slope = cache(lambda x: only.at(np.exp(x)).slope)
    low = high = np.log(guess)
    step = np.log(factor)
    while slope(low) < 0:
        low, high, step = low - step, low, 2 * step
    while slope(high) > 0:
        low, high, step = high, high + step, 2 * step
    return float(np.exp(brentq(slope, low, high, xtol=PRECISION)))
