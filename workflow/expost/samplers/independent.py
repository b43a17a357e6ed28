"""Independent margins: what the codes' dependence is worth."""

from .base import Sampler
from .margins import KDEMargins


class Independent(Sampler):
    """Each column drawn by itself from its kernel density; dependence is dropped.

        f(z) = Πⱼ fⱼ(zⱼ)

    Attributes:
        codes_: the fitted codes, shape (n, d).
    """

    def _fit(self, codes, rng):
        self.codes_ = codes

    def _prepare(self):
        self._margins = KDEMargins(self.codes_)

    def _sample(self, n, rng):
        return self._margins.sample(n, rng)

    def _score_samples(self, codes):
        return self._margins.log_pdf(codes).sum(axis=1)
