"""The RAE paper's autoencoders and their losses for MNIST, as one writes them with PyTorch."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils import parametrizations

SCALES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)


def networks(width: float, outputs: int, latent: int) -> nn.ModuleList:
    """Encoder and decoder of grey images of 32x32."""
    a, b, c, d = (round(width * channels) for channels in (128, 256, 512, 1024))
    encoder, decoder = [], [nn.Linear(latent, 64 * d), nn.Unflatten(1, (d, 8, 8)), *_normalised(d)]
    for before, after in ((1, a), (a, b), (b, c), (c, d)):
        encoder += [nn.Conv2d(before, after, 4, 2, 1), *_normalised(after)]
    for before, after in ((d, c), (c, b)):
        decoder += [nn.ConvTranspose2d(before, after, 4, 2, 1), *_normalised(after)]
    encoder += [nn.Flatten(), nn.Linear(4 * d, outputs)]
    decoder += [nn.ConvTranspose2d(b, 1, 4, 1, 1), nn.ZeroPad2d((0, -1, 0, -1)), nn.Sigmoid()]
    return nn.ModuleList([nn.Sequential(*encoder), nn.Sequential(*decoder)])


def _normalised(channels: int) -> list[nn.Module]:
    return [nn.BatchNorm2d(channels), nn.ReLU()]


def spectral(pair: nn.ModuleList) -> None:
    """Divide all kernels by their spectral norms."""
    for layer in list(pair.modules()):
        if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
            parametrizations.spectral_norm(layer, dim=0)


def loss(kind: str, pair: nn.ModuleList, x: Tensor, generator: torch.Generator) -> Tensor:
    """What is minimised, at the paper's weights for MNIST as far as they are known.

    Args:
        kind: which autoencoder, a key of `benchmarks.items.rae.TRAININGS`.
        pair: its encoder and its decoder.
        x: images in [0, 1].
        generator: of noise.
    """
    encoder, decoder = pair
    codes = encoder(2 * x - 1)
    if kind == "vae":
        mean, rest = codes.chunk(2, dim=1)
        spread = (5 * torch.tanh(rest)).exp()
        z = mean + spread * torch.randn(mean.shape, generator=generator)
        divergence = 0.5 * (mean**2 + spread**2 - 1 - 2 * spread.log()).sum() / len(x)
        return ((decoder(z) - x) ** 2).sum() / len(x) + 0.312 * divergence
    if kind == "cv_vae":
        z = codes + 0.7 * torch.randn(codes.shape, generator=generator)
        return ((decoder(z) - x) ** 2).sum() / len(x) + 0.039 * (codes**2).mean()
    shown = decoder(codes)
    error = ((shown - x) ** 2).mean()
    if kind == "ae":
        return error
    if kind == "wae":
        return error + 3e-2 * _mmd(codes, torch.randn(codes.shape, generator=generator))
    betas = {"rae": 0.5e-3, "rae_gp": 1e-4, "rae_l2": 1e-4, "rae_sn": 0.009}
    error = error + betas[kind] * (codes**2).mean()
    if kind == "rae_l2":
        kernels = [m.weight for m in decoder.modules() if isinstance(m, nn.ConvTranspose2d)]
        return error + 1e-7 * sum((kernel**2).sum() for kernel in kernels)
    if kind == "rae_gp":
        signs = torch.randint(2, shown.shape, generator=generator) * 2 - 1
        (product,) = torch.autograd.grad((shown * signs).sum(), codes, create_graph=True)
        return error + 0.5e-7 * (product**2).sum() / len(x)
    return error


def _mmd(x: Tensor, y: Tensor) -> Tensor:
    n, d = x.shape
    apart = ~torch.eye(n, dtype=torch.bool)
    total = 0.0
    for c in (2 * d * scale for scale in SCALES):
        xx, yy, xy = (c / (c + torch.cdist(*pair) ** 2) for pair in ((x, x), (y, y), (x, y)))
        total = total + xx[apart].mean() + yy[apart].mean() - 2 * xy.mean()
    return total


def train(
    kind: str,
    pair: nn.ModuleList,
    images: np.ndarray,
    generator: torch.Generator,
    order: Tensor | None = None,
) -> float:
    """One epoch in batches of 100; the mean loss.

    Args:
        kind: see `loss`, as of the next two.
        pair: moved.
        images: uint8 (n, 1, 32, 32).
        generator: of noise.
        order: of the images; None for any.
    """
    data = torch.from_numpy(images).float() / 255
    optimizer = torch.optim.Adam(pair.parameters(), lr=1e-3)
    pair.train()
    total = 0.0
    for rows in (torch.randperm(len(data)) if order is None else order).split(100):
        value = loss(kind, pair, data[rows], generator)
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        total += value.item() * len(rows)
    return total / len(data)
