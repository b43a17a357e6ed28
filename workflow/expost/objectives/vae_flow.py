"""The variational autoencoder whose posterior is a flow."""

from torch import nn

from ..runtime.option_values import count
from . import latent_checks
from .inverse_autoregressive import AtMean, InverseAutoregressive
from .vae import VariationalAutoencoder

BOUNDS = {
    "beta": {"least": 0},
    "samples": {"least": 1},
    "gamma": {"least": 1e-4, "most": 1e4},
    "transforms": {"least": 1, "most": 16},
    "hidden": {"least": 1, "most": 1024},
    "layers": {"least": 1, "most": 4},
}
CHOICES = {"log_sigma": ("free", "tanh"), "variance": ("none", "fixed", "learned")}
ONLY_WITH = {"gamma": ("variance", "fixed", "learned")}
LIKELIHOOD = {"variance": ("fixed", "learned")}
DATA_CHECKED_BY = "latent_checks"


class FlowVariationalAutoencoder(VariationalAutoencoder):
    """A variational autoencoder whose draws of codes go on through an autoregressive flow.

    `mean_k R(x, D(z_k)) + beta mean_k [log q(z_k | x) - log N(z_k; 0, I)]` with
    `z_k = f(mu + sigma e_k, h)`, `e_k ~ N(0, I)`, and
    `log q(z | x) = log N(mu + sigma e; mu, sigma^2 I) - log |det df|`, so that codes of an image
    may depend on each other; see `InverseAutoregressive` for the steps of f. The encoder gives mu,
    what sigma is made of, and the context h.

    The divergence has no closed form and is estimated by the same draws; of `e^2 / 2` in it, its
    mean 1 / 2 is taken, which alters no gradient. With steps that do nothing, as at first, it is a
    VAE's in the mean.

    The code of an image is `f(mu, h)`: what the decoder is given without noise. It is in general
    not the mean of the posterior, which has no closed form.

    Args:
        encoder: gives mu, what sigma is made of, and h, (n, 3 latent).
        decoder: as of every objective.
        reconstruction: `R`.
        latent: length of a code, at least 2.
        beta: as of `vae`; likewise `samples`, `log_sigma`, `variance` and `gamma`.
        transforms: steps of the flow.
        hidden: units of each hidden layer of the steps' networks.
        layers: how many of these.

    References:
        Kingma et al. (2016), "Improved variational inference with inverse autoregressive flow",
        NeurIPS.
    """

    outputs = 3

    def __init__(
        self,
        encoder,
        decoder,
        reconstruction,
        latent,
        beta: float = 1.0,
        samples: int = 1,
        log_sigma: str = "free",
        variance: str = "none",
        gamma: float = 1.0,
        transforms: int = 4,
        hidden: int = 128,
        layers: int = 2,
    ):
        usual = (beta, samples, log_sigma, variance, gamma)
        super().__init__(encoder, decoder, reconstruction, *usual)
        latent_checks.check(latent, None, None, {})
        sizes = {"transforms": transforms, "hidden": hidden, "layers": layers}
        for name, size in sizes.items():
            count(name, size, **BOUNDS[name])
        self.flow = InverseAutoregressive(latent, **sizes)

    def encoding(self):
        """The posterior's mean before the flow, and the flow."""
        return nn.Sequential(self.encoder, AtMean(self.flow))

    def _drawn(self, data, generator):
        mean, log_variance, context = self._posterior(data)
        codes, log_determinant = self.flow(self._noisy(mean, log_variance, generator), context)
        # Of one draw: log q but for the constant that the prior has too, and then log p.
        posterior = -(1 + log_variance).sum(dim=-1) / 2 - log_determinant
        prior = -codes.square().sum(dim=-1) / 2
        return codes, (posterior - prior).mean()
