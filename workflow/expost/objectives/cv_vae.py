"""The variational autoencoder whose noise is the same for all images."""

import torch

from ..runtime.option_values import choice, number
from . import embedding as embeddings
from .base import Objective, Player

BOUNDS = {"beta": {"least": 0}, "sigma": {"least": 0}}
CHOICES = {"embedding": ("half_norm", "mean_square")}


class ConstantVarianceAutoencoder(Objective):
    """Reconstruct from codes with noise of a fixed spread, and keep the codes near the origin.

    `R(x, D(z)) + beta |E(x)|^2 / 2` with `z = E(x) + sigma e`, `e ~ N(0, I)`. The second term is
    the divergence `KL(N(E(x), sigma^2 I) || N(0, I))` but for a constant.

    Equation 13 of the paper writes `N(0, sigma I)` of the noise, as its equation 8 does of the
    VAE's, where equation 11 multiplies by sigma: `sigma` is a standard deviation here, as in the
    official code, and no variance.

    Args:
        encoder: as of every objective.
        decoder: see there.
        reconstruction: `R`.
        beta: weight of the second term, at least 0.
        sigma: standard deviation of the noise, at least 0; the official code's is the default.
        embedding: "half_norm" for the term above, the paper's; "mean_square" for the mean over
            batch and dimensions of `E(x)^2`, the official code's.

    References:
        Ghosh et al. (2020), "From variational to deterministic autoencoders", ICLR, section 2.2.
    """

    def __init__(
        self,
        encoder,
        decoder,
        reconstruction,
        beta: float = 1.0,
        sigma: float = 0.7,
        embedding: str = "half_norm",
    ):
        super().__init__(encoder, decoder, reconstruction)
        self.beta = number("beta", beta, **BOUNDS["beta"])
        self.sigma = number("sigma", sigma, **BOUNDS["sigma"])
        self.embedding = choice("embedding", embedding, CHOICES["embedding"])

    def players(self):
        """One player moves encoder and decoder together."""
        weights = {"embedding": "beta"}
        return [Player("autoencoder", list(self.parameters()), self._loss, weights=weights)]

    def _loss(self, data, generator):
        mean = self.encoder(data)  # (n, latent)
        noise = torch.randn(mean.shape, generator=generator, device=mean.device)
        raw = self.decoder(mean + self.sigma * noise)
        return {
            "reconstruction": self.reconstruction(raw, data),
            "embedding": self.beta * embeddings.size(mean, self.embedding),
        }
