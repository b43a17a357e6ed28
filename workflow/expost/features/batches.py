"""Many images through a network, a few at a time."""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from ..job import Progress
from ..networks import to_unit
from .base import Features


@torch.inference_mode()
def features(
    network: Callable[[Tensor], tuple[Tensor, Tensor]],
    images: np.ndarray,
    batch: int,
    device: torch.device,
) -> Features:
    """What `network` makes of all images, in memory for `batch` of them.

    Args:
        network: takes pixels in [0, 1], float32 (b, c, h, w), channels last; gives vectors
            (b, width) and logits (b, classes).
        images: uint8 (n, c, h, w).
        batch: images at once; changes the result by no more than rounding.
        device: where the network is.
    """
    progress, parts = Progress(len(images)), []
    for start in range(0, len(images), batch):
        part = torch.from_numpy(images[start : start + batch]).to(device)
        vectors, logits = network(to_unit(part))
        probabilities = logits.double().softmax(dim=1)  # in float32 the sum strays by 1e-6
        parts.append((vectors.cpu().numpy(), probabilities.float().cpu().numpy()))
        progress(min(start + batch, len(images)), "images")
    vectors, probabilities = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Features(vectors, probabilities)
