"""The networks that tell codes from draws of a prior, and what holds their slope."""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, softplus


class Critic(nn.Module):
    """A fully connected network from codes to one number, ReLUs between its layers.

    Args:
        latent: length d of a code.
        units: of each hidden layer.
        layers: how many of these there are.
    """

    def __init__(self, latent: int, units: int, layers: int):
        super().__init__()
        widths = [latent, *[units] * layers, 1]
        self.layers = nn.ModuleList(nn.Linear(*pair) for pair in pairwise(widths))

    def forward(self, codes: Tensor) -> Tensor:
        """(n, d) to (n,)."""
        return self._open(codes)[0]

    def slopes(self, codes: Tensor) -> Tensor:
        """The gradient of the output by each code, (n, d) to the same shape.

        It is written out: a product of the weights, of each layer those whose units are open. So
        what is computed from it is differentiated by the weights in one pass, where automatic
        derivatives would want two. Where a unit opens there is no derivative; it is left out.
        """
        _, opened = self._open(codes)
        *hidden, last = self.layers
        slopes = last.weight  # (1, units), for every code
        for layer, units in zip(reversed(hidden), reversed(opened), strict=True):
            slopes = (slopes * units) @ layer.weight
        return slopes.expand(codes.shape)

    def _open(self, x):
        *hidden, last = self.layers
        opened = []
        for layer in hidden:
            x = torch.relu(layer(x))
            opened.append(x > 0)
        return last(x).squeeze(-1), opened


def slope_penalty(critic: Critic, codes: Tensor, prior: Tensor, generator) -> Tensor:
    """How far slopes are from 1: `mean (|grad H(y)| - 1)^2`, one number.

    Args:
        critic: H.
        codes: (n, d).
        prior: as many draws; each y lies at random on the line between a code and a draw.
        generator: of the places on the lines.

    References:
        Gulrajani et al. (2017), "Improved training of Wasserstein GANs", NeurIPS, algorithm 1.
    """
    place = torch.rand(len(codes), 1, generator=generator, device=codes.device)
    slopes = critic.slopes(torch.lerp(codes, prior, place))
    return (slopes.norm(dim=1) - 1).square().mean()


def told_apart(of_codes: Tensor, of_prior: Tensor) -> dict[str, Tensor]:
    """The cross-entropy of a discriminator whose outputs are logits of being a draw, (n,) each."""
    ones = torch.ones_like(of_prior)
    return {
        "codes": softplus(of_codes).mean(),
        "prior": binary_cross_entropy_with_logits(of_prior, ones),
    }


def normal_like(codes: Tensor, generator) -> Tensor:
    """As many draws of N(0, I), (n, d)."""
    return torch.randn(codes.shape, generator=generator, device=codes.device)
