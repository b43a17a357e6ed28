"""The variational autoencoder."""

import torch

from ..networks.architectures import DEFAULT
from .base import Objective, Player, cross_entropy


class VariationalAutoencoder(Objective):
    """Reconstruct from noisy codes that are pulled towards N(0, I).

    `BCE(x, D(z)) + beta KL(N(mu, sigma^2) || N(0, I))` with `z = mu + sigma e`, `e ~ N(0, I)`;
    the divergence in closed form, `sum_j (mu_j^2 + sigma_j^2 - 1 - log sigma_j^2) / 2`.

    Args:
        shape: (c, h, w) of an image.
        latent: length of a code.
        architecture: of the networks.
        beta: weight of the divergence; 1 is the evidence lower bound.

    References:
        Kingma & Welling (2014), "Auto-encoding variational Bayes", ICLR.
        Higgins et al. (2017), "beta-VAE", ICLR, for other weights than 1.
    """

    def __init__(self, shape, latent, architecture: str = DEFAULT, beta: float = 1.0):
        super().__init__(shape, latent, architecture, outputs=2 * latent)
        self.beta = beta

    def players(self):
        """One player moves encoder and decoder together."""
        return [Player("autoencoder", list(self.parameters()), self._loss)]

    def encode(self, images):
        """The posterior mean."""
        return self._posterior(images)[0]

    def _posterior(self, images):
        return self.encoder(images).chunk(2, dim=1)  # mean and log-variance, (n, d) each

    def _loss(self, images, generator):
        mean, log_variance = self._posterior(images)
        noise = torch.randn(mean.shape, generator=generator, device=mean.device)
        logits = self.decoder(mean + (log_variance / 2).exp() * noise)
        divergence = (mean**2 + log_variance.exp() - 1 - log_variance).sum() / (2 * len(images))
        return {"reconstruction": cross_entropy(logits, images), "kl": self.beta * divergence}
