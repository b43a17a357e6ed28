"""Independent margins: what the codes' dependence is worth."""

from ..runtime.option_values import choice
from .base import Sampler
from .numerics import scales
from .numerics.margins import KDEMargins


class Independent(Sampler):
    """Each column drawn by itself from its kernel density; dependence is dropped.

        f(z) = Πⱼ fⱼ(zⱼ)

    With other margins nothing of these codes is left: `with_margins_of` draws what the other one
    does, which shows what margins do alone.

    Args:
        scale: what the bandwidths are multiples of, as in `KDEMargins`: `sd`, or `robust` where
            there are heavy tails or single codes far away, which the log says.

    Attributes:
        codes_: the fitted codes, shape (n, d), or those of the other margins.

    Example:
        >>> import numpy as np
        >>> from expost import Independent
        >>> x = np.random.default_rng(0).normal(size=200)
        >>> new = Independent().fit(np.column_stack([x, x])).sample(2000, rng=1)
        >>> bool(abs(np.corrcoef(new.T)[0, 1]) < 0.1)
        True
    """

    def __init__(self, scale="sd"):
        self.scale = choice("scale", scale, scales.RULES)

    def _fit(self, codes, rng):
        self.codes_ = codes

    def _prepare(self):
        self._margins = KDEMargins(self.codes_, self.scale)

    def _look(self, codes):
        self._margins.warn("independent")

    def _take_margins(self, other):
        self.codes_, self.scale = other.codes_, other.scale

    def _sample(self, n, rng):
        return self._margins.sample(n, rng)

    def _sample_with(self, columns, values, rng):
        return self._sample(len(values), rng)

    def _score_samples(self, codes):
        return self._margins.log_pdf(codes).sum(axis=1)
