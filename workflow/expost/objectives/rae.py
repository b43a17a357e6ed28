"""The regularised autoencoder: no noise, but a decoder that is kept smooth."""

from ..networks import spectral_norm
from ..runtime.option_values import choice, number
from . import embedding as embeddings
from . import penalties
from .base import Objective, Player

BOUNDS = {"beta": {"least": 0}, "weight": {"least": 0}}
CHOICES = {
    "penalty": ("none", "l2", "gradient", "spectral"),
    "embedding": ("half_norm", "mean_square"),
    "l2_of": ("parameters", "kernels", "transposed"),
    "gradient": ("jacobian", "sum_of_squares"),
    "spectral_of": ("decoder", "both"),
}
LAYERS = {"l2_of": {"transposed": "transposed convolutions"}}
ONLY_WITH = {
    "weight": ("penalty", "l2", "gradient"),
    "l2_of": ("penalty", "l2"),
    "gradient": ("penalty", "gradient"),
    "spectral_of": ("penalty", "spectral"),
}


class RegularisedAutoencoder(Objective):
    """Reconstruct, keep codes near the origin, and the decoder smooth.

    `R(x, D(z)) + beta |z|^2 / 2 + weight P` with `z = E(x)` and the penalty `P`:

        none       0
        l2         sum of squared weights of the decoder
        gradient   |dD(z) / dz|^2 of what the decoder shows, output activation included
        spectral   0; instead, kernels are divided by their spectral norms

    Of `embedding`, `l2_of`, `gradient` and `spectral_of` the first word, the default, is the
    paper's, and the last the official code's; for CelebA that has `l2_of: kernels`. The paper says
    nothing of the weights; the official code's `weight` is about 1e-7, of a reconstruction averaged
    over pixels.

    Args:
        encoder: as of every objective.
        decoder: see there.
        reconstruction: `R`.
        penalty: as above.
        beta: weight of the second term, at least 0.
        embedding: "half_norm" for the second term above; "mean_square" for the mean over batch
            and dimensions of z^2.
        weight: of the penalties "l2" and "gradient", at least 0.
        l2_of: which weights, see `penalties.weights`.
        gradient: "jacobian", estimated by `penalties.squared_jacobian`; or "sum_of_squares", see
            `penalties.gradient_of_squares`.
        spectral_of: "decoder", or "both" for the encoder too; see `networks.spectral_norm`.

    Raises:
        ValueError: the decoder has no weights of the kind `l2_of`.

    References:
        Ghosh et al. (2020), "From variational to deterministic autoencoders", ICLR, section 3.
    """

    def __init__(
        self,
        encoder,
        decoder,
        reconstruction,
        penalty: str = "none",
        beta: float = 1.0,
        embedding: str = "half_norm",
        weight: float = 1e-7,
        l2_of: str = "parameters",
        gradient: str = "jacobian",
        spectral_of: str = "decoder",
    ):
        super().__init__(encoder, decoder, reconstruction)
        self.penalty = choice("penalty", penalty, CHOICES["penalty"])
        self.beta = number("beta", beta, **BOUNDS["beta"])
        self.embedding = choice("embedding", embedding, CHOICES["embedding"])
        self.weight = number("weight", weight, **BOUNDS["weight"])
        self.l2_of = choice("l2_of", l2_of, CHOICES["l2_of"])
        self.gradient = choice("gradient", gradient, CHOICES["gradient"])
        self.spectral_of = choice("spectral_of", spectral_of, CHOICES["spectral_of"])
        if penalty == "l2":
            penalties.weights(decoder, l2_of)  # refuses a decoder without any
        if penalty == "spectral":
            for network in (encoder, decoder) if spectral_of == "both" else (decoder,):
                spectral_norm.normalise(network)

    def players(self):
        """One player moves encoder and decoder together."""
        weights = {"embedding": "beta", "l2": "weight", "gradient": "weight"}
        return [Player("autoencoder", list(self.parameters()), self._loss, weights=weights)]

    def _loss(self, data, generator):
        codes = self.encoder(data)  # (n, latent)
        raw = self.decoder(codes)
        terms = {
            "reconstruction": self.reconstruction(raw, data),
            "embedding": self.beta * embeddings.size(codes, self.embedding),
        }
        if self.penalty == "l2":
            kept_small = penalties.weights(self.decoder, self.l2_of)
            terms["l2"] = self.weight * sum(part.square().sum() for part in kept_small)
        if self.penalty == "gradient" and self.weight:  # which costs as much as all else
            shown = self.reconstruction.activation()(raw)
            terms["gradient"] = self.weight * self._squared_gradient(shown, codes, generator)
        return terms

    def _squared_gradient(self, shown, codes, generator):
        if self.gradient == "jacobian":
            return penalties.squared_jacobian(shown, codes, generator)
        return penalties.gradient_of_squares(shown, codes)
