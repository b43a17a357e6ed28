"""The decoder's law as a Gaussian around what it shows, of a spread that is fixed or learnt."""

import math

import torch
from torch import Tensor, nn

from ..runtime.log import log
from ..runtime.option_values import number
from .reconstruction import Reconstruction
from .reconstruction_names import check_likelihood

LEAST, MOST = 1e-4, 1e4  # of gamma


class GaussianLikelihood(nn.Module):
    """How unlikely data are under `N(x_hat, gamma^2 I)`, around what a decoder shows.

    `sum [(x - x_hat)^2 / 2 gamma^2 + log gamma + log(2 pi) / 2]` over an item's d numbers, a mean
    over items, in nats: `R / 2 gamma^2 + d (log gamma + log(2 pi) / 2)` of the squared error R. It
    is least where `gamma^2` is the mean squared error of a number, `R / d`.

    A gamma that is learnt is the parameter `log_gamma`. Where data are shown without error, the
    likelihood has no bound, and gamma runs to 0; it is kept between 1e-4 and 1e4, and the log warns
    of an epoch that it ends there.

    Args:
        reconstruction: `R`, a squared error summed over an item.
        gamma: the standard deviation of a number, or of which a learnt one starts.
        learned: whether it is a parameter.

    Raises:
        ValueError: the reconstruction is another loss, or gamma is out of bounds.
    """

    def __init__(self, reconstruction: Reconstruction, gamma: float, learned: bool):
        super().__init__()
        check_likelihood(reconstruction.loss, reconstruction.reduction)
        self.reconstruction, self.learned = reconstruction, learned
        first = math.log(number("gamma", gamma, least=LEAST, most=MOST))
        self.log_gamma = nn.Parameter(torch.tensor(first)) if learned else first

    def forward(self, raw: Tensor, data: Tensor) -> Tensor:
        """The loss, one number.

        Args:
            raw: what the decoder gives, (n, *shape), before the output activation.
            data: what it should have given, of the same shape.
        """
        precision = (torch.exp if self.learned else math.exp)(-2 * self.log_gamma)
        constant = data[0].numel() * (self.log_gamma + math.log(2 * math.pi) / 2)
        return self.reconstruction(raw, data) * precision / 2 + constant

    def activation(self) -> nn.Module:
        """The layer that follows the decoder when data are made."""
        return self.reconstruction.activation()

    def told(self) -> dict[str, float]:
        """The gamma that is learnt; the log warns where it has run to a bound."""
        if not self.learned:
            return {}
        gamma = self.log_gamma.exp().item()
        if not LEAST * 1.001 < gamma < MOST / 1.001:
            log.warning(
                "gamma, the standard deviation of the decoder's law, has run to %g, the bound that "
                "keeps its likelihood finite; try a lower learning_rate, or `variance: fixed`",
                gamma,
            )
        return {"gamma": gamma}

    def project(self) -> None:
        """Put a gamma that a step has moved beyond its bounds to the nearer one."""
        self.log_gamma.clamp_(math.log(LEAST), math.log(MOST))
