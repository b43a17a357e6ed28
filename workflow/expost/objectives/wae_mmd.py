"""The Wasserstein autoencoder whose codes are compared with the prior by a kernel."""

import torch
from torch import Tensor

from ..runtime.option_values import number
from .base import Objective, Player

BOUNDS = {
    "weight": {"least": 0},
    "reconstruction_weight": {"least": 0},
    "input_noise": {"least": 0},
}
TOGETHER = True
SCALES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)  # of the kernels, in units of 2 d


class WassersteinAutoencoder(Objective):
    """Reconstruct, and make the codes of a batch as a whole look like draws of N(0, I).

    `reconstruction_weight R(x, D(z)) + weight MMD^2`, with `z = E(x + noise)` and the estimate of
    `mmd` between the codes of the batch and as many draws of the prior.

    Args:
        encoder: as of every objective.
        decoder: see there.
        reconstruction: `R`.
        weight: of the divergence, at least 0; the default is that of Tolstikhin et al.
        reconstruction_weight: of the reconstruction, at least 0.
        input_noise: standard deviation s of normal noise on what the encoder is given, clipped at
            s and -s; 0 for none. `R` compares with the data themselves.

    Raises:
        ValueError: a batch has a single item, of which there is no such estimate.

    References:
        Tolstikhin et al. (2018), "Wasserstein auto-encoders", ICLR, algorithm 2.
    """

    def __init__(
        self,
        encoder,
        decoder,
        reconstruction,
        weight: float = 10.0,
        reconstruction_weight: float = 1.0,
        input_noise: float = 0.0,
    ):
        super().__init__(encoder, decoder, reconstruction)
        self.weight = number("weight", weight, **BOUNDS["weight"])
        self.reconstruction_weight = number(
            "reconstruction_weight", reconstruction_weight, **BOUNDS["reconstruction_weight"]
        )
        self.input_noise = number("input_noise", input_noise, **BOUNDS["input_noise"])

    def players(self):
        """One player moves encoder and decoder together."""
        weights = {"reconstruction": "reconstruction_weight", "mmd": "weight"}
        return [Player("autoencoder", list(self.parameters()), self._loss, weights=weights)]

    def _loss(self, data, generator):
        codes = self.encoder(self._disturbed(data, generator))  # (n, latent)
        prior = torch.randn(codes.shape, generator=generator, device=codes.device)
        reconstruction = self.reconstruction(self.decoder(codes), data)
        return {
            "reconstruction": self.reconstruction_weight * reconstruction,
            "mmd": self.weight * mmd(codes, prior),
        }

    def _disturbed(self, data, generator):
        if not self.input_noise:
            return data
        s = self.input_noise
        noise = torch.randn(data.shape, generator=generator, device=data.device)
        return data + s * noise.clamp(-1, 1)


def mmd(codes: Tensor, prior: Tensor) -> Tensor:
    """The squared maximum mean discrepancy of two samples, estimated without bias: one number.

        mean_{i != j} k(x_i, x_j) + mean_{i != j} k(y_i, y_j) - 2 mean_{i, j} k(x_i, y_j)
        k(x, y) = sum_C C / (C + |x - y|^2),   C = 2 d {0.1, 0.2, 0.5, 1, 2, 5, 10}

    where 2 d is the mean of `|x - y|^2` between draws of N(0, I). Being unbiased, it is negative
    about as often as not where the laws are the same.

    Args:
        codes: x, shape (n, d).
        prior: y, as many.

    Raises:
        ValueError: there is a single one.

    References:
        Gretton et al. (2012), "A kernel two-sample test", JMLR 13, equation 3.
    """
    n, d = codes.shape
    if n < 2:
        raise ValueError(
            f"got a batch of {n} for the estimate of MMD, which is of pairs of items; wanted at "
            "least 2: train on more data"
        )
    both = torch.cat([codes, prior])
    norms = both.square().sum(dim=1)
    squares = (norms[:, None] + norms - 2 * both @ both.T).clamp_min(0)
    kernel = sum(2 * d * scale / (2 * d * scale + squares) for scale in SCALES)
    within = kernel[:n, :n].sum() + kernel[n:, n:].sum()
    same = kernel.diagonal().sum()
    return (within - same) / (n * (n - 1)) - 2 * kernel[:n, n:].mean()
