"""The layers of the EBCAE paper's networks for MNIST (Appendix D.2)."""

from typing import TYPE_CHECKING, ClassVar

from .architectures import check_images, check_width, scaled

if TYPE_CHECKING:
    from .ebcae_layers import Decoder, Encoder


class MNIST:
    """Convolutions that halve the image, one linear layer to the code, and back.

    Where the paper is silent: no activation stands between two linear layers, and a convolution
    that must keep the image's size is 3x3 of stride 1.

    Args:
        width: by which channels and hidden widths are multiplied; 1 is the paper's.

    Attributes:
        encoding: channels of the convolutions, each of which halves the image.
        decoding: channels of the transposed convolutions: the first opens a single pixel, each
            further one doubles the side.
        opening: channels of that pixel, made of the code by a linear layer.
        hidden: width of a linear layer between the last maps and the code; None for none.
        padding: of the encoder's last convolution and of the decoder's first.
        slope: of the encoder's activations below zero; 0 is the ReLU.
        ends_full_size: whether the decoder's last maps are as large as the image, which a 3x3
            convolution then makes of them; otherwise one more doubling does.
    """

    _encoding: ClassVar[tuple[int, ...]] = (32, 64, 128)
    _decoding: ClassVar[tuple[int, ...]] = (128, 64, 32)
    _hidden: ClassVar[int | None] = None
    padding: ClassVar[tuple[int, int]] = (1, 0)
    slope: ClassVar[float] = 0.0
    ends_full_size: ClassVar[bool] = False

    def __init__(self, width: float = 1.0):
        width = check_width(width)
        self.encoding = tuple(scaled(channels, width) for channels in self._encoding)
        self.decoding = tuple(scaled(channels, width) for channels in self._decoding)
        self.opening = scaled(100, width)
        self.hidden = None if self._hidden is None else scaled(self._hidden, width)

    def check(self, shape: tuple[int, ...]) -> None:
        """Refuse data that is no image, or one that cannot be halved and doubled back.

        Raises:
            ValueError: what shape was wanted.
        """
        check_images(shape)
        self.opened(*shape[1:])

    def opened(self, height: int, width: int) -> tuple[int, int]:
        """Height and width to which the decoder opens its pixel.

        Raises:
            ValueError: the networks cannot halve the image and double it back.
        """
        doublings = len(self.decoding) - self.ends_full_size
        times = max(len(self.encoding), doublings)
        factor = 2**times
        if height % factor or width % factor or min(height, width) < 2 * factor:
            raise ValueError(
                f"got images of {height}x{width}; the networks halve them {times} times and want "
                f"both sides to be multiples of {factor}, at least {2 * factor}: set the data "
                "set's `size`, to 32 for example, or other `networks`"
            )
        return height >> doublings, width >> doublings

    def flat(self, height: int, width: int) -> int:
        """How many numbers the encoder's last maps hold."""
        less = 1 - self.padding[0]  # a padding short, a row and a column short
        rows, columns = ((side >> len(self.encoding)) - less for side in (height, width))
        return self.encoding[-1] * rows * columns

    def encoder(self, shape: tuple[int, int, int], outputs: int) -> "Encoder":
        """A network from images (n, *shape) to (n, outputs)."""
        from .ebcae_layers import Encoder

        return Encoder(self, shape, outputs)

    def decoder(self, shape: tuple[int, int, int], latent: int) -> "Decoder":
        """A network from codes (n, latent) to (n, *shape)."""
        from .ebcae_layers import Decoder

        return Decoder(self, shape, latent)
