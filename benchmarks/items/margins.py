"""Quantiles of kernel densities, as many as codes, from the codes on."""

from collections.abc import Iterator

import numpy as np
from expost.samplers.numerics.margins import KDEMargins

from ..compare import Row, alone, compare, rates
from ..data import codes
from ..plain import margins as plain

TOLERANCE = 1e-7  # of |F(x) - u|
FEW = slice(20)  # rows that are checked by the definition of F


def rows() -> Iterator[Row]:
    """Of 2,000 codes and of 60,000."""
    yield of_2000(10)
    yield of_2000(100)
    x, u = problem(60_000, 100)
    yield alone(
        "KDE margins, quantiles, 60,000 of 60,000 codes, d = 100",
        lambda: KDEMargins(x).ppf(u),
        lambda got: remark(residual(x, got, u)),
        floor=floor(x),
    )


def of_2000(d: int) -> Row:
    """Against root finding."""
    x, u = problem(2000, d)
    return compare(
        f"KDE margins, quantiles, 2,000 of 2,000 codes, d = {d}",
        ("brentq of mean ndtr", lambda: plain.quantiles(x, u[FEW])),
        lambda: KDEMargins(x).ppf(u),
        lambda expected, got: residual(x, got, u),
        TOLERANCE,
        share=FEW.stop / 2000,
        floor=floor(x),
    )


def problem(n: int, d: int) -> tuple[np.ndarray, np.ndarray]:
    """Codes, and levels u, some of them near 0 and 1."""
    u = np.random.default_rng(0).random((n, d))
    u[:5], u[5:10] = 1e-6 * u[:5], 1 - 1e-6 * u[5:10]
    return codes(n, d), u


def residual(x: np.ndarray, quantiles: np.ndarray, u: np.ndarray) -> float:
    """Largest |F(x) - u| in a few rows."""
    bandwidths = KDEMargins(x).bandwidths
    columns = zip(quantiles[FEW].T, x.T, bandwidths, strict=True)
    return np.abs(np.transpose([plain.cdf(*column) for column in columns]) - u[FEW]).max()


def remark(gap: float) -> tuple[str, bool]:
    """What the table says of a residual, and whether it is small enough."""
    return f"{gap:.0e} ≤ {TOLERANCE:.0e}", gap <= TOLERANCE


def floor(x: np.ndarray) -> float:
    """Seconds to read codes and levels and to write quantiles."""
    return 3 * x.nbytes / (rates()["copy"][0] * 1e9)
