"""Many images through a network, a few at a time."""

from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from ..networks.inputs import to_input
from ..runtime.progress import Progress
from .base import Features
from .targets import TARGETS


@torch.inference_mode()
def features(
    network: Callable[[Tensor], tuple[Tensor, Tensor]],
    images: np.ndarray,
    batch: int,
    device: torch.device,
    target: str = "labels",
) -> Features:
    """What `network` makes of all images, in memory for `batch` of them.

    Args:
        network: takes pixels in [0, 1], float32 (b, c, h, w), channels last; gives vectors
            (b, width) and logits (b, k).
        images: uint8 (n, c, h, w).
        batch: images at once; changes the result by no more than rounding.
        device: where the network is.
        target: what the logits are of, a key of `TARGETS`.
    """
    progress, parts = Progress(len(images)), []
    for start in range(0, len(images), batch):
        part = torch.from_numpy(images[start : start + batch]).to(device)
        vectors, logits = network(to_input(part))
        probabilities = TARGETS[target].probabilities(logits)
        parts.append((vectors.cpu().numpy(), probabilities.float().cpu().numpy()))
        progress(min(start + batch, len(images)), "images")
    vectors, probabilities = (np.concatenate(part) for part in zip(*parts, strict=True))
    if target == "attributes":
        return Features(vectors, attributes=probabilities)
    return Features(vectors, probabilities)
