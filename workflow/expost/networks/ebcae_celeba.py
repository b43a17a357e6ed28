"""The layers of the EBCAE paper's networks for CelebA (Appendix D.2)."""

from .ebcae_mnist import MNIST


class CelebA(MNIST):
    """One halving more, leaky activations in the encoder, and a last convolution of 3x3."""

    _encoding = (64, 128, 256, 512)
    _decoding = (512, 256, 128, 64, 32)
    _hidden = 100
    padding = (0, 0)
    slope = 0.2
    ends_full_size = True
