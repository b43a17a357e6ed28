"""What every sampler of latent codes promises, and the checks that hold it to that."""

from abc import ABC, abstractmethod
from typing import ClassVar, Literal, Self

import numpy as np

from ..runtime import extras, registry, threads
from ..stats import checks
from .given import Given
from .looking import Looking
from .recombining import Recombining


class Sampler(Looking, Given, Recombining, ABC):
    """A distribution of latent codes: fit it to some, draw new ones.

    A leaf writes a constructor that refuses impossible options (`runtime.option_values`) and stores
    the others as they are, `_fit` and `_sample`, if it has a density `_score_samples`, if it can
    draw near given rows `_sample_near`, if it knows its law given the values of columns
    `_sample_with`, if it is a copula with margins `_take_margins`, if it wants more than two codes
    `_fewest`, if options can have no effect `_in_effect`, and overrides nothing public; the checks
    below then hold for all. What `_fit` learns it keeps in attributes that end in `_`, each an
    array, a number or a string: `save` writes those alone. What can be derived from them (tables,
    networks) is made in `_prepare`, after a fit and after a load alike.

    Attributes:
        source: whose codes it is fitted on, `train`, `validation` or `held_out` images.
        shows: what stands for a draw, the `decoded` code or the `originals` themselves.
        fewest_columns: the least number of dimensions that it can be fitted to.
        published: study -> options with which its paper has this sampler, where not the defaults.
        needs_spread: whether a constant column is refused, as a scale is estimated of each.
        too_wide: what to do where its draws are much wider than the codes; see `Looking`.
        libraries: modules that fitting and drawing import when first needed; who measures their
            time imports these before.
        n_features_in_: number of dimensions d of the fitted codes.
        n_samples_fit_: number n of fitted codes.
        codes_range_: the least and the largest value of each of their columns, shape (2, d).

    Example:
        >>> import numpy as np
        >>> from expost import Sampler
        >>> class Bootstrap(Sampler):
        ...     def _fit(self, codes, rng):
        ...         self.codes_ = codes
        ...     def _sample(self, n, rng):
        ...         return self.codes_[self._pick(n, rng)]
        >>> Bootstrap().fit(np.eye(2)).sample(3, rng=0).shape
        (3, 2)
    """

    source: Literal["train", "validation", "held_out"] = "train"
    shows: Literal["decoded", "originals"] = "decoded"
    needs_spread = True
    fewest_columns = 1
    published: ClassVar[dict[str, dict]] = {}
    libraries: tuple[str, ...] = ()

    def fit(self, codes: np.ndarray, rng=None, *, look: bool = True) -> Self:
        """Fit to codes, forgetting any earlier fit.

        Args:
            codes: latent codes, shape (n, d) with n >= 2, as `io.real_arrays.real` can read.
            rng: None, a seed or a `numpy.random.Generator` (SPEC 7).
            look: whether to `look` at the fit, which takes time that is none of the fit's.

        Raises:
            TypeError: the codes are not real numbers.
            ValueError: their shape, number or values do not allow a fit, or an option was changed
                to what the constructor refuses.
            ModuleNotFoundError: a package that it needs is not installed.
        """
        self._forget()
        self._keep_names(codes)
        names = getattr(self, "feature_names_in_", None)
        codes = checks.real(codes, "(n, d)")
        self.check_shape(*codes.shape)
        checks.finite(codes, names)
        if self.needs_spread:
            checks.spread(codes, type(self).__name__, names)
        ends = np.stack([codes.min(axis=0), codes.max(axis=0)])
        extras.check(type(self).__name__, self.libraries)
        registry.preload(self.libraries)  # or they would be loaded with all their threads
        with threads.held():
            self._fit(codes, np.random.default_rng(rng))
            self._prepare()
        self.n_samples_fit_, self.n_features_in_ = codes.shape
        self.codes_range_ = ends
        if look:
            self.look(codes)
        return self

    def sample(self, n: int, rng=None, *, given=None) -> np.ndarray:
        """Draw `n` codes.

        Args:
            n: how many, at least 1.
            rng: None, a seed or a `numpy.random.Generator` (SPEC 7).
            given: draw near these rows of the fitted codes only (targeted sampling, `kde`
                and `empirical_beta`): row numbers, or a boolean mask of shape (n_samples_fit_,).
                Or draw from the conditional law (samplers that `conditions()`): a mapping from
                columns, numbers or a data frame's names, to their values, one or (n,) each. The
                log warns of values far beyond those of the codes, where the law is a guess.

        Returns:
            New codes, shape (n, d), float64.

        Raises:
            TypeError: `n` is no integer, or this sampler cannot be given what is given.
            ValueError: `n` < 1, or rows, columns or values that cannot be.
            RuntimeError: not fitted yet, or the fit is so poor that draws are not finite.
        """
        n = self._count(n)
        rng = np.random.default_rng(rng)
        with threads.held():
            codes = self._sample_given(n, given, rng)
        return checks.drawn(codes, (n, self.n_features_in_), type(self).__name__)

    def score_samples(self, codes: np.ndarray) -> np.ndarray:
        """Log-density of codes of shape (m, d) under the fitted distribution, shape (m,).

        Raises:
            TypeError: this sampler has no density.
            ValueError: wrong shape, values that are not finite, or columns of other names.
            RuntimeError: not fitted yet.
        """
        self._check_fitted()
        self._check_names(codes)
        d = self.n_features_in_
        codes = checks.finite(checks.real(codes, f"(m, {d})", d))
        with threads.held():
            return self._score_samples(codes)

    def check_shape(self, n: int, d: int) -> None:
        """Refuse codes of a shape (n, d) that these options cannot be fitted to, before any are."""
        checks.columns(d, self.fewest_columns, type(self).__name__)
        checks.enough(n, *max((2, "a fit"), self._fewest(d)), type(self).__name__)

    def _fewest(self, d: int) -> tuple[int, str]:
        """The fewest codes in d dimensions that these options can be fitted to, and what for."""
        return 2, "a fit"

    @abstractmethod
    def _fit(self, codes: np.ndarray, rng: np.random.Generator) -> None:
        """Learn from checked float64 codes (n, d), a copy that may be kept."""

    @abstractmethod
    def _sample(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """Draw float64 codes (n, d)."""

    def _score_samples(self, codes: np.ndarray) -> np.ndarray:
        """Log-density at checked float64 codes (m, d), shape (m,)."""
        raise TypeError(f"{type(self).__name__} has no density to score codes with")

    def _count(self, n: int) -> int:
        self._check_fitted()
        return checks.count(n)
