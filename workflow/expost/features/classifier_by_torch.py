"""The classifier of a data set run by PyTorch: on a GPU, or in another precision than float32."""

from pathlib import Path

import numpy as np
import torch

from ..runtime.device import dtype, pick
from . import batches, residual_net
from .base import Features
from .fusion import fuse


class Network:
    """The trained network as a function of images.

    Args:
        weights: file that `residual_net.save` wrote.
        device: "auto", "cpu" or "cuda".
        precision: of the convolutions; vectors are pooled in float32.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is truncated, or no classifier; or the device does not compute in
            that precision.
    """

    def __init__(self, weights: str | Path, device: str = "auto", precision: str = "float32"):
        self.device = pick(device)
        number = dtype(precision, self.device)
        network = fuse(residual_net.load(weights))
        self.network = network.to(self.device, memory_format=torch.channels_last)
        self.network.stem.to(number)
        self.network.stages.to(number)

    def __call__(self, images: np.ndarray, batch: int) -> Features:
        """Features of `images`, uint8 (n, c, h, w), of which `batch` are computed at once."""
        target = self.network.about["target"]
        return batches.features(self.network, images, batch, self.device, target)
