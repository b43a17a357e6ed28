"""Margins: one-dimensional distributions, one per column of the codes."""

from functools import cached_property
from typing import Self

import numpy as np

from .kde import log_density

STEPS = 250  # table points per bandwidth: bounds the error, see KDEMargins
REACH = 8  # bandwidths past the outermost codes: less than 1e-15 of the mass lies outside


class KDEMargins:
    """Gaussian kernel density of each column, with Silverman's bandwidth.

        F(x) = 1/n Σᵢ Φ((x - xᵢ) / h),   h = (3n/4)^(-1/5) · sample standard deviation

    `cdf` and `ppf` read tables whose step is h/250. Binning the codes to it and interpolating
    between its points each err by at most step²/8 · max|φ'|/h² < 5e-7, so that
    |F(ppf(u)) - u| <= 1e-6 for any codes, outliers included. The step does not depend on the
    codes' range, and stretches without mass are dropped from the table once it is made.

    Args:
        codes: shape (n, d), finite and constant in no column.

    Attributes:
        bandwidths: h of each column, shape (d,).

    References:
        Silverman (1986), "Density estimation for statistics and data analysis".
        Fan & Marron (1994), "Fast implementations of nonparametric curve estimators",
        J. Computational and Graphical Statistics 3 (linear binning).
    """

    def __init__(self, codes: np.ndarray):
        self.codes = codes
        self.bandwidths = (0.75 * len(codes)) ** -0.2 * codes.std(axis=0, ddof=1)

    def sample(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """Draw each column independently and exactly, shape (n, d); no table is read."""
        rows = rng.integers(len(self.codes), size=(n, self.codes.shape[1]))
        centres = np.take_along_axis(self.codes, rows, axis=0)  # (n, d)
        return centres + self.bandwidths * rng.standard_normal(centres.shape)

    def cdf(self, x: np.ndarray) -> np.ndarray:
        """F_j(x_ij) for x of shape (m, d), in [0, 1]."""
        return _by_column(x, lambda column, j: np.interp(column, *self._tables[j]))

    def ppf(self, u: np.ndarray) -> np.ndarray:
        """F_j⁻¹(u_ij) for u of shape (m, d) in [0, 1], of which 0 and 1 give the table's ends."""
        return _by_column(u, lambda column, j: np.interp(column, *self._tables[j][::-1]))

    def log_pdf(self, x: np.ndarray) -> np.ndarray:
        """Log f_j(x_ij) for x of shape (m, d); exact, at m·n·d exponentials."""
        return _by_column(
            x,
            lambda column, j: log_density(
                column[:, None], self.codes[:, [j]], self.bandwidths[[j]]
            )[0],
        )

    def tabulate(self) -> Self:
        """Make the tables now, as part of a fit, rather than with the first quantile."""
        self._tables  # noqa: B018 (cached)
        return self

    @cached_property
    def _tables(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Points and the distribution function at them, both strictly increasing, per column."""
        return [_table(column, h) for column, h in zip(self.codes.T, self.bandwidths, strict=True)]


class EmpiricalMargins:
    """Order statistics of each column, joined by straight lines: x_(i) is the i/(n+1) quantile.

    Nothing outside the range of the codes is ever returned.

    Args:
        codes: shape (n, d).
    """

    def __init__(self, codes: np.ndarray):
        self.ordered = np.sort(codes, axis=0)

    def tabulate(self) -> Self:
        """There is nothing to make but the order."""
        return self

    def ppf(self, u: np.ndarray) -> np.ndarray:
        """The quantiles for u of shape (m, d) in [0, 1]."""
        levels = np.arange(1, len(self.ordered) + 1) / (len(self.ordered) + 1)
        return _by_column(u, lambda column, j: np.interp(column, levels, self.ordered[:, j]))


def _by_column(values: np.ndarray, function) -> np.ndarray:
    result = np.empty(values.shape)
    for j, column in enumerate(values.T):
        result[:, j] = function(column, j)
    return result


def _table(x: np.ndarray, h: float) -> tuple[np.ndarray, np.ndarray]:
    """Points and F at them, by linear binning and one FFT convolution."""
    from scipy.fft import irfft, next_fast_len, rfft
    from scipy.special import ndtr

    step, reach = h / STEPS, STEPS * REACH
    place = (x - x.min()) / step + reach  # in steps from the table's start
    cell = place.astype(np.int64)
    upper = place - cell
    size = next_fast_len(int(cell.max()) + reach + 2, real=True)
    mass = np.bincount(cell, 1 - upper, size) + np.bincount(cell + 1, upper, size)  # (size,)
    mass /= len(x)
    # Φ is the unit step, whose convolution is a cumulative sum, plus a bump that ends at ±REACH.
    # All mass lies further than that from both ends, so the convolution may wrap round.
    lags = np.arange(-reach, reach + 1)
    bump = np.zeros(size)
    bump[lags] = ndtr(lags / STEPS) - (lags >= 0)
    smooth = irfft(rfft(mass) * rfft(bump), size)
    values = np.maximum.accumulate((mass.cumsum() + smooth).clip(0, 1))
    rises = values[1:] > values[:-1]
    # Both ends of every rise: where nothing rises the line between them is exact.
    keep = np.concatenate([[False], rises]) | np.concatenate([rises, [False]])
    points = x.min() + step * (np.flatnonzero(keep) - reach)
    return points, values[keep]
