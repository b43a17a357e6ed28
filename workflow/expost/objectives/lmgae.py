"""Latent masked generative autoencoders: how many dimensions codes need is learnt as well."""

import torch
from torch import nn

from ..runtime.option_values import choice, number
from . import latent_mask, mask_schedules
from .base import Player
from .critic import normal_like
from .wae_gan import STEPS, AdversarialWassersteinAutoencoder

BOUNDS = {
    "variance_weight": {"least": 0},
    "reconstruction_weight": {"least": 0},
    "distance_weight": {"least": 0},
    "penalty": {"least": 0},
    "units": {"least": 1},
    "layers": {"least": 1},
    "start_low": {"least": 0},
    "start_high": {"above": 0, "most": 16},  # float32 has 1 - exp(-17) = 1, without a slope
}
CHOICES = {
    "distance": ("squared", "one_plus_squared"),
    "schedule": ("faithful", "official", "careful"),
}
PACED = {"schedule": "careful"}
DATA_CHECKED_BY = "mask_schedules"
TOGETHER = True


class LatentMaskedAutoencoder(AdversarialWassersteinAutoencoder):
    """An adversarial Wasserstein autoencoder with a mask that closes dimensions it can spare.

    Four players take turns at every batch, in this order, with z = E(x), as many draws y of
    N(0, I), and the mask mu, see `latent_mask.Mask`:

        autoencoder   encoder and decoder,
                      `R(x, D(mu z)) + variance_weight mean_j Var(z_j) exp(-10 mu_j^2)`
        critic        H, five times,
                      `mean H(mu z) - mean H(mu y) + penalty mean (|grad H| - 1)^2`
        encoder       `-mean H(mu z)`
        mask          `reconstruction_weight R + distance_weight W^2 + p sum_j mu_j (1 - mu_j)`

    with the critic's estimate `W = mean H(mu y) - mean H(mu z)` of the Wasserstein distance, in
    the history's column `wasserstein`, and a weight p that a schedule sets, see `mask_schedules`.
    Codes are z, and the mask is the first layer of the decoder, so that draws of N(0, I) are
    decoded as in training. The history has what `latent_mask.Mask.told` tells, and the log warns
    where no dimension is active. The paper's text has lost its formulas; these are rebuilt of its
    words and its authors' code.

    Args:
        encoder: as of every objective.
        decoder: see there.
        reconstruction: `R`.
        latent: length m of a code, the capacity, at least 2.
        schedule: of the mask, "faithful", "official" or "careful"; see `mask_schedules`.
        distance: "squared", or "one_plus_squared" for the `(1 + W)^2` of the official code.
        variance_weight: of the variance of codes in dimensions that are masked.
        reconstruction_weight: of the reconstruction in the mask's loss.
        distance_weight: of the distance there.
        penalty: as of `wae_gan`; likewise `units` and `layers`.
        start_low: the mask's levels are uniform at first, from here.
        start_high: to here, at most 16.

    Raises:
        ValueError: a single dimension, which cannot be masked; or an empty range of levels.

    References:
        Mondal et al. (2019), "Towards latent space optimality for auto-encoder based generative
        models", section 4.
    """

    def __init__(
        self,
        encoder,
        decoder,
        reconstruction,
        latent,
        schedule: str = "faithful",
        distance: str = "squared",
        variance_weight: float = 100.0,
        reconstruction_weight: float = 1000.0,
        distance_weight: float = 1.0,
        penalty: float = 10.0,
        units: int = 256,
        layers: int = 2,
        start_low: float = 0.0,
        start_high: float = 5.0,
    ):
        critic = {"penalty": penalty, "units": units, "layers": layers}
        super().__init__(encoder, decoder, reconstruction, latent, **critic)
        self.schedule = choice("schedule", schedule, CHOICES["schedule"])
        self.paced = schedule == PACED["schedule"]
        self.one_plus = choice("distance", distance, CHOICES["distance"]) == "one_plus_squared"
        self.variance_weight = number("variance_weight", variance_weight, least=0)
        self.distance_weight = number("distance_weight", distance_weight, least=0)
        self.reconstruction_weight = number("reconstruction_weight", reconstruction_weight, least=0)
        self.mask = latent_mask.Mask(latent, start_low, start_high)
        self.done, self.batches = 0, 1

    def players(self):
        """The autoencoder, its critic, the encoder against it, and the mask, in this order."""
        parts = (self.encoder, self.decoder, self.critic, self.mask)
        encoder, decoder, critic, mask = (list(part.parameters()) for part in parts)
        spilt, held = {"variance": "variance_weight"}, {"penalty": "penalty"}
        chosen = {"reconstruction": "reconstruction_weight", "distance": "distance_weight"}
        return [
            Player("autoencoder", [*encoder, *decoder], self._reconstruct, weights=spilt),
            Player("critic", critic, self._tell, steps=STEPS, prepare=self._codes, weights=held),
            Player("encoder", encoder, self._deceive),
            Player("mask", mask, self._choose, after=self.mask.project, weights=chosen),
        ]

    def decoding(self):
        """The mask, the decoder and its activation."""
        return nn.Sequential(self.mask, self.decoder, self.reconstruction.activation())

    def validation(self, data):
        """The reconstruction through the mask."""
        return self.reconstruction(self.decoder(self.mask(self.encode(data))), data)

    def begin(self, batches):
        """Remember how many there will be."""
        self.batches = batches

    def look(self, batch, draw):
        """Remember which batch it is."""
        self.done = batch

    def epoch_ended(self, means):
        """The critic's distance, every dimension's mask, and how much of it is open."""
        return super().epoch_ended(means) | self.mask.told()

    def _compared(self, codes):
        return self.mask(codes)

    def _reconstruct(self, data, generator):
        codes = self.encoder(data)  # (n, m)
        spilt = codes.var(dim=0) * torch.exp(-10 * self.mask.values().square())
        return {
            "reconstruction": self.reconstruction(self.decoder(self.mask(codes)), data),
            "variance": self.variance_weight * spilt.mean(),
        }

    def _choose(self, data, generator):
        if not mask_schedules.moves(self.schedule, self.done, self.batches):
            return dict.fromkeys(("reconstruction", "distance", "binary"), 0 * self.mask.spread())
        with torch.no_grad():
            codes = self.encoder(data)
        masked, prior = self.mask(codes), self.mask(normal_like(codes, generator))
        distance = self.critic(prior).mean() - self.critic(masked).mean()
        reconstruction = self.reconstruction(self.decoder(masked), data)
        pressure = mask_schedules.pressure(self.schedule, len(prior.T), self.done, self.batches)
        return {
            "reconstruction": self.reconstruction_weight * reconstruction,
            "distance": self.distance_weight * (distance + self.one_plus).square(),
            "binary": pressure * self.mask.spread(),
        }
