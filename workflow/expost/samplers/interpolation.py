"""Between two codes: whether what lies there still decodes to images."""

import numpy as np

from ..runtime.option_values import choice
from .base import Sampler
from .numerics import spherical


class Interpolation(Sampler):
    """Midpoints of random pairs of the fitted codes, on the arc between them as seen from 0.

        z = (sin(w / 2) / sin w) (a + b),   w the angle between a and b

    The codes are not centred before. The pairs are the neighbours in a random circle of all codes,
    so that no code is paired with itself: of the first n // 2 pairs of n codes none shares a code,
    up to n each code is in at most two, and after that a fresh circle begins. Parallel codes have
    their mean between them (see `numerics.spherical.between`).

    A control without a density: whether codes between others still decode to images.

    Args:
        source: whose codes the pipeline fits it to, those of `train` or of `validation` images.

    Attributes:
        codes_: the fitted codes, shape (n, d).

    Raises:
        ValueError: from `sample`, if two codes of a pair lie opposite each other, where no arc is
            the shortest. In one dimension all codes of different signs do: d >= 2.

    References:
        Ghosh et al. (2020), "From variational to deterministic autoencoders", ICLR; White (2016),
        "Sampling generative networks", arXiv:1609.04468.

    Example:
        >>> import numpy as np
        >>> from expost import Interpolation
        >>> corners = np.array([[1.0, 0.0], [0.0, 1.0]])
        >>> Interpolation().fit(corners).sample(1, rng=0).round(4).tolist()
        [[0.7071, 0.7071]]
    """

    needs_spread = False
    fewest_columns = 2

    def __init__(self, source="validation"):
        self.source = choice("source", source, ("train", "validation"))

    def _fit(self, codes, rng):
        self.codes_ = codes

    def _sample(self, n, rng):
        starts, ends = self._pairs(n, rng).T
        return spherical.between(self.codes_[starts], self.codes_[ends], 0.5)

    def sample_pairs(self, n: int, rng=None) -> np.ndarray:
        """The rows of the fitted codes between which `sample(n, rng)` draws, int64 (n, 2).

        Args:
            n: how many, at least 1.
            rng: None, a seed or a `numpy.random.Generator` (SPEC 7).

        Raises:
            TypeError: `n` is no integer.
            ValueError: `n` < 1.
            RuntimeError: not fitted yet.
        """
        return self._pairs(self._count(n), np.random.default_rng(rng))

    def _pairs(self, n, rng):
        fitted = self.n_samples_fit_
        places = np.concatenate([np.arange(0, fitted, 2), np.arange(1, fitted, 2)])
        found = []
        for _ in range(-(-n // fitted)):
            circle = rng.permutation(fitted)
            found.append(np.stack([circle[places], circle[(places + 1) % fitted]], axis=1))
        return np.concatenate(found)[:n]
