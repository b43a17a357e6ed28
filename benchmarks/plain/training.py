"""An autoencoder and the loop that trains it, as in PyTorch's tutorials."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset, TensorDataset


def encoder(shape: tuple[int, int, int], latent: int) -> nn.Sequential:
    """The EBCAE paper's encoder of images (c, h, w)."""
    channels, height, width = shape
    return nn.Sequential(
        nn.Conv2d(channels, 32, 4, stride=2, padding=1),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.Conv2d(32, 64, 4, stride=2, padding=1),
        nn.BatchNorm2d(64),
        nn.ReLU(),
        nn.Conv2d(64, 128, 4, stride=2, padding=1),
        nn.BatchNorm2d(128),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(128 * (height // 8) * (width // 8), latent),
    )


def decoder(shape: tuple[int, int, int], latent: int) -> nn.Sequential:
    """The EBCAE paper's decoder, without its last sigmoid."""
    channels, height, width = shape
    return nn.Sequential(
        nn.Linear(latent, 100),
        nn.Unflatten(1, (100, 1, 1)),
        nn.ConvTranspose2d(100, 128, (height // 8, width // 8)),
        nn.BatchNorm2d(128),
        nn.ReLU(),
        nn.ConvTranspose2d(128, 64, 4, stride=2, padding=1),
        nn.BatchNorm2d(64),
        nn.ReLU(),
        nn.ConvTranspose2d(64, 32, 4, stride=2, padding=1),
        nn.BatchNorm2d(32),
        nn.ReLU(),
        nn.ConvTranspose2d(32, channels, 4, stride=2, padding=1),
    )


def dataset(images: np.ndarray) -> Dataset:
    """Images, uint8 (n, c, h, w), as numbers in [0, 1] in memory."""
    return TensorDataset(torch.from_numpy(images) / 255)


def train(
    encoder: nn.Module,
    decoder: nn.Module,
    images: Dataset,
    batch: int = 128,
    shuffle: bool = True,
    lr: float = 1e-3,
    eps: float = 1e-8,
) -> float:
    """One epoch; the mean loss. The rate and `eps` are Adam's."""
    loader = DataLoader(images, batch_size=batch, shuffle=shuffle)
    parameters = [*encoder.parameters(), *decoder.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=lr, eps=eps, weight_decay=1e-3)
    encoder.train()
    decoder.train()
    total = 0.0
    for (x,) in loader:
        loss = cross_entropy(decoder(encoder(x)), x)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * len(x)
    return total / len(images)


def cross_entropy(logits: torch.Tensor, images: torch.Tensor) -> torch.Tensor:
    """Summed over pixels, averaged over images."""
    shown = torch.sigmoid(logits)
    return functional.binary_cross_entropy(shown, images, reduction="sum") / len(images)
