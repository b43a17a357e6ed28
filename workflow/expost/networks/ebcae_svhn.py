"""The layers of the EBCAE paper's networks for SVHN (Appendix D.2)."""

from .ebcae_mnist import MNIST


class SVHN(MNIST):
    """Twice as wide, with a linear layer of 100 before the code."""

    _encoding = (64, 128, 256)
    _decoding = (256, 128, 64, 32)
    _hidden = 100
    padding = (1, 1)
