"""Samplers that draw rows of the fitted codes themselves."""

import numpy as np

from ..stats import checks
from .base import Sampler


class Picking(Sampler):
    """Rows of the fitted codes, without replacement while they last.

    Past n_samples_fit_ draws every row is used again, in a fresh order. A leaf says whose rows they
    are and what stands for them.

    Attributes:
        codes_: the fitted codes, shape (n, d).
    """

    needs_spread = False

    def _fit(self, codes, rng):
        self.codes_ = codes

    def _sample(self, n, rng):
        return self.codes_[self._rows(n, rng)]

    def sample_rows(self, n: int, rng=None, *, given: np.ndarray | None = None) -> np.ndarray:
        """The rows, int64 of shape (n,), whose codes `sample(n, rng)` returns for the same `rng`.

        Args:
            n: how many, at least 1.
            rng: None, a seed or a `numpy.random.Generator` (SPEC 7).
            given: take these rows only: row numbers, or a boolean mask (n_samples_fit_,).

        Raises:
            TypeError: `n` is no integer.
            ValueError: `n` < 1, or rows that were not fitted.
            RuntimeError: not fitted yet.
        """
        return self._rows(self._count(n), np.random.default_rng(rng), given)

    def _rows(self, n, rng, given=None):
        some = np.arange(self.n_samples_fit_)
        if given is not None:
            some = checks.rows(given, self.n_samples_fit_)
        rounds = -(-n // len(some))
        return np.concatenate([rng.permutation(some) for _ in range(rounds)])[:n]
