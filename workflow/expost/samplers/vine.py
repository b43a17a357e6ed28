"""Vine copula of nonparametric or normal pair copulas."""

import numpy as np

from ..runtime.log import log
from ..runtime.option_values import choice, count, places
from ..runtime.threads import limited
from .base import Sampler
from .numerics import conditional_vine, scales, vine_json, vine_trees
from .numerics.column_scores import ColumnScores, Identity

REMEDY = "its margins do not suit heavy tails, skewness or codes far away: take bandwidth='robust'"
MULTIPLIER = {"plug_in": 1.0, "robust": 0.5}  # of kde1d's bandwidth: scores are smooth already
FAMILIES = ("tll", "gaussian")


class Vine(Sampler):
    """Regular vine of pair copulas, with kernel-density margins.

        f(z) = Πⱼ fⱼ(zⱼ) · Π_edges c_ab|D(F_a|D, F_b|D)

    Trees are chosen by Kendall's tau (Dissmann's algorithm), margins fitted by kde1d; all of it
    is pyvinecopulib's. Time grows with the number of pairs, codes and squared grid points. Lower
    values of the options and normal pairs are faster; `benchmarks` says at what loss. Fits do not
    depend on the number of threads (`runtime.threads`), draws from normal pairs only by rounding.
    The log says where a margin is twice as wide as the bulk of its column, or shifted.

    Args:
        truncation: number of trees kept; None for all d - 1. Those above are taken for
            independence: 0 leaves independent margins.
        family: of all pair copulas. `tll`, transformed local likelihood on a grid, follows any
            dependence; `gaussian`, with Kendall's tau inverted, follows correlations only.
        grid: points along each side of a `tll` pair's grid, at least 3.
        bandwidth: of the margins. `plug_in` is kde1d's for each column. `robust` is half of it, in
            nearly normal scores of the column (`numerics.normal_scores`), for heavy tails, skewness
            or single codes far away, which the log says.
        conditioning_set: columns, counted from 0 or by a data frame's names, whose values draws
            will be `given` together. Any one column can be given, but several only if the trees
            have an order that begins with them, which these trees then have; None for the trees
            that Dissmann's algorithm chooses by itself, which may have it too.

    Attributes:
        json_: the fitted distribution in pyvinecopulib's JSON, UTF-8 bytes as uint8; that of the
            scores, if these are used.
        codes_: the fitted codes, shape (n, d); only with the bandwidth `robust`.

    References:
        Dissmann, Brechmann, Czado & Kurowicka (2013), "Selecting and estimating regular vine
        copulae and application to financial returns", Computational Statistics & Data Analysis 59.
        Tagasovska, Ackerer & Vatter (2019), "Copulas as high-dimensional generative models:
        vine copula autoencoders", NeurIPS.

    Example:
        >>> import numpy as np
        >>> from expost import Vine
        >>> x, y, noise = np.random.default_rng(0).normal(size=(3, 100))
        >>> vine = Vine(truncation=1).fit(np.column_stack([x, y, x + 0.1 * noise]))
        >>> [1, 3] in [edge["conditioned"] for edge in vine.trees()[0]]
        True
    """

    libraries = ("pyvinecopulib", "array_api_compat.numpy")

    def __init__(
        self, truncation=15, family="tll", grid=30, bandwidth="plug_in", conditioning_set=None
    ):
        self.truncation = count("truncation", truncation, least=0, also=(None,))
        self.family = choice("family", family, FAMILIES)
        self.grid = count("grid", grid, least=3, most=1000)
        self.bandwidth = choice("bandwidth", bandwidth, MULTIPLIER)
        self.conditioning_set = places("conditioning_set", conditioning_set)

    def _in_effect(self, options, n, d):
        trees = self._kept(d)
        unused = {"grid"} if self.family == "gaussian" else set()
        unused |= set() if trees else {"grid", "family", "conditioning_set"}
        return {k: v for k, v in options.items() if k not in unused} | {"truncation": trees}

    def _kept(self, d: int) -> int:
        """The number of trees of codes in d dimensions."""
        return d - 1 if self.truncation is None else min(self.truncation, d - 1)

    def _fewest(self, d):
        conditional_vine.conditioning_set(self, d)  # refuses what cannot be
        return super()._fewest(d)

    def trees(self) -> list[list[dict]]:
        """Trees T1, T2, ... of the fitted vine, each the list of its edges: `vine_trees.edges`.

        Raises:
            RuntimeError: not fitted yet.
        """
        self._check_fitted()
        return vine_trees.edges(self._vine.vinecop)

    def _fit(self, codes, rng):
        import pyvinecopulib as pv

        controls = pv.FitControlsVinecop(
            family_set=[getattr(pv.BicopFamily, self.family)],
            parametric_method="itau" if self.family == "gaussian" else "mle",
            nonparametric_grid_size=self.grid,
            num_threads=limited(),
        )
        if self.truncation is not None:
            controls.trunc_lvl = self.truncation
        n, d = codes.shape
        controls.conditioning_set = [c + 1 for c in conditional_vine.conditioning_set(self, d)]
        trees = self._kept(d)
        pairs = trees * (2 * d - trees - 1) // 2
        log.info("vine: fitting %d margins and %d pairs to %d codes", d, pairs, n)
        if self.bandwidth == "robust":
            self.codes_ = codes
        narrow = pv.core.FitControlsKde1d(multiplier=MULTIPLIER[self.bandwidth])
        scores = self._measure().scores(codes)
        self._keep(pv.Vinedist.from_data(scores, controls=controls, margin_controls=narrow))

    def _look(self, codes):
        # Their grid is even and has 401 points, too few where single codes are far away.
        quantiles = np.column_stack([m.icdf(scales.LEVELS) for m in self._vine.margins])
        scales.warn_of_quantiles("vine", codes, self._measured.codes(quantiles), REMEDY)

    def _keep(self, vine):
        self.json_ = np.frombuffer(vine.to_json().encode(), dtype=np.uint8)

    def _measure(self):
        """What the margins are smooth in: the scores of each column, or codes as they are."""
        return ColumnScores(self.codes_) if self.bandwidth == "robust" else Identity()

    def _take_margins(self, other):
        import pyvinecopulib as pv

        self._keep(pv.Vinedist(self._vine.vinecop, other._vine.margins))
        self.bandwidth = other.bandwidth
        if self.bandwidth == "robust":
            self.codes_ = other.codes_
        else:
            vars(self).pop("codes_", None)

    def _prepare(self):
        import pyvinecopulib as pv

        # Read back even right after the fit, so that a saved vine draws the very same codes.
        text = self.json_.tobytes().decode()
        vine_json.check(text)
        self._vine = pv.Vinedist.from_json(text)
        self._measured = self._measure()

    def _sample(self, n, rng):
        seeds = rng.integers(2**31, size=5).tolist()
        drawn = self._vine.sample(n, num_threads=limited(), seeds=seeds)
        return np.ascontiguousarray(self._measured.codes(drawn))

    def _sample_with(self, columns, values, rng):
        seeds = rng.integers(2**31, size=5).tolist()
        return conditional_vine.sample(self._vine, self._measured, columns, values, seeds)

    def _score_samples(self, codes):
        slopes = self._measured.log_slopes(codes).sum(axis=1)
        return self._vine.logpdf(self._measured.scores(codes)) + slopes
