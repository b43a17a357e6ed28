"""Margins that are smooth in nearly normal scores: as good for heavy tails as for normal laws."""

from typing import Self

import numpy as np

from . import scales
from .column_scores import ColumnScores
from .margins import KDEMargins, silverman

BANDWIDTHS = ("silverman", "robust")
INNER = 2  # scores that are shrunk in proportion; those of codes far away would move far
REMEDY = "heavy tails, skewness or single codes far away set the bandwidth: take bandwidth='robust'"


def smooth(codes: np.ndarray, bandwidth: str) -> "KDEMargins | ScoreMargins":
    """Smooth margins of codes of shape (n, d): `silverman` is `KDEMargins`, else `ScoreMargins`."""
    return KDEMargins(codes) if bandwidth == "silverman" else ScoreMargins(codes)


def look(sampler: str, codes: np.ndarray, margins: "KDEMargins | ScoreMargins") -> None:
    """Log where the margins of a sampler widen or shift the bulk of the codes, shape (n, d)."""
    levels = np.repeat(scales.LEVELS[:, None], codes.shape[1], axis=1)
    scales.warn_of_quantiles(sampler, codes, margins.ppf(levels), REMEDY)


class ScoreMargins:
    """Kernel density of each column in nearly normal scores, brought back: a bandwidth everywhere.

        F(x) = 1/n Σᵢ Φ((T(x) - yᵢ) / (s h)),   yᵢ = s T(xᵢ),   s = 1 / √(1 + h²)

    T makes the column nearly N(0, 1) (`NormalScores`). Shrunk by s, scores are nearly N(0, s²), to
    which kernels add what it lacks to N(0, 1): so quantiles stay where they are. Scores beyond ±2
    are shifted as ±2 are. In the codes' own units the kernel of a code is as narrow as codes are
    dense around it, s h / T'(xᵢ) wide, whatever tails, skewness or scale the column has. Its h is
    a quarter of Silverman's, (3n/4)^(-1/5) / 4, as T is smooth by itself: so quantiles move no more
    than by resampling, also those of few and skewed codes.

    Args:
        codes: shape (n, d), finite and constant in no column.

    References:
        Silverman & Young (1987), "The bootstrap: to smooth or not to smooth?", Biometrika 74 (s).
        Wand, Marron & Ruppert (1991), "Transformations in density estimation", J. American
        Statistical Association 86; and those of `NormalScores`.
    """

    def __init__(self, codes: np.ndarray):
        h = silverman(len(codes)) / 4
        spread = float(1 / np.hypot(1, h))
        self._scores = ColumnScores(codes)
        scores = self._scores.scores(codes)
        centres = scores - (1 - spread) * scores.clip(-INNER, INNER)
        self._margins = KDEMargins(centres, np.full(codes.shape[1], spread * h))

    def sample(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """Draw each column independently, shape (n, d); no table is read."""
        return self._scores.codes(self._margins.sample(n, rng))

    def cdf(self, x: np.ndarray, columns: np.ndarray | None = None) -> np.ndarray:
        """F_j(x_ij), in [0, 1], for x of shape (m, d), or (m, k) where it is some columns (k,)."""
        return self._margins.cdf(self._scores.scores(x, columns), columns)

    def ppf(self, u: np.ndarray) -> np.ndarray:
        """F_j⁻¹(u_ij) for u of shape (m, d) in [0, 1], of which 0 and 1 give finite ends."""
        return self._scores.codes(self._margins.ppf(u))

    def log_pdf(self, x: np.ndarray) -> np.ndarray:
        """Log f_j(x_ij) for x of shape (m, d); exact, at m·n·d exponentials."""
        return self._margins.log_pdf(self._scores.scores(x)) + self._scores.log_slopes(x)

    def tabulate(self) -> Self:
        """Make the tables now, as part of a fit, rather than with the first quantile."""
        self._margins.tabulate()
        return self
