"""Empirical beta copula."""

import numpy as np

from ..runtime.log import log
from ..runtime.option_values import choice, count
from .base import Sampler
from .numerics import bernstein
from .numerics.margins import EmpiricalMargins
from .numerics.score_margins import BANDWIDTHS, look, smooth
from .numerics.weighted_picks import pick

MARGINS = ("kde", "empirical")
INSIDE = 1e-7  # how near F comes to 0 and 1 in a density: it is not known any better


class EmpiricalBetaCopula(Sampler):
    """Empirical beta copula with kernel-density margins; smoother with a degree below n.

        I ~ Uniform{1..n},   U_j | I ~ Beta(r_Ij, m + 1 - r_Ij) independently for each j,
        Z_j = F_j⁻¹(U_j),    r_ij = ⌈R_ij m / n⌉

    R_ij is the rank of code i among the n values of column j, equal values ranked in the order
    they come. By default the degree m is n, r is R, and nothing is tuned or trained. Beta(r, n + 1
    - r) is the law of the r-th smallest of n uniforms, which makes every U_j uniform. Given the row
    the coordinates are independent: one shared draw per row would tie them together.

    A smaller m makes the betas wider, so that draws stay less near to single codes: this is the
    Bernstein copula of degree m. Bernstein's polynomial of the empirical copula Cₙ is

        C(u) = Σ_k Cₙ(k / m) Πⱼ B(kⱼ; m, uⱼ) = 1/n Σᵢ Πⱼ Σ_{k >= r_ij} B(k; m, uⱼ),

    with B(k; m, p) = (m over k) pᵏ (1 - p)ᵐ⁻ᵏ, since R <= k n / m exactly when r <= k. The last
    sum is the distribution function of Beta(r, m + 1 - r), hence the law above and the density

        c(u) = 1/n Σᵢ Πⱼ m B(r_ij - 1; m - 1, uⱼ),   f(z) = c(F₁(z₁), ..., F_d(z_d)) Πⱼ fⱼ(zⱼ).

    m = 1 is independence. U_j is uniform exactly if m divides n; else the values r come ⌊n/m⌋ or
    ⌈n/m⌉ times each, and the distribution function of U_j is below that of a uniform by less
    than 1/n.

    Args:
        margins: `kde` for smooth ones, or `empirical` to stay inside the range of the codes, which
            leaves no density.
        degree: m, at most n; None for n; or `auto` for the degree, of some between 1 and n, under
            which held-out codes, at most 2,000, are likeliest (`bernstein.cross_validate`).
            Choosing an end of them is logged.
        bandwidth: of `kde` margins. `silverman` is one for each column (`KDEMargins`), a multiple
            of its standard deviation. `robust` is one in nearly normal scores (`ScoreMargins`), for
            heavy tails, skewness or single codes far away, which the log says.

    Attributes:
        codes_: the fitted codes, shape (n, d).
        margin_codes_: the codes of the margins, shape (p, d); only after `with_margins_of`.
        degree_: m.
        degrees_: those tried, shape (k,); only if chosen.
        log_likelihoods_: mean held-out log-density of the copula, of each; only if chosen.

    References:
        Segers, Sibuya & Tsukahara (2017), "The empirical beta copula",
        J. Multivariate Analysis 155.
        Sancetta & Satchell (2004), "The Bernstein copula and its applications to modeling and
        approximations of multivariate distributions", Econometric Theory 20.

    Example:
        >>> import numpy as np
        >>> from expost import EmpiricalBetaCopula
        >>> x, noise = np.random.default_rng(0).normal(size=(2, 300))
        >>> codes = np.column_stack([x, x + 0.1 * noise])
        >>> new = EmpiricalBetaCopula().fit(codes, rng=0).sample(300, rng=1)
        >>> bool(np.corrcoef(new.T)[0, 1] > 0.9)
        True
    """

    def __init__(self, margins="kde", degree=None, bandwidth="silverman"):
        self.margins = choice("margins", margins, MARGINS)
        self.degree = count("degree", degree, also=(None, "auto"))
        self.bandwidth = choice("bandwidth", bandwidth, BANDWIDTHS)

    def _in_effect(self, options, n, d):
        degree = n if self.degree is None else self.degree
        if self.margins == "empirical":
            return {"sampler": options["sampler"], "margins": "empirical", "degree": degree}
        if degree == 1:
            return {"sampler": "independent", "bandwidth": self.bandwidth}
        return options | {"degree": degree}

    def _fewest(self, d):
        if self.degree == "auto":
            return bernstein.FOLDS, f"{bernstein.FOLDS}-fold cross-validation"
        return self.degree or 2, f"the degree {self.degree}"

    def sample_copula(self, n: int, rng=None, *, given=None) -> np.ndarray:
        """Draw `n` points of the copula, shape (n, d) in [0, 1]; arguments as `sample`."""
        n, rng = self._count(n), np.random.default_rng(rng)
        return self._copula_near(self._pick(n, rng, given), rng)

    def _fit(self, codes, rng):
        self.codes_ = codes
        if self.degree == "auto":
            self._choose_degree(rng)
        else:
            self.degree_ = len(codes) if self.degree is None else int(self.degree)

    def _look(self, codes):
        if self.margins == "kde":
            look("empirical_beta", codes, self._margins)

    def _choose_degree(self, rng):
        n = len(self.codes_)
        self.degrees_ = bernstein.degrees_to(n)
        self.log_likelihoods_ = bernstein.cross_validate(self.codes_, self.degrees_, rng)
        self.degree_ = int(self.degrees_[np.argmax(self.log_likelihoods_)])
        if self.degree_ in (1, n):
            log.warning(
                "empirical_beta: the best degree, %d, is an end of those tried, 1 to %d, where "
                "columns are %s",
                *(self.degree_, n, "independent" if self.degree_ == 1 else "tied most closely"),
            )

    def _prepare(self):
        ranks = bernstein.ranks(self.codes_)
        self._ranks = bernstein.coarsen(ranks, self.degree_)
        codes, kde = self._margin_codes(), self.margins == "kde"
        margins = smooth(codes, self.bandwidth) if kde else EmpiricalMargins(codes)
        self._margins = margins.tabulate()

    def _margin_codes(self):
        return vars(self).get("margin_codes_", self.codes_)

    def _take_margins(self, other):
        self.margins, self.bandwidth = other.margins, other.bandwidth
        self.margin_codes_ = other._margin_codes()

    def _sample(self, n, rng):
        return self._sample_near(self._pick(n, rng), rng)

    def _sample_near(self, rows, rng):
        return self._margins.ppf(self._copula_near(rows, rng))

    def _sample_with(self, columns, values, rng):
        if self.margins == "empirical":
            raise TypeError("empirical margins have no density to condition on; take kde")
        u = self._margins.cdf(values, columns).clip(INSIDE, 1 - INSIDE)
        cells = self._ranks[:, columns]

        def log_weights(rows):
            return bernstein.log_weights(rows, cells, self.degree_)

        return self._sample_near(pick(u, log_weights, len(cells), rng), rng)

    def _copula_near(self, rows, rng):
        return bernstein.draws(self._ranks[rows], self.degree_, rng)

    def _score_samples(self, codes):
        if self.margins == "empirical":
            raise TypeError("empirical margins have no density to score codes with; take kde")
        u = self._margins.cdf(codes).clip(INSIDE, 1 - INSIDE)
        density = bernstein.log_density(u, self._ranks, self.degree_)
        return density + self._margins.log_pdf(codes).sum(axis=1)
