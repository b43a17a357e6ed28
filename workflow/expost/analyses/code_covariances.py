"""How far codes are from uncorrelated ones, in the dimensions that a mask has left open."""

import numpy as np

from ..objectives.mask_schedules import CLOSED as ACTIVE
from ..study import option_sweeps

COLUMNS = ["dataset", "autoencoder", "model", "dimensions", "seed", "metric", "value"]
NORMAL = "standard_normal"  # in place of an autoencoder


def of_codes(codes: np.ndarray, opened: np.ndarray | None) -> list[dict]:
    """Means over all pairs of active dimensions, and over these dimensions.

    Args:
        codes: of test images, (n, d), before a mask.
        opened: the mask, (d,); None of codes without one, all of whose dimensions are active.

    Returns:
        Records of `metric` and `value`: how many dimensions are `active`; `collapsed`, 1 where
        these are fewer than two, which have no pairs, else 0; and unless it is collapsed the mean
        absolute `covariance` (n - 1 in its denominator) and `correlation` of two of them, and the
        mean `variance` of one. Correlations with a dimension that does not vary are left out.

    Raises:
        ValueError: the mask is of other codes.
    """
    d = codes.shape[1]
    if opened is not None and opened.shape != (d,):
        raise ValueError(f"got a mask of {len(opened)} dimensions and codes of {d}")
    active = np.ones(d, bool) if opened is None else opened >= ACTIVE
    found = {"active": float(active.sum()), "collapsed": float(active.sum() < 2)}
    if not found["collapsed"]:
        covariances = np.cov(codes[:, active], rowvar=False, dtype=np.float64)
        spread = np.sqrt(np.diag(covariances))
        with np.errstate(invalid="ignore"):
            correlations = covariances / np.outer(spread, spread)
        pairs = np.triu_indices(len(spread), k=1)
        known = np.abs(correlations[pairs])[np.isfinite(correlations[pairs])]
        found["covariance"] = float(np.abs(covariances[pairs]).mean())
        if len(known):
            found["correlation"] = float(known.mean())
        found["variance"] = float((spread**2).mean())
    return [{"metric": metric, "value": value} for metric, value in found.items()]


def of_normal(n: int) -> list[dict]:
    """What n independent draws of N(0, I) have by chance, in the mean, whatever their dimension.

    Given one of two dimensions, their covariance is normal around 0 with variance s² / (n - 1), s²
    being the variance of that one, so that `E|covariance|` is

        √(2 / π (n - 1)) E s = 2 Γ(n/2) / (√π (n - 1) Γ((n - 1)/2)),

    and the squared correlation is Beta(1/2, (n - 2)/2), so that `E|correlation|` is
    `Γ((n - 1)/2) / (√π Γ(n/2))`; both are near √(2 / π n).

    Args:
        n: codes, at least 3.

    Returns:
        Records as those of `of_codes`.
    """
    from scipy.special import gammaln

    ratio = float(np.exp(gammaln(n / 2) - gammaln((n - 1) / 2)) * np.sqrt(np.pi))
    found = {
        "covariance": 2 * ratio / (np.pi * (n - 1)),
        "correlation": 1 / ratio,
        "variance": 1.0,
    }
    return [{"metric": metric, "value": value} for metric, value in found.items()]


def model(autoencoder: str) -> str:
    """An autoencoder without the setting that is turned of it, if one is."""
    return option_sweeps.parts(autoencoder)[0]
