"""A look at a fit: whether draws are much wider than the codes."""

import numpy as np

from ..runtime import threads
from ..stats import checks
from .numerics import scales


class Looking:
    """Logs where the draws of a sampler are more than twice as wide as the codes it was fitted to.

    A leaf says in `too_wide` what to do then, and draws are compared; or it writes `_look`.
    """

    too_wide = ""

    def look(self, codes: np.ndarray) -> None:
        """Log in which columns the bulk of the draws is too wide, if it is in any.

        Args:
            codes: those it was fitted to, (n, d).
        """
        self._check_fitted()
        codes = checks.real(codes, "(n, d)", self.n_features_in_)
        with threads.held():
            self._look(codes)

    def _look(self, codes: np.ndarray) -> None:
        if self.too_wide:
            scales.look_at_draws(self, codes)
