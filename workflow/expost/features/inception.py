"""The feature space of the Fréchet Inception Distance: Inception-v3, trained on ImageNet."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..io import files
from ..io.remote_file import Remote
from .base import Features, check_images

if TYPE_CHECKING:  # at run time in functions, as neither title nor weights must cost the import
    from torch import Tensor, nn

TITLE = "Inception features"
SIDE = 299  # pixels; what the network was trained on


def _addresses() -> list[str]:
    from torch_fidelity.feature_extractor_inceptionv3 import URL_INCEPTION_V3

    return [URL_INCEPTION_V3]


WEIGHTS = Remote(
    "weights-inception-2015-12-05-6726825d.pth",
    "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2",
    _addresses,
    size=95_628_359,
    kept_as=("pt_inception-2015-12-05-6726825d.pth",),  # the same bytes, as pytorch-fid calls them
)


class Inception:
    """FID's Inception-v3: its 2048 pooled values, and the class probabilities of Inception Score.

    The network is torch-fidelity's, which computes what TensorFlow's of 2015 did. Images are
    resized to 299 x 299 as TensorFlow 1 did (bilinear, corners at corners of pixels, without
    antialiasing), grey ones repeated in three channels, and scaled to [-1, 1]. As in the code of
    Inception Score, probabilities are the softmax of 1008 logits without their bias.

    Args:
        weights: the file that `WEIGHTS` describes; numbers of any other are no FID.
        device: "auto", "cpu" or "cuda".
        batch: images at once; more are no faster on a CPU.
        precision: "float32", or "bfloat16" for the convolutions (see `runtime.device.dtype`).

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is truncated, or another file; or the device does not compute in that
            precision.

    References:
        Szegedy et al. (2016), "Rethinking the Inception architecture for computer vision", CVPR.
        Salimans et al. (2016), "Improved techniques for training GANs", NIPS.
        Heusel et al. (2017), "GANs trained by a two time-scale update rule converge to a local
        Nash equilibrium", NIPS.
    """

    def __init__(self, weights: str | Path, device="auto", batch=16, precision="float32"):
        import torch
        from torch import nn

        from ..runtime.device import dtype, pick
        from .fusion import fuse

        self.device, self.batch = pick(device), batch
        self.dtype = dtype(precision, self.device)
        network = _load(Path(weights)).to(self.device, memory_format=torch.channels_last)
        *layers, self.pool, head = network.children()  # in the order in which they run
        self.body, self.head = fuse(nn.Sequential(*layers)).to(self.dtype), head.weight

    def __call__(self, images: np.ndarray) -> Features:
        """Features of `images`, uint8 (n, c, h, w) with 1 or 3 channels."""
        from . import batches

        images = check_images(images)
        if images.shape[1] not in (1, 3):
            raise ValueError(f"inception wants grey or RGB images, got {images.shape[1]} channels")
        return batches.features(self._forward, images, self.batch, self.device)

    def _forward(self, images: "Tensor") -> tuple["Tensor", "Tensor"]:
        import torch
        from torch_fidelity.interpolate_compat_tensorflow import (
            interpolate_bilinear_2d_like_tensorflow1x as resize,
        )

        images = resize(255 * images, (SIDE, SIDE), align_corners=False)
        images = ((images - 128) / 128).expand(-1, 3, -1, -1)
        images = images.to(self.dtype, memory_format=torch.channels_last)
        maps = self.body(images)  # (b, 2048, 8, 8)
        vectors = self.pool(maps.float()).flatten(1)
        return vectors, vectors @ self.head.T


def _load(path: Path) -> "nn.Module":
    import torch
    from torch import nn

    if not path.is_file():
        raise FileNotFoundError(f"found no Inception weights at {path}; put {WEIGHTS.name} there")
    if (got := files.sha256(path)) != WEIGHTS.sha256:
        raise ValueError(
            f"{path} has sha256 {got}, wanted {WEIGHTS.sha256}; it is truncated or another file; "
            f"put {WEIGHTS.name} there"
        )
    state = torch.load(path, map_location="cpu", weights_only=True)
    network = without_weights()
    nn.Module.load_state_dict(network, state, assign=True)
    return network


def without_weights() -> "nn.Module":
    """The library's network, in no memory and with no random numbers: the file has the values.

    Its constructor would unpickle a file, and so run what that says, or download one.
    """
    from io import BytesIO

    import torch
    from torch_fidelity.feature_extractor_inceptionv3 import FeatureExtractorInceptionV3

    class WithoutWeights(FeatureExtractorInceptionV3):
        def load_state_dict(self, state):
            pass

    torch.save({}, nothing := BytesIO())
    nothing.seek(0)
    with torch.device("meta"):
        return WithoutWeights("inception", ["2048"], nothing)
