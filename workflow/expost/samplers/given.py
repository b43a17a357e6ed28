"""What draws can be given: rows of the fitted codes to be near, or values of some columns."""

from collections.abc import Mapping
from numbers import Integral

import numpy as np

from ..io import real_arrays
from ..runtime import option_values
from ..runtime.log import log
from ..stats import checks
from .keeping import Keeping

FAR = 0.1  # of the range of a column's codes, beyond which none of many more would come


class Given(Keeping):
    """A sampler that can be told what to draw, if its class writes one of the two methods here.

    Attributes:
        extrapolates: whether its law given values beyond those of the codes is a guess.
    """

    extrapolates = True

    def _sample_near(self, rows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """Draw one code near each of these rows (m,) of the fitted codes, shape (m, d)."""
        raise TypeError(f"{type(self).__name__} cannot draw near given rows; leave out `given`")

    def _sample_with(
        self, columns: np.ndarray, values: np.ndarray, rng: np.random.Generator
    ) -> np.ndarray:
        """Draw one code for each row of values (m, k) that some columns (k,), k < d, have.

        Shape (m, d); what these columns of it hold does not matter.
        """
        raise TypeError(
            f"{type(self).__name__} cannot draw given the values of columns; take gaussian, "
            "independent, kde, gmm, vine, empirical_beta or prior, or leave out `given`"
        )

    @classmethod
    def conditions(cls) -> bool:
        """Whether samplers of this class can be given the values of columns."""
        return cls._sample_with is not Given._sample_with

    def _sample_given(self, n: int, given, rng: np.random.Generator) -> np.ndarray:
        """Draw `n` codes: any, near rows, or with the values of columns, exactly these."""
        if given is None:
            return self._sample(n, rng)
        if not isinstance(given, Mapping):
            return self._sample_near(self._pick(n, rng, given), rng)
        columns, values = self._columns(given), values_of(given, n)
        if not given:
            return self._sample(n, rng)
        if len(columns) < self.n_features_in_ or not self.conditions():
            codes = self._sample_with(columns, values, rng)
            self._warn_beyond(columns, values)
        else:
            codes = np.empty(values.shape)
        codes[:, columns] = values
        return codes

    def _warn_beyond(self, columns: np.ndarray, values: np.ndarray) -> None:
        """Log which given values (n, k) are far beyond the fitted codes in these columns (k,)."""
        if not self.extrapolates or not hasattr(self, "codes_range_"):
            return
        names = np.asarray(getattr(self, "feature_names_in_", range(self.n_features_in_))).tolist()
        for column, given in zip(columns, values.T, strict=True):
            low, high = self.codes_range_[:, column]
            beyond = np.maximum(low - given, given - high)
            if beyond.max() > FAR * (high - low):
                log.warning(
                    "%s: column %r was given the value %g, and the codes have %g to %g there: what "
                    "is drawn of the other columns is extrapolated, and may be far from any code",
                    *(type(self).__name__, names[column], given[beyond.argmax()], low, high),
                )

    def _pick(self, n: int, rng: np.random.Generator, given=None) -> np.ndarray:
        """`n` of the fitted codes' rows with replacement: of all, or of the `given` ones."""
        if given is None:
            return rng.integers(self.n_samples_fit_, size=n)
        rows = checks.rows(given, self.n_samples_fit_)
        return rows[rng.integers(len(rows), size=n)]

    def _columns(self, given: Mapping) -> np.ndarray:
        """The numbers of the columns that are given, (k,), in the order they are."""
        found = [self._column(column) for column in given]
        if len(set(found)) < len(found):
            named = ", ".join(map(repr, given))
            raise ValueError(f"got one column by two names, of {named}; give it once")
        return np.array(found, dtype=np.intp)

    def _column(self, column) -> int:
        d = self.n_features_in_
        names = list(getattr(self, "feature_names_in_", ()))
        if isinstance(column, str) and column in names:
            if (count := names.count(column)) > 1:
                raise ValueError(f"got `given` for {column!r}, which {count} columns are called")
            return names.index(column)
        number = isinstance(column, Integral) and not isinstance(column, bool)
        if number and 0 <= column < d:
            return int(column)
        by_name = f", or one of the names {', '.join(names)}" if names else ""
        raise ValueError(
            f"got `given` for the column {column!r}; wanted a number 0..{d - 1}{by_name}"
            + option_values.close(column, names)
        )


def values_of(given: Mapping, n: int) -> np.ndarray:
    """What each given column has in each draw, float64 (n, k)."""
    values = np.empty((n, len(given)))
    for j, (column, value) in enumerate(given.items()):
        value = real_arrays.real(value, f"`given` values of column {column!r}")
        if value.shape not in ((), (n,)):
            raise ValueError(
                f"got `given` values of shape {value.shape} for the column {column!r}; wanted one "
                f"number, or one for each of the {n} draws"
            )
        values[:, j] = value
        if not np.isfinite(values[:, j]).all():
            raise ValueError(
                f"got a `given` value that is not finite for the column {column!r}; leave the "
                "column out to draw it"
            )
    return values
