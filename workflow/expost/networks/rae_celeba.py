"""The layers of the RAE paper's networks for CelebA (Appendix A)."""

from .rae_mnist import MNIST


class CelebA(MNIST):
    """Kernels of 5x5, and one doubling more, from an eighth of the image's side.

    Pixels come as the official code has them for CelebA, in [0, 1].

    Args:
        width: as of `MNIST`, like all others.
        inputs: `unit` or `centred`.
        linear_normalisation: whether the decoder's linear layer has it.
        momentum: of batch normalisation.
    """

    _decoding = (1024, 512, 256, 128)
    kernel = 5

    def __init__(
        self,
        width: float = 1.0,
        inputs: str = "unit",
        linear_normalisation: bool = True,
        momentum: float = 0.1,
    ):
        super().__init__(width, inputs, linear_normalisation, momentum)
