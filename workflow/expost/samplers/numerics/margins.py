"""Margins: one-dimensional distributions, one per column of the codes."""

from functools import cached_property
from typing import Self

import numpy as np

from . import scales
from .column_scores import by_column
from .kernel_cdf import KernelCDF
from .kernel_density import log_density


class KDEMargins:
    """Gaussian kernel density of each column, with Silverman's bandwidth.

        F(x) = 1/n Σᵢ Φ((x - xᵢ) / h),   h = (3n/4)^(-1/5) · standard deviation of the column

    `cdf` and `ppf` come from tables, exact to 1e-7 in F: see `KernelCDF`.

    Args:
        codes: shape (n, d), finite and constant in no column.
        bandwidths: h of each column, shape (d,); None for Silverman's.

    Attributes:
        bandwidths: h of each column, shape (d,).

    References:
        Silverman (1986), "Density estimation for statistics and data analysis".
    """

    def __init__(self, codes: np.ndarray, bandwidths: np.ndarray | None = None):
        self.codes = codes
        usual = silverman(len(codes)) * scales.deviation(codes)
        self.bandwidths = usual if bandwidths is None else bandwidths

    def sample(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """Draw each column independently and exactly, shape (n, d); no table is read."""
        rows = rng.integers(len(self.codes), size=(n, self.codes.shape[1]))
        centres = np.take_along_axis(self.codes, rows, axis=0)  # (n, d)
        return centres + self.bandwidths * rng.standard_normal(centres.shape)

    def cdf(self, x: np.ndarray, columns: np.ndarray | None = None) -> np.ndarray:
        """F_j(x_ij), in [0, 1], for x of shape (m, d), or (m, k) where it is some columns (k,)."""
        tables = self._columns if columns is None else [self._columns[j] for j in columns]
        return by_column(x, lambda column, j: tables[j].cdf(column))

    def ppf(self, u: np.ndarray) -> np.ndarray:
        """F_j⁻¹(u_ij) for u of shape (m, d) in [0, 1], of which 0 and 1 give finite ends."""
        return by_column(u, lambda column, j: self._columns[j].ppf(column))

    def log_pdf(self, x: np.ndarray) -> np.ndarray:
        """Log f_j(x_ij) for x of shape (m, d); exact, at m·n·d exponentials."""
        return by_column(
            x,
            lambda column, j: log_density(
                column[:, None], self.codes[:, [j]], self.bandwidths[[j]]
            )[0],
        )

    def tabulate(self) -> Self:
        """Make the tables now, as part of a fit, rather than with the first quantile."""
        self._columns  # noqa: B018 (cached)
        return self

    @cached_property
    def _columns(self) -> list[KernelCDF]:
        columns = np.ascontiguousarray(self.codes.T)
        return [KernelCDF(x, h) for x, h in zip(columns, self.bandwidths, strict=True)]


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
        return by_column(u, lambda column, j: np.interp(column, levels, self.ordered[:, j]))


def silverman(n: int) -> float:
    """The best bandwidth for n codes of a normal law, in standard deviations."""
    return (0.75 * n) ** -0.2
