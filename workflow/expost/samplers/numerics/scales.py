"""Scales of columns, and where draws are wider than the codes, or elsewhere."""

import numpy as np

from ...runtime.log import log
from ...stats import checks

NORMAL = 1.34  # interquartile range of a normal law in standard deviations, as Silverman rounds it
WIDER = 2  # times, from which on the log says so
SHIFTED = 0.35  # interquartile ranges, from which on the log says so
LOOKED_AT = 2000  # draws, enough to know their interquartile range to 3 %
LEVELS = np.array([0.1, 0.25, 0.5, 0.75, 0.9])


def deviation(codes: np.ndarray) -> np.ndarray:
    """The standard deviation of each column, shape (d,)."""
    return codes.std(axis=0, ddof=1)


def robust(codes: np.ndarray) -> np.ndarray:
    """The scale of the bulk of each column, shape (d,), positive if none is constant.

        min(standard deviation, interquartile range / 1.34)

    It is nearly the standard deviation of normal codes, and does not follow single codes far away
    and heavy tails. Where half of all values are equal there is no interquartile range, and the
    standard deviation stands for it.

    References:
        Silverman (1986), "Density estimation for statistics and data analysis", equation 3.30.
    """
    bulk = interquartile_range(codes) / NORMAL
    return np.where(bulk > 0, np.minimum(bulk, deviation(codes)), deviation(codes))


def interquartile_range(codes: np.ndarray) -> np.ndarray:
    """Of each column, shape (d,)."""
    return np.subtract(*np.quantile(codes, [0.75, 0.25], axis=0))


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

    Args:
        sampler: its name.
        codes: those it was fitted to, shape (n, d).
        wide: interquartile ranges of its draws, shape (d,).
        remedy: what to do about it.
    """
    warn_of_width(sampler, wide / _bulk(codes), remedy)


def warn_of_quantiles(sampler: str, codes: np.ndarray, quantiles: np.ndarray, remedy: str) -> None:
    """Log where the bulk of the draws is more than twice as wide as that of the codes, or shifted.

    Shifted is a column of which the 0.1, 0.5 or 0.9 quantile is more than 0.35 interquartile ranges
    from that of the codes.

    Args:
        sampler: its name.
        codes: those it was fitted to, shape (n, d).
        quantiles: of its draws, at `LEVELS`, shape (5, d).
        remedy: what to do about it.
    """
    bulk = _bulk(codes)
    factors = (quantiles[3] - quantiles[1]) / bulk
    said = _of_width(factors)
    shifts = np.abs(quantiles - np.quantile(codes, LEVELS, axis=0))[::2].max(axis=0) / bulk
    shifted = np.flatnonzero((shifts > SHIFTED) & (factors <= WIDER))
    if shifted.size:
        said.append(
            "quantiles of the draws, at 0.1, 0.5 or 0.9, are up to "
            f"{shifts[shifted].max():.2g} interquartile ranges from those of the codes, in "
            f"{len(shifted)} of {len(shifts)} columns ({checks.listed(shifted)})"
        )
    _warn(sampler, said, remedy)


def warn_of_width(sampler: str, factors: np.ndarray, remedy: str) -> None:
    """Log in which columns draws are more than twice as wide as the codes.

    Args:
        sampler: its name.
        factors: how many times as wide, shape (d,).
        remedy: what to do about it.
    """
    _warn(sampler, _of_width(factors), remedy)


def _of_width(factors: np.ndarray) -> list[str]:
    wide = np.flatnonzero(factors > WIDER)
    if not wide.size:
        return []
    return [
        f"the bulk of the draws is up to {factors.max():.3g} times as wide as that of the codes, "
        f"in {len(wide)} of {len(factors)} columns ({checks.listed(wide)})"
    ]


def _warn(sampler: str, said: list[str], remedy: str) -> None:
    """Log all that was found, and the remedy once."""
    if said:
        log.warning("%s: %s; %s", sampler, "; ".join(said), remedy)


def _bulk(codes: np.ndarray) -> np.ndarray:
    """Interquartile ranges; where half of all values are equal, that of a normal law in its place.

    The normal law has the standard deviation of the codes.
    """
    bulk = interquartile_range(codes)
    return np.where(bulk > 0, bulk, NORMAL * deviation(codes))
