"""The adversarial autoencoder: a discriminator compares codes with draws of N(0, I)."""

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, softplus

from ..runtime.option_values import count, number
from .base import Objective, Player
from .critic import normal_like

BOUNDS = {"units": {"least": 1}, "prior_label": {"above": 0.5, "most": 1}, "noise": {"least": 0}}


class AdversarialAutoencoder(Objective):
    """Reconstruct, tell codes from draws of N(0, I), and make codes that are not told apart.

    Three players take turns at every batch, each with an optimiser of its own:

        autoencoder     encoder and decoder, `R(x, D(E(x)))`
        discriminator   `B(T(y), prior_label) + B(T(E(x)), 0)`, draws y ~ N(0, I)
        generator       the encoder, `B(T(E(x)), 1)`

    with the cross-entropy B of the probability that the discriminator T gives, a mean over the
    batch: two hidden layers of ReLUs. The weight of the adversary is its players' learning rates,
    which the run sets under `players`: the optimiser of a loss alone hardly sees its scale.

    Args:
        encoder: as of every objective.
        decoder: see there.
        reconstruction: `R`.
        latent: length d of a code.
        units: of each hidden layer of the discriminator.
        prior_label: of the draws, in (0.5, 1]: 1 as in the paper, or less, 0.9 say, which keeps
            the discriminator from being sure; codes keep 0 (one-sided label smoothing).
        noise: standard deviation of normal noise on all that the discriminator is given while it
            learns, and on nothing else, at least 0.

    References:
        Makhzani et al. (2016), "Adversarial autoencoders", ICLR workshop, section 2 and appendix A.
        Salimans et al. (2016), "Improved techniques for training GANs", NeurIPS, section 3.4.
    """

    def __init__(
        self,
        encoder,
        decoder,
        reconstruction,
        latent,
        units: int = 1000,
        prior_label: float = 1.0,
        noise: float = 0.0,
    ):
        super().__init__(encoder, decoder, reconstruction)
        count("units", units, **BOUNDS["units"])
        self.prior_label = number("prior_label", prior_label, **BOUNDS["prior_label"])
        self.noise = number("noise", noise, **BOUNDS["noise"])
        self.discriminator = nn.Sequential(
            *(nn.Linear(latent, units), nn.ReLU()),
            *(nn.Linear(units, units), nn.ReLU()),
            nn.Linear(units, 1),
        )

    def players(self):
        """The autoencoder, the discriminator, and the encoder against it, in this order."""
        parts = (self.encoder, self.decoder, self.discriminator)
        encoder, decoder, adversary = (list(part.parameters()) for part in parts)
        return [
            Player("autoencoder", [*encoder, *decoder], self._reconstruct),
            Player("discriminator", adversary, self._tell, prepare=self.encoder),
            Player("generator", encoder, self._deceive),
        ]

    def _reconstruct(self, data, generator):
        return {"reconstruction": self.reconstruction(self.decoder(self.encoder(data)), data)}

    def _tell(self, codes, generator):
        prior = normal_like(codes, generator)
        if self.noise:
            codes, prior = (x + self.noise * normal_like(x, generator) for x in (codes, prior))
        of_prior = self.discriminator(prior)
        wanted = torch.full_like(of_prior, self.prior_label)
        return {
            "prior": binary_cross_entropy_with_logits(of_prior, wanted),
            "codes": softplus(self.discriminator(codes)).mean(),
        }

    def _deceive(self, data, generator):
        return {"codes": softplus(-self.discriminator(self.encoder(data))).mean()}
