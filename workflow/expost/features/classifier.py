"""The feature space of a small network that was trained on what is known of a data set."""

from pathlib import Path

import numpy as np

from ..networks import onnx_runtime
from ..networks.unit_pixels import unit
from ..runtime import device as devices
from ..runtime.progress import Progress
from .base import Features, check_images

TITLE = "classifier features"
OUTPUTS = ({"vectors", "probabilities"}, {"vectors", "attributes"})


class Classifier:
    """The trained network as a feature space: its last maps' means, and its probabilities.

    Those are of classes, or of attributes where it was trained on these. In float32 on a CPU the
    file is run as it is. On a GPU, and in bfloat16, which the ONNX runtime for CPUs does not
    compute in, PyTorch runs the weights in the file of the same name that ends in .safetensors.

    Args:
        weights: the .onnx file that `residual_net.save_onnx` wrote.
        device: "auto", "cpu" or "cuda".
        batch: images at once.
        precision: "float32", or "bfloat16" for the convolutions (see `runtime.device.dtype`).

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is damaged, or no classifier; or the device does not compute in
            that precision.
    """

    def __init__(self, weights: str | Path, device="auto", batch=100, precision="float32"):
        self.batch, self._by_torch = batch, None
        self.network = onnx_runtime.Network(weights)
        if set(self.network.outputs) not in OUTPUTS or len(self.network.shape) != 3:
            raise ValueError(
                f"{weights} is no classifier of expost: it gives {', '.join(self.network.outputs)} "
                f"of items of {len(self.network.shape)} axes; train it again"
            )
        if precision != "float32" or devices.is_gpu(device):
            from .classifier_by_torch import Network

            self._by_torch = Network(Path(weights).with_suffix(".safetensors"), device, precision)

    def __call__(self, images: np.ndarray) -> Features:
        """Features of `images`, uint8 (n, c, h, w).

        Raises:
            ValueError: these are no images, or have other channels than the training images.
        """
        images = check_images(images)
        if images.shape[1] != (wanted := self.network.shape[0]):
            raise ValueError(
                f"got images of {images.shape[1]} channels, but the classifier was trained on "
                f"{wanted}; use the classifier of the same data set"
            )
        if self._by_torch is not None:
            return self._by_torch(images, self.batch)
        progress, parts = Progress(len(images)), []
        for start in range(0, len(images), self.batch):
            parts.append(self.network(unit(images[start : start + self.batch])))
            progress(min(start + self.batch, len(images)), "images")
        arrays = (np.concatenate(part) for part in zip(*parts, strict=True))
        return Features(**dict(zip(self.network.outputs, arrays, strict=True)))
