"""The layers of the EBCAE paper's networks (Appendix D.2), an entry a data set of its study."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Architecture:
    """What an encoder and a decoder are made of; see `expost.networks.autoencoder`.

    Attributes:
        encoder: channels of the convolutions, each of which halves the image.
        decoder: channels of the transposed convolutions: the first opens a single pixel, each
            further one doubles the side.
        hidden: width of a linear layer between the last maps and the code; None for none.
        padding: of the encoder's last convolution and of the decoder's first.
        slope: of the encoder's activations below zero; 0 is the ReLU.
        ends_full_size: whether the decoder's last maps are as large as the image, which a 3x3
            convolution then makes of them; otherwise one more doubling does.
    """

    encoder: tuple[int, ...]
    decoder: tuple[int, ...]
    hidden: int | None = None
    padding: tuple[int, int] = (1, 0)
    slope: float = 0.0
    ends_full_size: bool = False

    def opened(self, height: int, width: int) -> tuple[int, int]:
        """Height and width to which the decoder opens its pixel.

        Raises:
            ValueError: the networks cannot halve the image and double it back.
        """
        doublings = len(self.decoder) - self.ends_full_size
        times = max(len(self.encoder), doublings)
        factor = 2**times
        if height % factor or width % factor or min(height, width) < 2 * factor:
            raise ValueError(
                f"got images of {height}x{width}; the networks halve them {times} times and want "
                f"both sides to be multiples of {factor}, at least {2 * factor}: set the data "
                "set's `size`, to 32 for example, or another `architecture`"
            )
        return height >> doublings, width >> doublings

    def flat(self, height: int, width: int) -> int:
        """How many numbers the encoder's last maps hold."""
        less = 1 - self.padding[0]  # a padding short, a row and a column short
        rows, columns = ((side >> len(self.encoder)) - less for side in (height, width))
        return self.encoder[-1] * rows * columns


DEFAULT = "mnist"

# Name in config.yaml. Where the paper is silent: no activation stands between two linear layers,
# and a convolution that must keep the image's size is 3x3 of stride 1.
ARCHITECTURES = {
    "mnist": Architecture(encoder=(32, 64, 128), decoder=(128, 64, 32)),
    "svhn": Architecture(
        encoder=(64, 128, 256), decoder=(256, 128, 64, 32), hidden=100, padding=(1, 1)
    ),
    "celeba": Architecture(
        encoder=(64, 128, 256, 512),
        decoder=(512, 256, 128, 64, 32),
        hidden=100,
        padding=(0, 0),
        slope=0.2,
        ends_full_size=True,
    ),
}


def find(name: str) -> Architecture:
    """The architecture of that name.

    Raises:
        ValueError: there is none.
    """
    if name not in ARCHITECTURES:
        raise ValueError(
            f"got unknown architecture {name!r}; wanted one of {', '.join(ARCHITECTURES)}"
        )
    return ARCHITECTURES[name]
