"""The Wasserstein autoencoder whose codes are compared with the prior by an adversary."""

import torch
from torch.nn.functional import softplus

from ..runtime.option_values import choice, count, number
from .base import Objective, Player
from .critic import Critic, normal_like, slope_penalty, told_apart

BOUNDS = {
    "units": {"least": 1},
    "layers": {"least": 1},
    "penalty": {"least": 0},
    "weight": {"least": 0},
}
CHOICES = {"adversary": ("critic", "discriminator"), "encoder_step": ("apart", "together")}
ONLY_WITH = {"penalty": ("adversary", "critic"), "weight": ("encoder_step", "together")}
TOGETHER = True
STEPS = 5  # of a critic at every batch


class AdversarialWassersteinAutoencoder(Objective):
    """Reconstruct, and make codes that an adversary cannot tell from draws of N(0, I).

    Players take turns at every batch, with z = E(x) and as many draws y of N(0, I):

        autoencoder   encoder and decoder, `R(x, D(z))`
        critic        the adversary H, five times,
                      `mean H(z) - mean H(y) + penalty mean (|grad H| - 1)^2`
        encoder       `-mean H(z)`

    Without the penalty, the critic's loss is an estimate of the Wasserstein distance between both
    laws, with the other sign: the history's column `wasserstein`. A discriminator takes one step,
    and its loss is the cross-entropy of telling codes from draws; the encoder's is then
    `mean -log H(z)`. With `encoder_step: together` there is no third player: its loss, times
    `weight`, is the autoencoder's too, as it is in the paper.

    Args:
        encoder: as of every objective.
        decoder: see there.
        reconstruction: `R`.
        latent: length d of a code.
        adversary: "critic", of bounded slope, or "discriminator", as in the paper.
        units: of each hidden layer of the adversary.
        layers: how many of these.
        penalty: on slopes of a critic that are not 1.
        encoder_step: "apart" or "together".
        weight: of what the encoder gains against the adversary, where it steps together.

    References:
        Tolstikhin et al. (2018), "Wasserstein auto-encoders", ICLR, algorithm 1.
        Mondal et al. (2019), "Towards latent space optimality for auto-encoder based generative
        models", section 4, for the critic and its players.
    """

    def __init__(
        self,
        encoder,
        decoder,
        reconstruction,
        latent,
        adversary: str = "critic",
        units: int = 256,
        layers: int = 2,
        penalty: float = 10.0,
        encoder_step: str = "apart",
        weight: float = 10.0,
    ):
        super().__init__(encoder, decoder, reconstruction)
        self.adversary = choice("adversary", adversary, CHOICES["adversary"])
        self.encoder_step = choice("encoder_step", encoder_step, CHOICES["encoder_step"])
        self.penalty = number("penalty", penalty, **BOUNDS["penalty"])
        self.weight = number("weight", weight, **BOUNDS["weight"])
        count("units", units)
        self.critic = Critic(latent, units, count("layers", layers))

    def players(self):
        """The autoencoder, its adversary, and the encoder unless it steps together."""
        encoder, decoder = (list(part.parameters()) for part in (self.encoder, self.decoder))
        critic = list(self.critic.parameters())
        steps = STEPS if self.adversary == "critic" else 1
        gained, held = {"codes": "weight"}, {"penalty": "penalty"}
        found = [
            Player("autoencoder", [*encoder, *decoder], self._reconstruct, weights=gained),
            Player("critic", critic, self._tell, steps=steps, prepare=self._codes, weights=held),
            Player("encoder", encoder, self._deceive),
        ]
        return found if self.encoder_step == "apart" else found[:2]

    def epoch_ended(self, means):
        """A critic's estimate of the distance, a mean over its steps of the epoch."""
        if self.adversary == "discriminator":
            return {}
        return {"wasserstein": -means["critic_codes"] - means["critic_prior"]}

    def _reconstruct(self, data, generator):
        codes = self.encoder(data)  # (n, latent)
        terms = {"reconstruction": self.reconstruction(self.decoder(codes), data)}
        if self.encoder_step == "together":
            terms["codes"] = self.weight * self._gain(codes)
        return terms

    def _tell(self, codes, generator):
        prior = self._compared(normal_like(codes, generator)).detach()
        of_codes, of_prior = self.critic(torch.cat([codes, prior])).chunk(2)
        if self.adversary == "discriminator":
            return told_apart(of_codes, of_prior)
        held = slope_penalty(self.critic, codes, prior, generator)
        return {
            "codes": of_codes.mean(),
            "prior": -of_prior.mean(),
            "penalty": self.penalty * held,
        }

    def _deceive(self, data, generator):
        return {"codes": self._gain(self._codes(data))}

    def _codes(self, data):
        return self._compared(self.encoder(data))

    def _compared(self, codes):
        """What the adversary is given in place of codes or draws; a subclass may mask them."""
        return codes

    def _gain(self, codes):
        told = self.critic(codes)
        return softplus(-told).mean() if self.adversary == "discriminator" else -told.mean()
