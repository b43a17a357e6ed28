"""The variational autoencoder of codes: its networks and its loss."""

import math
from itertools import pairwise

import torch
from torch import Tensor, nn


class Skipping(nn.Module):
    """Hidden layers with ReLU, whose heads see what the first one saw as well.

    Args:
        d: dimensions of what goes in and, of each head, out.
        hidden: width of the hidden layers.
        layers: how many there are.
        heads: how many linear maps of the last hidden layer and the input there are.
    """

    def __init__(self, d: int, hidden: int, layers: int, heads: int):
        super().__init__()
        widths = [d, *[hidden] * layers]
        self.linear = nn.ModuleList(nn.Linear(*pair) for pair in pairwise(widths))
        self.heads = nn.ModuleList(nn.Linear(hidden + d, d) for _ in range(heads))

    def forward(self, x: Tensor) -> list[Tensor]:
        """A tensor (n, d) of each head."""
        h = x
        for layer in self.linear:
            h = layer(h).relu()
        h = torch.cat([x, h], dim=1)
        return [head(h) for head in self.heads]


class SecondStage(nn.Module):
    """Encoder, decoder and the deviation γ of its noise, of codes and latents of one length.

        q(u|z) = N(μ(z), σ(z)²),   p(z|u) = N(g(u), γ² I),   p(u) = N(0, I)

    Args:
        d: dimensions of the codes and of their latents.
        hidden: width of the hidden layers.
        layers: how many each of the two networks has.
        gamma: γ, to begin with.
    """

    def __init__(self, d: int, hidden: int, layers: int, gamma: float):
        super().__init__()
        self.encoder = Skipping(d, hidden, layers, heads=2)
        self.decoder = Skipping(d, hidden, layers, heads=1)
        self.log_gamma = nn.Parameter(torch.tensor(math.log(gamma)))

    def forward(self, u: Tensor) -> Tensor:
        """The mean g(u), (n, d), of codes whose latents are u, (n, d)."""
        return self.decoder(u)[0]

    def loss(self, z: Tensor, noise: Tensor) -> Tensor:
        """The negative evidence lower bound of codes, in nats, mean over rows, a scalar.

            Σⱼ (zⱼ - gⱼ(u))² / 2γ² + log γ + ½ log 2π + ½ (μⱼ² + σⱼ² - 1) - log σⱼ,   u = μ + σ e

        Args:
            z: the codes, (n, d).
            noise: e, normal, (n, d).
        """
        mean, log_deviation = self.encoder(z)
        u = mean + log_deviation.exp() * noise
        errors = (z - self(u)) * (-self.log_gamma).exp()
        fit = 0.5 * errors.square() + self.log_gamma + 0.5 * math.log(2 * math.pi)
        divergence = 0.5 * (mean.square() + (2 * log_deviation).exp() - 1) - log_deviation
        return (fit + divergence).sum(dim=1).mean()

    def draws(self, u: Tensor, noise: Tensor) -> Tensor:
        """Codes g(u) + γ e of latents u and noise e, (n, d) each."""
        return self(u) + self.log_gamma.exp() * noise
