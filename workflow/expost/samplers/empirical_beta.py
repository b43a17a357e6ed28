"""Empirical beta copula."""

import numpy as np

from .base import Sampler
from .margins import EmpiricalMargins, KDEMargins

MARGINS = {"kde": KDEMargins, "empirical": EmpiricalMargins}


class EmpiricalBetaCopula(Sampler):
    """Empirical beta copula with kernel-density margins; nothing in it is tuned or trained.

        I ~ Uniform{1..n},   U_j | I ~ Beta(R_Ij, n + 1 - R_Ij) independently for each j,
        Z_j = F_j⁻¹(U_j)

    R_ij is the rank of code i among the n values of column j, equal values ranked in the order
    they come. Beta(r, n + 1 - r) is the law of the r-th smallest of n uniforms, which makes every
    U_j uniform. Given the row the coordinates are independent: one shared draw per row would
    tie them together.

    Args:
        margins: `kde` for `KDEMargins`, or `empirical` to stay inside the range of the codes.

    Attributes:
        codes_: the fitted codes, shape (n, d).
        margin_codes_: the codes of the margins, shape (m, d); only after `with_margins_of`.

    References:
        Segers, Sibuya & Tsukahara (2017), "The empirical beta copula",
        J. Multivariate Analysis 155.
    """

    def __init__(self, margins="kde"):
        self.margins = margins

    def sample_copula(self, n: int, rng=None, *, given=None) -> np.ndarray:
        """Draw `n` points of the copula, shape (n, d) in [0, 1]; arguments as `sample`."""
        n, rng = self._count(n), np.random.default_rng(rng)
        return self._copula_near(self._pick(n, rng, given), rng)

    def _fit(self, codes, rng):
        if self.margins not in MARGINS:
            raise ValueError(f"unknown margins {self.margins!r}; known are {', '.join(MARGINS)}")
        self.codes_ = codes

    def _prepare(self):
        self._ranks = _ranks(self.codes_)
        self._margins = MARGINS[self.margins](self._margin_codes()).tabulate()

    def _margin_codes(self):
        return vars(self).get("margin_codes_", self.codes_)

    def _take_margins(self, other):
        self.margins, self.margin_codes_ = other.margins, other._margin_codes()

    def _sample(self, n, rng):
        return self._sample_near(self._pick(n, rng), rng)

    def _sample_near(self, rows, rng):
        return self._margins.ppf(self._copula_near(rows, rng))

    def _copula_near(self, rows, rng):
        ranks = self._ranks[rows]  # (m, d)
        return rng.beta(ranks, self.n_samples_fit_ + 1 - ranks)


def _ranks(codes):
    """Ranks 1..n in each column, shape (n, d), of equal values in the order they come."""
    columns = codes.T.copy()
    ranks = np.empty(columns.shape, dtype=np.int32)
    for column, rank in zip(columns, ranks, strict=True):
        order = np.argsort(column)
        ascending = column[order]
        if (ascending[1:] == ascending[:-1]).any():  # a stable order takes five times as long
            order = np.argsort(column, kind="stable")
        rank[order] = np.arange(1, len(codes) + 1)
    return ranks.T.copy()
