"""Features as one takes them from networks of torchvision and torch-fidelity."""

from pathlib import Path

import numpy as np
import torch
from torch import nn


def resnet34(state: dict[str, torch.Tensor]) -> nn.Module:
    """The ResNet-34 of torchvision up to the 512 pooled values."""
    from torchvision import models

    network = models.resnet34(weights=None)
    network.load_state_dict(state)
    network.fc = nn.Identity()
    return network.eval()


@torch.no_grad()
def features(network: nn.Module, images: np.ndarray, side: int, batch: int) -> np.ndarray:
    """What the network makes of images, uint8 (n, 3, h, w), resized to `side` and normalised."""
    from torchvision.transforms import v2

    prepare = v2.Compose(
        [
            v2.ToDtype(torch.float32, scale=True),
            v2.Resize((side, side), antialias=True),
            v2.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
        ]
    )
    parts = torch.from_numpy(images).split(batch)
    return torch.cat([network(prepare(part)) for part in parts]).numpy()


def inception(weights: Path) -> nn.Module:
    """FID's Inception-v3 as that library makes it."""
    from torch_fidelity import FeatureExtractorInceptionV3

    return FeatureExtractorInceptionV3("plain", ["2048"], str(weights))


@torch.no_grad()
def inception_features(network: nn.Module, images: np.ndarray, batch: int) -> np.ndarray:
    """What that network makes of images, uint8 (n, 3, h, w), as the library's own loop does."""
    parts = torch.from_numpy(images).split(batch)
    return torch.cat([network(part)[0] for part in parts]).numpy()


@torch.no_grad()
def classifier(network: nn.Module, images: np.ndarray, batch: int) -> np.ndarray:
    """Feature vectors that a network gives beside its logits."""
    parts = torch.from_numpy(images).split(batch)
    return torch.cat([network(part / 255)[0] for part in parts]).numpy()
