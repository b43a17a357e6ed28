"""The feature space of a ResNet-34 trained on ImageNet."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..io.remote_file import Remote
from .base import Features, check_images

if TYPE_CHECKING:  # at run time in functions, as neither title nor weights must cost the import
    from torch import Tensor, nn

TITLE = "ResNet-34 features"
SIDE = 224  # pixels; what the network was trained on
MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet's channels


def _addresses() -> list[str]:
    from torchvision.models import ResNet34_Weights

    return [ResNet34_Weights.IMAGENET1K_V1.url]


# torchvision states the first eight digits of the digest, in the file's name.
WEIGHTS = Remote(
    "resnet34-b627a593.pth",
    "b627a593bcbe140c234610266fe4f8ae95ea42fc881d091c9b6052e6b1d0590f",
    _addresses,
)


class ResNet34:
    """ResNet-34: the 512 pooled values of its last stage, and its 1000 class probabilities.

    Images are resized to 224 x 224 (bilinear, with antialiasing), grey ones repeated in
    three channels, and normalised as for ImageNet.

    Args:
        weights: file of the weights, as torchvision publishes them (see `WEIGHTS`).
        device: "auto", "cpu" or "cuda".
        batch: images at once; more are no faster on a CPU.
        precision: "float32", or "bfloat16" for the convolutions (see `runtime.device.dtype`).

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is truncated, or holds another network's weights; or the device does
            not compute in that precision.

    References:
        He et al. (2016), "Deep residual learning for image recognition", CVPR.
    """

    def __init__(self, weights: str | Path, device="auto", batch=16, precision="float32"):
        import torch
        from torch import nn

        from ..runtime.device import dtype, pick
        from .fusion import fuse

        self.device, self.batch = pick(device), batch
        self.dtype = dtype(precision, self.device)
        network = _load(Path(weights)).eval().to(self.device, memory_format=torch.channels_last)
        *layers, self.pool, self.head = network.children()  # the last one makes logits of vectors
        self.body = fuse(nn.Sequential(*layers)).to(self.dtype)

    def __call__(self, images: np.ndarray) -> Features:
        """Features of `images`, uint8 (n, c, h, w) with 1 or 3 channels."""
        from . import batches

        images = check_images(images)
        if images.shape[1] not in (1, 3):
            raise ValueError(f"resnet34 wants grey or RGB images, got {images.shape[1]} channels")
        return batches.features(self._forward, images, self.batch, self.device)

    def _forward(self, images: "Tensor") -> tuple["Tensor", "Tensor"]:
        from torch import nn

        images = nn.functional.interpolate(images, (SIDE, SIDE), mode="bilinear", antialias=True)
        mean, deviation = (images.new_tensor(v).view(3, 1, 1) for v in (MEAN, DEVIATION))
        maps = self.body(((images - mean) / deviation).to(self.dtype))  # (b, 512, 7, 7)
        vectors = self.pool(maps.float()).flatten(1)
        return vectors, self.head(vectors)


def _load(path: Path) -> "nn.Module":
    import torch
    from torchvision import models

    if not path.is_file():
        raise FileNotFoundError(f"found no ResNet-34 weights at {path}; put {WEIGHTS.name} there")
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # bytes that are no weights fail in the reader in any way
        raise ValueError(
            f"{path} is truncated or no file of weights; put {WEIGHTS.name} there again"
        ) from error
    with torch.device("meta"):  # no memory, no random numbers: the file has the values
        network = models.resnet34(weights=None)
    try:
        network.load_state_dict(state, assign=True)
    except Exception as error:  # lists missing and unexpected keys
        raise ValueError(
            f"{path} holds the weights of another network than ResNet-34; put {WEIGHTS.name} "
            f"there. {error}"
        ) from error
    return network
