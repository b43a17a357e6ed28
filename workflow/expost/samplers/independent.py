"""Independent margins: what the codes' dependence is worth."""

from ..runtime.option_values import choice
from .base import Sampler
from .numerics.score_margins import BANDWIDTHS, look, smooth


class Independent(Sampler):
    """Each column drawn by itself from its kernel density; dependence is dropped.

        f(z) = Πⱼ fⱼ(zⱼ)

    With other margins nothing of these codes is left: `with_margins_of` draws what the other one
    does, which shows what margins do alone.

    Args:
        bandwidth: of the kernels. `silverman` is one for each column (`KDEMargins`), a multiple of
            its standard deviation. `robust` is one in nearly normal scores (`ScoreMargins`), for
            heavy tails, skewness or single codes far away, which the log says.

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

    extrapolates = False  # other columns do not hang on the given ones

    def __init__(self, bandwidth="silverman"):
        self.bandwidth = choice("bandwidth", bandwidth, BANDWIDTHS)

    def _fit(self, codes, rng):
        self.codes_ = codes

    def _prepare(self):
        self._margins = smooth(self.codes_, self.bandwidth)

    def _look(self, codes):
        look("independent", codes, self._margins)

    def _take_margins(self, other):
        self.codes_, self.bandwidth = other.codes_, other.bandwidth

    def _sample(self, n, rng):
        return self._margins.sample(n, rng)

    def _sample_with(self, columns, values, rng):
        return self._sample(len(values), rng)

    def _score_samples(self, codes):
        return self._margins.log_pdf(codes).sum(axis=1)
