"""The feature space of a small network that was trained on what is known of a data set."""

from pathlib import Path

import numpy as np

from .base import Features, check_images

TITLE = "classifier features"


class Classifier:
    """The trained network as a feature space: its last maps' means, and its probabilities.

    Those are of classes, or of attributes where it was trained on these.

    Args:
        weights: file that `residual_net.save` wrote.
        device: "auto", "cpu" or "cuda".
        batch: images at once.
        precision: "float32", or "bfloat16" for the convolutions (see `runtime.device.dtype`).

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is truncated, or no classifier; or the device does not compute in
            that precision.
    """

    def __init__(self, weights: str | Path, device="auto", batch=250, precision="float32"):
        import torch  # here, as a title must not cost the import

        from ..runtime.device import dtype, pick
        from . import residual_net
        from .fusion import fuse

        self.device, self.batch = pick(device), batch
        number = dtype(precision, self.device)
        self.network = fuse(residual_net.load(weights)).to(
            self.device, memory_format=torch.channels_last
        )
        self.network.stem.to(number)
        self.network.stages.to(number)

    def __call__(self, images: np.ndarray) -> Features:
        """Features of `images`, uint8 (n, c, h, w).

        Raises:
            ValueError: these are no images, or have other channels than the training images.
        """
        from . import batches

        check_images(images)
        if images.shape[1] != (wanted := self.network.about["channels"]):
            raise ValueError(
                f"got images of {images.shape[1]} channels, but the classifier was trained on "
                f"{wanted}; use the classifier of the same data set"
            )
        target = self.network.about["target"]
        return batches.features(self.network, images, self.batch, self.device, target)
