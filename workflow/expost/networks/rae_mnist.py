"""The layers of the RAE paper's networks for MNIST and CIFAR-10 (Appendix A)."""

from typing import TYPE_CHECKING, ClassVar

from ..runtime import option_values
from .architectures import check_images, check_width, scaled

if TYPE_CHECKING:
    from torch import nn

INPUTS = ("centred", "unit")


class MNIST:
    """Four convolutions that halve the image, a linear layer to the code, and back from a quarter.

    All kernels are 4x4. The decoder's linear layer makes maps of a quarter of the image's side,
    transposed convolutions of stride 2 double it, and a last one of stride 1 keeps it. Batch
    normalisation and a ReLU follow every layer but the two networks' last. Where the paper is
    silent: batch normalisation after the linear layer is of its maps, a mean and a variance a
    channel, and pixels come as its official code has them, which is `inputs`.

    Args:
        width: by which channels are multiplied; 1 is the paper's.
        inputs: pixels as the encoder takes them: `centred`, in [-1, 1], or `unit`, in [0, 1].
        linear_normalisation: whether batch normalisation follows the decoder's linear layer, as
            in the paper; in its official code none does.
        momentum: by which running means and variances move at a batch towards the batch's own.

    Attributes:
        encoding: channels of the convolutions.
        decoding: channels of the maps that the linear layer makes, and of those that each
            transposed convolution of stride 2 makes.
        kernel: side of all kernels.

    Raises:
        ValueError: an option has a value that it cannot have.

    References:
        Ghosh et al. (2020), "From variational to deterministic autoencoders", ICLR.
    """

    _encoding: ClassVar[tuple[int, ...]] = (128, 256, 512, 1024)
    _decoding: ClassVar[tuple[int, ...]] = (1024, 512, 256)
    kernel: ClassVar[int] = 4

    def __init__(
        self,
        width: float = 1.0,
        inputs: str = "centred",
        linear_normalisation: bool = True,
        momentum: float = 0.1,
    ):
        width = check_width(width)
        self.encoding = tuple(scaled(channels, width) for channels in self._encoding)
        self.decoding = tuple(scaled(channels, width) for channels in self._decoding)
        self.inputs = option_values.choice("inputs", inputs, INPUTS)
        if not isinstance(linear_normalisation, bool):
            raise ValueError(
                f"got linear_normalisation {linear_normalisation!r}; wanted true or false"
            )
        self.linear_normalisation = linear_normalisation
        self.momentum = option_values.number("momentum", momentum, above=0, most=1)

    def check(self, shape: tuple[int, ...]) -> None:
        """Refuse data that is no image, or one that cannot be halved as often.

        Raises:
            ValueError: what shape was wanted.
        """
        check_images(shape)
        times = len(self.encoding)
        factor = 2**times
        height, width = shape[1:]
        if height % factor or width % factor or min(height, width) < factor:
            raise ValueError(
                f"got images of {height}x{width}; the networks halve them {times} times and want "
                f"both sides to be multiples of {factor}: set the data set's `size`, to 32 for "
                "example, or other `networks`"
            )

    def encoder(self, shape: tuple[int, int, int], outputs: int) -> "nn.Sequential":
        """A network from images (n, *shape) in [0, 1] to (n, outputs)."""
        from . import rae_layers

        self.check(shape)
        return rae_layers.encoder(self, shape, outputs)

    def decoder(self, shape: tuple[int, int, int], latent: int) -> "nn.Sequential":
        """A network from codes (n, latent) to (n, *shape)."""
        from . import rae_layers

        self.check(shape)
        return rae_layers.decoder(self, shape, latent)
