"""Scales of columns, and where smoothing widens the bulk of one."""

import numpy as np

from ...runtime.log import log
from .. import checks

RULES = ("sd", "robust")
NORMAL = 1.34  # interquartile range of a normal law in standard deviations, as Silverman rounds it
WIDER = 2  # times, from which on the log says so
LOOKED_AT = 2000  # draws, enough to know their interquartile range to 3 %


def of(codes: np.ndarray, rule: str | None) -> np.ndarray:
    """The scale of each column, shape (d,): 1, or positive in the codes' own units.

    The standard deviation follows single codes far away and heavy tails; the robust scale,

        min(standard deviation, interquartile range / 1.34),

    is nearly the same for normal codes and follows the bulk of others. Where half of all values are
    equal there is no interquartile range, and the standard deviation stands for it.

    Args:
        codes: shape (n, d), constant in no column.
        rule: None for 1, `sd`, or `robust`.

    References:
        Silverman (1986), "Density estimation for statistics and data analysis", equation 3.30.
    """
    if rule is None:
        return np.ones(codes.shape[1])
    deviation = codes.std(axis=0, ddof=1)
    if rule == "sd":
        return deviation
    bulk = interquartile_range(codes) / NORMAL
    return np.where(bulk > 0, np.minimum(bulk, deviation), deviation)


def interquartile_range(codes: np.ndarray) -> np.ndarray:
    """Of each column, shape (d,)."""
    return np.subtract(*np.quantile(codes, [0.75, 0.25], axis=0))


def warn_of_noise(sampler: str, codes: np.ndarray, deviation: np.ndarray, remedy: str) -> None:
    """Log where noise of that deviation makes the bulk of a column more than twice as wide.

    A normal bulk of scale s becomes √(1 + (h / s)²) times as wide by noise of deviation h.

    Args:
        sampler: its name.
        codes: those it was fitted to, shape (n, d).
        deviation: h, of the noise that it adds to codes, a number or shape (d,).
        remedy: what to do about it.
    """
    factors = np.hypot(1, deviation / of(codes, "robust"))
    warn(sampler, factors, remedy)


def look_at_draws(sampler, codes: np.ndarray) -> None:
    """Log where draws of a sampler are more than twice as wide as the codes it was fitted to.

    Args:
        sampler: it, whose `too_wide` says what to do then.
        codes: shape (n, d).
    """
    wide = interquartile_range(sampler._sample(LOOKED_AT, np.random.default_rng(0)))
    warn_of_draws(type(sampler).__module__.rpartition(".")[2], codes, wide, sampler.too_wide)


def warn_of_draws(sampler: str, codes: np.ndarray, wide: np.ndarray, remedy: str) -> None:
    """Log where the bulk of a column of draws is more than twice as wide as that of the codes.

    Where half of all values are equal, it is compared with that of a normal law of their standard
    deviation.

    Args:
        sampler: its name.
        codes: those it was fitted to, shape (n, d).
        wide: interquartile ranges of its draws, shape (d,).
        remedy: what to do about it.
    """
    bulk = interquartile_range(codes)
    bulk = np.where(bulk > 0, bulk, NORMAL * of(codes, "sd"))
    warn(sampler, wide / bulk, remedy)


def warn(sampler: str, factors: np.ndarray, remedy: str) -> None:
    """Log in which columns draws are more than twice as wide as the codes.

    Args:
        sampler: its name.
        factors: how many times as wide, shape (d,).
        remedy: what to do about it.
    """
    wide = np.flatnonzero(factors > WIDER)
    if wide.size:
        log.warning(
            "%s: the bulk of the draws is up to %.3g times as wide as that of the codes, in %d of "
            "%d columns (%s); %s",
            *(sampler, factors.max(), len(wide), len(factors), checks.listed(wide), remedy),
        )
