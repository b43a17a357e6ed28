"""The law that codes follow which were matched to N(0, I) by a kernel density of themselves."""

import numpy as np

from ..divergences import bandwidth
from ..divergences.targets import Mixture
from ..objectives import gen_target
from ..runtime.option_values import count
from .base import Sampler


class ShrunkPrior(Sampler):
    """Normal distribution N(0, (1 - h²) I) in the codes' dimension, whatever the codes.

    Codes that the objective `gen` has trained to have no derivative left follow it, h being the
    bandwidth of its kernels: their density is that of the codes, blurred by them, and is to be
    N(0, I). In the pipeline `kernels` is what the autoencoder was trained with.

    Args:
        kernels: how many h is the best bandwidth of, see `divergences.bandwidth`; as many as carry
            one below 1.

    Attributes:
        scale_: √(1 - h²).

    References:
        Saha, Elhabian & Whitaker (2020), "GENs: generative encoding networks", section 4.

    Example:
        >>> import numpy as np
        >>> from expost import ShrunkPrior
        >>> codes = np.full((10, 8), 50.0)
        >>> float(ShrunkPrior(kernels=500).fit(codes).scale_.round(1))  # h is 0.7
        0.7
    """

    needs_spread = False
    extrapolates = False  # its law is none of the codes'
    libraries = ("scipy.optimize",)
    of_training = "kernels"  # the option that a study leaves to the autoencoder's training

    def __init__(self, kernels=gen_target.SAMPLE):
        self.kernels = count("kernels", kernels, least=2)

    def check_shape(self, n, d):
        """Refuse as every sampler does, and codes too long for so many kernels."""
        super().check_shape(n, d)
        bandwidth.check_size(d, self.kernels)

    def _fit(self, codes, rng):
        d = codes.shape[1]
        h = gen_target.bandwidth(d, self.kernels, Mixture.standard_normal(d))
        self.scale_ = np.float64(np.sqrt(1 - h**2))

    def _sample(self, n, rng):
        return self.scale_ * rng.standard_normal((n, self.n_features_in_))

    def _score_samples(self, codes):
        scaled = codes / self.scale_
        constant = np.log(2 * np.pi) + 2 * np.log(self.scale_)
        return -0.5 * (scaled**2 + constant).sum(axis=1)
