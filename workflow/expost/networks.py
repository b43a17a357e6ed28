"""The autoencoder networks of the EBCAE paper (Appendix D.2), sized from the image shape."""

from pathlib import Path

import torch
from torch import nn

from . import tensors

WIDTHS = (32, 64, 128)  # channels of the three convolutions, halving the image each


def _base(shape: tuple[int, int, int]) -> tuple[int, int]:
    """Height and width that are left after three halvings."""
    _, height, width = shape
    factor = 2 ** len(WIDTHS)
    if height % factor or width % factor or min(height, width) < 2 * factor:
        raise ValueError(
            f"got images of {height}x{width}; the networks halve them {len(WIDTHS)} times and want "
            f"both sides to be multiples of {factor}, at least {2 * factor}: set the data set's "
            "`size`, to 32 for example"
        )
    return height // factor, width // factor


class Encoder(nn.Sequential):
    """Images (n, c, h, w) in [0, 1] to `outputs` numbers each.

    Three 4x4 convolutions of stride 2 with batch normalisation and ReLU, then one linear layer.

    Args:
        shape: (c, h, w); h and w multiples of 8.
        outputs: length of the result: the latent size, or twice that for a mean and a variance.

    Raises:
        ValueError: a side of the image is no multiple of 8.
    """

    def __init__(self, shape: tuple[int, int, int], outputs: int):
        height, width = _base(shape)
        layers, channels = [], shape[0]
        for wide in WIDTHS:
            layers += [
                nn.Conv2d(channels, wide, 4, stride=2, padding=1),  # (n, wide, h / 2, w / 2)
                nn.BatchNorm2d(wide),
                nn.ReLU(inplace=True),
            ]
            channels = wide
        super().__init__(*layers, Flatten(), nn.Linear(channels * height * width, outputs))


class Flatten(nn.Flatten):
    """Flattening whose gradient comes back channels last, as all layers before it are.

    Else the last ReLU would meet its output in one layout and its gradient in the other, and take
    ten times as long to multiply them.
    """

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """(n, c, h, w) to (n, c * h * w)."""
        if maps.requires_grad:
            maps.register_hook(_channels_last)
        return super().forward(maps)


def _channels_last(x: torch.Tensor) -> torch.Tensor:
    return x.contiguous(memory_format=torch.channels_last)


class Decoder(nn.Sequential):
    """Codes (n, d) to the logits of images (n, c, h, w).

    A linear layer to 100 values, seen as 100 channels of one pixel, then four transposed
    convolutions. The first opens the pixel to (h / 8, w / 8), 4x4 for the paper's 32x32 images;
    the others double the side. The sigmoid is left to the loss, which is exact without it, and to
    `Objective.decode`.

    Args:
        shape: (c, h, w); h and w multiples of 8.
        latent: length of a code.

    Raises:
        ValueError: a side of the image is no multiple of 8.
    """

    def __init__(self, shape: tuple[int, int, int], latent: int):
        wide = WIDTHS[::-1]  # 128, 64, 32
        layers = [
            nn.Linear(latent, 100),
            nn.Unflatten(1, (100, 1, 1)),
            nn.ConvTranspose2d(100, wide[0], _base(shape)),  # (n, 128, h / 8, w / 8)
        ]
        for before, after in zip(wide, (*wide[1:], shape[0]), strict=True):
            layers += [
                nn.BatchNorm2d(before),
                nn.ReLU(inplace=True),
                nn.ConvTranspose2d(before, after, 4, stride=2, padding=1),
            ]
        super().__init__(*layers)


def to_unit(images: torch.Tensor) -> torch.Tensor:
    """Pixels as float32 in [0, 1], channels last: faster convolutions."""
    return images.to(torch.float32, memory_format=torch.channels_last) / 255


def save(path: str | Path, objective: nn.Module, about: dict) -> None:
    """Write a trained objective with all it takes to rebuild it.

    Args:
        path: a `.safetensors` file.
        objective: the trained module.
        about: `objective` and `options` as in the config, `shape` (c, h, w) and `latent`.
    """
    tensors.save(path, objective.state_dict(), about)


def load(path: str | Path, device: torch.device | str = "cpu") -> nn.Module:
    """The trained objective in `path`, ready to encode and decode.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is truncated or no checkpoint.
    """
    from . import objectives

    state, about = tensors.load(path)
    try:
        objective = objectives.build(
            about["objective"], about["shape"], about["latent"], **about["options"]
        )
    except KeyError as error:
        raise ValueError(f"{path} is no checkpoint: it does not say its {error}") from error
    objective.load_state_dict(state)
    return objective.to(device).eval()
