"""The variational autoencoder."""

import torch
from torch import nn

from ..networks.layers import First
from ..runtime.option_values import number
from .base import Objective, Player

BOUNDS = {"beta": {"least": 0}}


class VariationalAutoencoder(Objective):
    """Reconstruct from noisy codes that are pulled towards N(0, I).

    `R(x, D(z)) + beta KL(N(mu, sigma^2) || N(0, I))` with `z = mu + sigma e`, `e ~ N(0, I)`;
    the divergence in closed form, `sum_j (mu_j^2 + sigma_j^2 - 1 - log sigma_j^2) / 2`. With
    cross-entropy summed over pixels and `beta` 1 this is the evidence lower bound. The code of an
    image is `mu`.

    Args:
        encoder: gives mu and log sigma^2, (n, 2 latent).
        decoder: as of every objective.
        reconstruction: `R`.
        beta: weight of the divergence, at least 0.

    References:
        Kingma & Welling (2014), "Auto-encoding variational Bayes", ICLR.
        Higgins et al. (2017), "beta-VAE", ICLR, for other weights than 1.
    """

    outputs = 2

    def __init__(self, encoder, decoder, reconstruction, beta: float = 1.0):
        super().__init__(encoder, decoder, reconstruction)
        self.beta = number("beta", beta, **BOUNDS["beta"])

    def players(self):
        """One player moves encoder and decoder together."""
        return [Player("autoencoder", list(self.parameters()), self._loss)]

    def encoding(self):
        """The posterior mean."""
        return nn.Sequential(self.encoder, First(self.outputs))

    def _loss(self, data, generator):
        mean, log_variance = self.encoder(data).chunk(2, dim=1)  # (n, latent) each
        noise = torch.randn(mean.shape, generator=generator, device=mean.device)
        raw = self.decoder(mean + (log_variance / 2).exp() * noise)
        divergence = (mean**2 + log_variance.exp() - 1 - log_variance).sum() / (2 * len(data))
        return {"reconstruction": self.reconstruction(raw, data), "kl": self.beta * divergence}
