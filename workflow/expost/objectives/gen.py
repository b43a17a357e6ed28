"""Generative encoding networks: codes are matched to a law by a kernel density of themselves."""

import torch
from torch import nn
from torch.nn.functional import softplus

from ..networks import running_statistics
from ..runtime.option_values import choice, count, number
from . import codes_seen, gen_target, kernel_density, mixture_density
from .base import Objective, Player

BOUNDS = {
    "weight": {"least": 0},
    "sample": {"least": 2},
    "every": {"least": 1},
    "components": {"least": 2},
    "radius": {"above": 0},
    "spread": {"above": 0},
    "labelled": {"least": 0},
}
CHOICES = {
    "jsd_form": ("paper", "log_ratio"),
    "code_norm": ("none", "scaled"),
    "target": ("normal", "mixture"),
}
ONLY_WITH = {
    "components": ("target", "mixture"),
    "radius": ("target", "mixture"),
    "spread": ("target", "mixture"),
    "labelled": ("target", "mixture"),
}
DATA_CHECKED_BY = "gen_target"
LAW_SAID_BY = "gen_target"


class GenerativeEncodingNetwork(Objective):
    """Reconstruct, and match the law of the codes to a target by a kernel density of the codes.

    `R(x, D(z)) + weight J` with `z = E(x)`, the target's density p (see `gen_target.target`), and
    the density q of kernels at codes of `sample` training items, which lag behind: they are chosen
    and encoded anew every `every` batches, and have no gradient. Its bandwidth h is the best one
    of that many codes, see `divergences.bandwidth`. The mean over the batch is

        paper       J = mean log q(z) / (p(z) + q(z))
        log_ratio   J = mean log q(z) / p(z)

    The first is the part of the Jensen-Shannon divergence that codes move. Where they outgrow the
    target its ratio is near 1 for all of them, and no gradient is left; the second, the divergence
    KL(q || p), has one everywhere. The history has the mean ratio q / (p + q), the length of the
    longest code, and the variance of the codes, a mean over dimensions; the log warns where the
    ratio is above 0.95. With the target N(0, I), codes that have no gradient left follow
    N(0, (1 - h^2) I).

    Of a mixture with `labelled` items, the target of such an item is the component of its class
    alone, with its weight: p(z, y) in place of p(z). Both agree in a component that is apart from
    the others. The paper does not say how it uses labels.

    Args:
        encoder: as of every objective.
        decoder: see there.
        reconstruction: `R`; the paper's weights are for a mean over pixels.
        latent: length d of a code.
        weight: of J, at least 0; the paper has 0.005 to 0.01.
        jsd_form: as above, the paper's is the default.
        code_norm: "scaled" for codes that are normalised over the batch to the mean of the target
            and its variance less h^2, (1 - h^2) of N(0, I); so they cannot outgrow it.
        sample: m, of the kernels; as many training items must there be.
        every: batches from one sample to the next.
        target: "normal" or "mixture".
        components: of a mixture; the classes, where there are labels.
        radius: of the circle of its means.
        spread: standard deviation of a component.
        labelled: how many training items' labels are used, chosen at random.

    Raises:
        FloatingPointError: codes of the sample are not finite.
        ValueError: the mixture wants two dimensions, or so many dimensions a larger sample.

    References:
        Saha, Elhabian & Whitaker (2020), "GENs: generative encoding networks", equation 3 and
        algorithm 1.
    """

    def __init__(
        self,
        encoder,
        decoder,
        reconstruction,
        latent,
        weight: float = 0.01,
        jsd_form: str = "paper",
        code_norm: str = "none",
        sample: int = 10_000,
        every: int = 10,
        target: str = "normal",
        components: int = 10,
        radius: float = 4.0,
        spread: float = 0.4,
        labelled: int = 0,
    ):
        super().__init__(encoder, decoder, reconstruction)
        self.weight = number("weight", weight, **BOUNDS["weight"])
        self.jsd_form = choice("jsd_form", jsd_form, CHOICES["jsd_form"])
        choice("target", target, CHOICES["target"])
        self.sample = count("sample", sample, **BOUNDS["sample"])
        self.every = count("every", every, **BOUNDS["every"])
        self.labelled = count("labelled", labelled, **BOUNDS["labelled"])
        law = {"target": target, "components": components, "radius": radius, "spread": spread}
        self.law = gen_target.target(latent, **law)
        scaled = choice("code_norm", code_norm, CHOICES["code_norm"]) == "scaled"
        self.norm = running_statistics.Standardised(latent) if scaled else None
        self.register_buffer("bandwidth", torch.tensor(torch.nan))
        self.spread = float(self.law.spreads[0, 0])
        means = torch.tensor(self.law.means, dtype=torch.float32)
        self.register_buffer("means", means, persistent=False)
        self.register_buffer("lagging", torch.zeros(0, latent), persistent=False)
        self.seen = codes_seen.Seen()

    def players(self):
        """One player moves encoder and decoder together."""
        weights = {"jsd": "weight"}
        return [Player("autoencoder", list(self.parameters()), self._loss, weights=weights)]

    def encoding(self):
        """The encoder, and what normalises its codes."""
        return nn.Sequential(self.encoder, *([] if self.norm is None else [self.norm]))

    def look(self, batch, draw):
        """Take the sample anew, of codes as the encoder gives them in training."""
        if not torch.isfinite(self.bandwidth):
            self._set_bandwidth()
        if batch % self.every:
            return
        with torch.no_grad(), running_statistics.kept(self):
            self.lagging = torch.cat([self.encode(part) for part in draw(self.sample)])
        codes_seen.check(self.lagging, batch, self.weight)

    def epoch_ended(self, means):
        """The mean ratio, the longest code and the variance of the codes of the epoch."""
        seen, self.seen = self.seen, codes_seen.Seen()
        return seen.told()

    def _set_bandwidth(self):
        h = gen_target.bandwidth(self.means.shape[1], self.sample, self.law)
        self.bandwidth.fill_(h)
        if self.norm is not None:
            mean, variance = gen_target.moments(self.law)
            self.norm.set(*map(torch.from_numpy, (mean, (variance - h**2) ** 0.5)))

    def _loss(self, data, generator, labels=None):
        codes = self.encode(data)  # (n, latent)
        log_q = kernel_density.log_density(codes, self.lagging, self.bandwidth)
        gap = log_q - mixture_density.log_density(codes, self.means, self.spread, labels)
        self.seen.add(codes.detach(), gap.detach())
        log_ratio = gap if self.jsd_form == "log_ratio" else -softplus(-gap)
        return {
            "reconstruction": self.reconstruction(self.decoder(codes), data),
            "jsd": self.weight * log_ratio.mean(),
        }
