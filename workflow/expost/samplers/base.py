"""What every sampler of latent codes promises, and the checks that hold it to that."""

from abc import ABC, abstractmethod
from typing import Literal, Self

import numpy as np

from . import checks
from .recombining import Recombining


class Sampler(Recombining, ABC):
    """A distribution of latent codes: fit it to some, draw new ones.

    A leaf writes a constructor that only stores its options, `_fit` and `_sample`, if it has a
    density `_score_samples`, if it can draw near given rows `_sample_near`, if it is a copula with
    margins `_take_margins`, and overrides nothing public; the checks below then hold for all.
    What `_fit` learns it keeps in attributes that end in `_`, each an array, a number or a
    string: `save` writes those and nothing else. What can be derived from them (tables,
    networks) is made in `_prepare`, which runs after a fit and after a load alike.

    Attributes:
        source: whose codes it is fitted on, those of `train` or of `held_out` images.
        shows: what stands for a draw, the `decoded` code or the `originals` themselves.
        needs_spread: whether a constant column is refused. `prior`, `reconstruction`,
            `copy` and `held_out` do without spread; all others estimate a scale per column.
        libraries: modules that fitting and drawing import when first needed; who measures their
            time imports these before.
        n_features_in_: number of dimensions d of the fitted codes.
        n_samples_fit_: number n of fitted codes.

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

    source: Literal["train", "held_out"] = "train"
    shows: Literal["decoded", "originals"] = "decoded"
    needs_spread = True
    libraries: tuple[str, ...] = ()

    def fit(self, codes: np.ndarray, rng=None) -> Self:
        """Fit to codes, forgetting any earlier fit.

        Args:
            codes: latent codes, shape (n, d) with n >= 2, any real dtype.
            rng: None, a seed or a `numpy.random.Generator` (SPEC 7).

        Raises:
            TypeError: the codes are not real numbers.
            ValueError: their shape, number or values do not allow a fit.
        """
        for name in list(self._state()):
            delattr(self, name)
        codes = checks.real(codes)
        if codes.ndim != 2 or codes.shape[1] < 1:
            raise ValueError(f"codes must have shape (n, d), got {codes.shape}")
        self._need(len(codes), 2, "a fit")
        checks.finite(codes)
        constant = np.flatnonzero(np.ptp(codes, axis=0) == 0)
        if self.needs_spread and constant.size:
            raise ValueError(
                f"{constant.size} of {codes.shape[1]} columns of the codes are constant "
                f"({checks.listed(constant)}), and {type(self).__name__} needs spread in each; "
                "train with a smaller latent size, or leave these columns out"
            )
        self._fit(codes, np.random.default_rng(rng))
        self._prepare()
        self.n_samples_fit_, self.n_features_in_ = codes.shape
        return self

    def sample(self, n: int, rng=None, *, given: np.ndarray | None = None) -> np.ndarray:
        """Draw `n` codes.

        Args:
            n: how many, at least 1.
            rng: None, a seed or a `numpy.random.Generator` (SPEC 7).
            given: draw near these rows of the fitted codes only (targeted sampling, `kde`
                and `empirical_beta`): row numbers, or a boolean mask of shape (n_samples_fit_,).

        Returns:
            New codes, shape (n, d), float64.

        Raises:
            TypeError: `n` is no integer, or this sampler cannot be given rows.
            ValueError: `n` < 1, or rows that were not fitted.
            RuntimeError: not fitted yet, or the fit is so poor that draws are not finite.
        """
        n = self._count(n)
        rng = np.random.default_rng(rng)
        if given is None:
            codes = self._sample(n, rng)
        else:
            codes = self._sample_near(self._pick(n, rng, given), rng)
        if codes.shape != (n, self.n_features_in_) or not np.isfinite(codes).all():
            raise RuntimeError(
                f"{type(self).__name__} drew shape {codes.shape} with "
                f"{(~np.isfinite(codes)).sum()} values that are not finite; wanted "
                f"{(n, self.n_features_in_)}, all finite. Look at the scale of the fitted codes"
            )
        return codes

    def score_samples(self, codes: np.ndarray) -> np.ndarray:
        """Log-density of codes of shape (m, d) under the fitted distribution, shape (m,).

        Raises:
            TypeError: this sampler has no density.
            ValueError: wrong shape, or values that are not finite.
            RuntimeError: not fitted yet.
        """
        self._check_fitted()
        codes = checks.real(codes)
        if codes.ndim != 2 or codes.shape[1] != self.n_features_in_:
            raise ValueError(f"codes must have shape (m, {self.n_features_in_}), got {codes.shape}")
        checks.finite(codes)
        return self._score_samples(codes)

    @abstractmethod
    def _fit(self, codes: np.ndarray, rng: np.random.Generator) -> None:
        """Learn from checked float64 codes (n, d), a copy that may be kept."""

    @abstractmethod
    def _sample(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """Draw float64 codes (n, d)."""

    def _sample_near(self, rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Draw one code near each of these rows (m,) of the fitted codes, shape (m, d)."""
        raise TypeError(f"{type(self).__name__} cannot draw near given rows; leave out `given`")

    def _score_samples(self, codes: np.ndarray) -> np.ndarray:
        """Log-density at checked float64 codes (m, d), shape (m,)."""
        raise TypeError(f"{type(self).__name__} has no density to score codes with")

    def _need(self, got: int, wanted: int, purpose: str) -> None:
        if got < wanted:
            raise ValueError(
                f"too few codes: {type(self).__name__} got {got}, {purpose} needs at least {wanted}"
            )

    def _count(self, n: int) -> int:
        self._check_fitted()
        return checks.count(n)

    def _pick(self, n: int, rng: np.random.Generator, given=None) -> np.ndarray:
        """`n` of the fitted codes' rows with replacement: of all, or of the `given` ones."""
        if given is None:
            return rng.integers(self.n_samples_fit_, size=n)
        rows = checks.rows(given, self.n_samples_fit_)
        return rows[rng.integers(len(rows), size=n)]
