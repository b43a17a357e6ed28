"""Standard normal distribution: what variational autoencoders are sampled from."""

import numpy as np

from .base import Sampler


class Prior(Sampler):
    """Standard normal distribution N(0, I) in the codes' dimension, whatever the codes.

    A baseline: for a plain autoencoder nothing pulls the codes towards it.

    Example:
        >>> import numpy as np
        >>> from expost import Prior
        >>> codes = np.full((10, 2), 50.0)
        >>> bool(np.abs(Prior().fit(codes).sample(100, rng=0)).max() < 5)
        True
    """

    needs_spread = False
    extrapolates = False  # its law is none of the codes'

    def _fit(self, codes, rng):
        pass

    def _sample(self, n, rng):
        return rng.standard_normal((n, self.n_features_in_))

    def _sample_with(self, columns, values, rng):
        return self._sample(len(values), rng)

    def _score_samples(self, codes):
        return -0.5 * (codes**2 + np.log(2 * np.pi)).sum(axis=1)
