"""A sampler for each class of codes."""

from collections.abc import Mapping

import numpy as np

from ..runtime import option_values
from ..stats import checks
from . import SAMPLERS, build
from .base import Sampler
from .class_fits import labels, named
from .given import values_of
from .keeping import Keeping


class PerClass(Keeping):
    """Any sampler, fitted to the codes of each class alone.

        f(z) = Σ_c p_c f_c(z),   p_c the share of class c among the codes

    Draws are of one class, of given ones, or of all in their shares, whatever the sampler.

    Args:
        of: the sampler, not fitted, or its name where it has its defaults.

    Attributes:
        classes_: the labels c, in ascending order, shape (k,).
        counts_: how many codes each has, shape (k,).

    Example:
        >>> import numpy as np
        >>> from expost import Gaussian, PerClass
        >>> codes = np.random.default_rng(0).normal(size=(100, 2))
        >>> codes[:50] += 9
        >>> by = np.repeat(["far", "near"], 50)
        >>> new = PerClass(Gaussian()).fit(codes, by=by).sample(20, rng=0, given_class="far")
        >>> bool(new.min() > 4)
        True
    """

    def __init__(self, of="empirical_beta"):
        if not isinstance(of, Sampler) and not (isinstance(of, str) and of in SAMPLERS):
            raise ValueError(
                f"got of {of!r}; wanted a sampler, as GMM(n_components=3), or the name of one: "
                f"{', '.join(SAMPLERS)}"
            )
        self.of = of

    def fit(self, codes: np.ndarray, rng=None, *, by, look: bool = True) -> "PerClass":
        """Fit to codes, class by class in ascending order, forgetting any earlier fit.

        Args:
            codes: latent codes, shape (n, d), as of `Sampler.fit`.
            rng: None, a seed or a `numpy.random.Generator` (SPEC 7).
            by: labels, shape (n,): whole numbers, texts or truth values.
            look: whether to `Sampler.look` at each fit.

        Raises:
            TypeError: the codes are not real numbers, or the labels are of other types.
            ValueError: the sampler cannot be fitted to the codes of a class, which may be too few;
                says which class. Or there is not a label for each code.
        """
        self._forget()
        self._keep_names(codes)
        codes, rng = checks.finite(checks.real(codes, "(n, d)")), np.random.default_rng(rng)
        of_each = labels(by, len(codes))
        self.classes_, self.counts_ = np.unique(of_each, return_counts=True)
        classes = list(zip(self.classes_.tolist(), self.counts_.tolist(), strict=True))
        for label, count in classes:  # before any is fitted, which may take long
            with named(label, count):
                self._new().check_shape(count, codes.shape[1])
        for i, (label, count) in enumerate(classes):
            with named(label, count):
                one = self._new().fit(codes[of_each == label], rng, look=look)
            for name, value in one._state().items():
                setattr(self, f"class{i}_{name}", value)
        self.n_samples_fit_, self.n_features_in_ = codes.shape
        self._prepare()
        return self

    def sample(self, n: int, rng=None, *, given_class=None, given=None) -> np.ndarray:
        """Draw `n` codes, shape (n, d), float64; `n` and `rng` as of `Sampler.sample`.

        Args:
            n: how many.
            rng: used for the draws.
            given_class: a label, or one for each draw, shape (n,); None for all classes, each as
                likely as it is among the fitted codes.
            given: a mapping from columns to values, as of `Sampler.sample`; with a class only.

        Raises:
            TypeError, ValueError, RuntimeError: as `Sampler.sample`, or there is no such class.
        """
        self._check_fitted()
        n, rng = checks.count(n), np.random.default_rng(rng)
        if given is not None and (given_class is None or not isinstance(given, Mapping)):
            raise ValueError(
                "got `given` for draws per class; wanted a mapping from columns to values, and a "
                "`given_class` beside it"
            )
        which, columns = self._which(n, rng, given_class), values_of(given or {}, n)
        codes = np.empty((n, self.n_features_in_))
        for i in np.unique(which):
            mine = which == i
            values = given and dict(zip(given, columns[mine].T, strict=True))
            codes[mine] = self._fitted[i].sample(int(mine.sum()), rng, given=values)
        return codes

    def sample_labels(self, n: int, rng=None) -> np.ndarray:
        """The labels, shape (n,), of the codes that `sample(n, rng)` returns for the same `rng`."""
        self._check_fitted()
        return self.classes_[self._which(checks.count(n), np.random.default_rng(rng), None)]

    def score_samples(self, codes: np.ndarray, *, given_class=None) -> np.ndarray:
        """Log-density of codes of shape (m, d), of one class or of all in their shares, (m,).

        Raises:
            TypeError: this sampler has no density.
            ValueError: wrong shape, values that are not finite, or an unknown class.
            RuntimeError: not fitted yet.
        """
        self._check_fitted()
        self._check_names(codes)
        if given_class is not None:
            return self._fitted[self._index(given_class)].score_samples(codes)
        shares = np.log(self.counts_ / self.n_samples_fit_)
        logs = [s + one.score_samples(codes) for s, one in zip(shares, self._fitted, strict=True)]
        return np.logaddexp.reduce(logs, axis=0)

    def _new(self) -> Sampler:
        return build(self.of) if isinstance(self.of, str) else type(self.of)(**self.of.get_params())

    def _prepare(self):
        self._fitted = []
        for i in range(len(self.classes_)):
            start = f"class{i}_"
            state = {k: np.asarray(v) for k, v in self._state().items() if k.startswith(start)}
            one = self._new()
            one.restore({key.removeprefix(start): value for key, value in state.items()})
            if hasattr(self, "feature_names_in_"):
                one.feature_names_in_ = self.feature_names_in_
            self._fitted.append(one)

    def _which(self, n, rng, given_class):
        if given_class is None:
            return rng.choice(len(self.classes_), size=n, p=self.counts_ / self.n_samples_fit_)
        if np.ndim(given_class) == 0:
            return np.full(n, self._index(given_class))
        wanted = labels(given_class, n).tolist()
        places = {label: self._index(label) for label in dict.fromkeys(wanted)}
        return np.array([places[label] for label in wanted])

    def _index(self, label) -> int:
        known = self.classes_.tolist()
        if label not in known:
            raise ValueError(
                f"got given_class {label!r}; fitted were {', '.join(map(repr, known))}"
                + option_values.close(label, [one for one in known if isinstance(one, str)])
            )
        return known.index(label)
