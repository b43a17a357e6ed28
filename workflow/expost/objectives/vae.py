"""The variational autoencoder."""

import torch
from torch import nn

from ..networks.layers import First
from ..runtime.option_values import choice, count, number
from .base import Objective, Player
from .gaussian_likelihood import GaussianLikelihood

BOUNDS = {
    "beta": {"least": 0},
    "samples": {"least": 1},
    "gamma": {"least": 1e-4, "most": 1e4},
}
CHOICES = {"log_sigma": ("free", "tanh"), "variance": ("none", "fixed", "learned")}
ONLY_WITH = {"gamma": ("variance", "fixed", "learned")}
LIKELIHOOD = {"variance": ("fixed", "learned")}
TOGETHER = True


class VariationalAutoencoder(Objective):
    """Reconstruct from noisy codes that are pulled towards N(0, I).

    `mean_k R(x, D(z_k)) + beta KL(N(mu, sigma^2) || N(0, I))` with `z_k = mu + sigma e_k`,
    `e_k ~ N(0, I)`; the divergence in closed form, `sum_j (mu_j^2 + sigma_j^2 - 1 - log sigma_j^2)
    / 2`. With cross-entropy summed over pixels and `beta` 1 this is the evidence lower bound. The
    code of an image is `mu`.

    All draws of a step go through the decoder as one batch of `samples` times n codes, over which
    batch normalisation takes its statistics.

    Args:
        encoder: gives mu and what sigma is made of, (n, 2 latent).
        decoder: as of every objective.
        reconstruction: `R`.
        beta: weight of the divergence, at least 0.
        samples: draws of a code a step, at least 1.
        log_sigma: what the encoder's second half r is: "free", `log sigma^2 = r`; or "tanh",
            `log sigma = 5 tanh r`, which keeps sigma between 1/148 and 148, as the official code of
            Ghosh et al. does.
        variance: "none", R itself; or R is the negative logarithm of a Gaussian law around what the
            decoder shows, see `GaussianLikelihood`, whose standard deviation is "fixed" or
            "learned" with the weights; then it is the history's column `gamma`. What is decoded is
            that law's mean.
        gamma: this standard deviation, or the one that is first.

    References:
        Kingma & Welling (2014), "Auto-encoding variational Bayes", ICLR.
        Higgins et al. (2017), "beta-VAE", ICLR, for other weights than 1.
        Ghosh et al. (2020), "From variational to deterministic autoencoders", ICLR, for `samples`.
        Dai & Wipf (2019), "Diagnosing and enhancing VAE models", ICLR, for a learned `variance`.
    """

    outputs = 2

    def __init__(
        self,
        encoder,
        decoder,
        reconstruction,
        beta: float = 1.0,
        samples: int = 1,
        log_sigma: str = "free",
        variance: str = "none",
        gamma: float = 1.0,
    ):
        super().__init__(encoder, decoder, reconstruction)
        self.beta = number("beta", beta, **BOUNDS["beta"])
        self.samples = count("samples", samples, **BOUNDS["samples"])
        self.log_sigma = choice("log_sigma", log_sigma, CHOICES["log_sigma"])
        self.variance = choice("variance", variance, CHOICES["variance"])
        if variance != "none":
            learned = variance == "learned"
            self.reconstruction = GaussianLikelihood(self.reconstruction, gamma, learned)

    def players(self):
        """One player moves encoder and decoder together."""
        after = self.reconstruction.project if self.variance == "learned" else None
        weights, moved = {"kl": "beta"}, list(self.parameters())
        return [Player("autoencoder", moved, self._loss, weights=weights, after=after)]

    def epoch_ended(self, means):
        """The standard deviation that is learnt, where one is."""
        return {} if self.variance == "none" else self.reconstruction.told()

    def encoding(self):
        """The posterior mean."""
        return nn.Sequential(self.encoder, First(self.outputs))

    def _loss(self, data, generator):
        codes, divergence = self._drawn(data, generator)
        raw = self.decoder(codes.flatten(0, 1))
        wanted = torch.cat([data] * self.samples)  # in the order of `raw`
        return {"reconstruction": self.reconstruction(raw, wanted), "kl": self.beta * divergence}

    def _drawn(self, data, generator):
        """Draws of codes, (samples, n, latent), and the divergence, a mean over the data."""
        mean, log_variance = self._posterior(data)[:2]
        codes = self._noisy(mean, log_variance, generator)
        divergence = (mean**2 + log_variance.exp() - 1 - log_variance).sum() / (2 * len(data))
        return codes, divergence

    def _posterior(self, data):
        """Mean and log variance, and whatever else the encoder gives, (n, latent) each."""
        mean, log_variance, *others = self.encoder(data).chunk(self.outputs, dim=1)
        if self.log_sigma == "tanh":
            log_variance = 10 * log_variance.tanh()
        return mean, log_variance, *others

    def _noisy(self, mean, log_variance, generator):
        size = (self.samples, *mean.shape)
        noise = torch.randn(size, generator=generator, device=mean.device)
        return mean + (log_variance / 2).exp() * noise
