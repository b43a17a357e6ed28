"""The fitted codes again: what decoding alone costs."""

from ..runtime.option_values import choice
from .picking import Picking


class Reconstruction(Picking):
    """Rows of the fitted codes, without replacement while they last.

    Decoded they are reconstructions. Those of training images are the best that a perfect sampler
    of these codes could show; those of validation images also say what the autoencoder makes of
    images that it was not trained on.

    Args:
        source: whose codes the pipeline fits it to, those of `train` or of `validation` images.

    Example:
        >>> import numpy as np
        >>> from expost import Reconstruction
        >>> codes = np.arange(8.0).reshape(4, 2)
        >>> sorted(Reconstruction().fit(codes).sample(4, rng=0).tolist()) == codes.tolist()
        True
    """

    def __init__(self, source="train"):
        self.source = choice("source", source, ("train", "validation"))
