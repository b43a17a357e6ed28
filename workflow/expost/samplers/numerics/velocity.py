"""A network for velocities of codes, and the paths along which these carry codes."""

from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor, nn

WAVES = 4  # sines, and as many cosines, of the time; its half waves are told apart at both ends
NUMBERS = 2**22  # float32 in the largest array of a block of codes, 16 MiB


class Velocity(nn.Module):
    """v(t, x), of codes x at times t in [0, 1].

    Args:
        d: dimensions of the codes.
        hidden, layers: width and number of the hidden layers, with SiLU.
    """

    def __init__(self, d: int, hidden: int, layers: int):
        super().__init__()
        widths = [d + 2 * WAVES, *[hidden] * layers, d]
        self.linear = nn.ModuleList(nn.Linear(*pair) for pair in pairwise(widths))
        self.register_buffer("frequencies", torch.pi * torch.arange(1.0, WAVES + 1))

    def forward(self, t: Tensor, x: Tensor) -> Tensor:
        """Velocities (n, d) at codes (n, d) and times (n, 1)."""
        h = self._input(t, x)
        for layer in self.linear[:-1]:
            h = nn.functional.silu(layer(h))
        return self.linear[-1](h)

    def with_divergence(self, t: Tensor, x: Tensor) -> Tensor:
        """Velocities, and in a last column their divergence Σⱼ ∂vⱼ/∂xⱼ: shape (n, d + 1).

        Exact: derivatives for each of the d inputs go forwards through the layers.
        """
        d = x.shape[1]
        h = self._input(t, x)
        tangents = self.linear[0].weight[:, :d].T[:, None]  # (d, 1, hidden)
        for k, layer in enumerate(self.linear[:-1]):
            if k:
                tangents = tangents @ layer.weight.T
            z = layer(h)
            gate = z.sigmoid()
            h = z * gate
            tangents = tangents * (gate + h * (1 - gate))  # (d, n, hidden)
        last = self.linear[-1]
        divergence = torch.einsum("jnk,jk->n", tangents, last.weight)
        return torch.cat([last(h), divergence[:, None]], dim=1)

    def _input(self, t: Tensor, x: Tensor) -> Tensor:
        angles = t * self.frequencies
        return torch.cat([x, angles.sin(), angles.cos()], dim=1)


def matching_loss(velocity: Callable, noise: Tensor, codes: Tensor, t: Tensor) -> Tensor:
    """Mean square error of velocities on straight paths from noise to codes, a scalar.

        mean over rows and columns of (v(t, (1 - t) x₀ + t x₁) - (x₁ - x₀))²

    Args:
        velocity: v, of times (n, 1) and codes (n, d).
        noise: x₀, (n, d).
        codes: x₁, (n, d).
        t: times, (n, 1).
    """
    return nn.functional.mse_loss(velocity(t, torch.lerp(noise, codes, t)), codes - noise)


def carried(velocity: Callable, x: Tensor, start: float, end: float, steps: int) -> Tensor:
    """Where x is at the time `end`: dx/dt = v(t, x) by the classical Runge-Kutta method of order 4.

    Args:
        velocity: v, of times (n, 1) and states (n, k).
        x: at the time `start`, (n, k).
        start: a time.
        end: another, later or earlier.
        steps: of equal length.
    """
    h = (end - start) / steps
    for i in range(steps):
        t = x.new_full((len(x), 1), start + i * h)
        k1 = velocity(t, x)
        k2 = velocity(t + h / 2, x + h / 2 * k1)
        k3 = velocity(t + h / 2, x + h / 2 * k2)
        k4 = velocity(t + h, x + h * k3)
        x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return x


def draws(velocity: Velocity, noise: Tensor, steps: int) -> Tensor:
    """Codes (n, d) to which noise (n, d) is carried from 0 to 1."""
    rows = _rows(velocity, 1)
    return torch.cat([carried(velocity, part, 0.0, 1.0, steps) for part in noise.split(rows)])


def log_density(velocity: Velocity, x: Tensor, steps: int) -> Tensor:
    """Of codes (n, d) carried from N(0, I), shape (n,), by the instantaneous change of variables.

    log f(x) = log N(x₀; 0, I) - ∫₀¹ div v(t, x_t) dt, along the path that ends in x.
    """
    d = x.shape[1]

    def field(t, state):
        return velocity.with_divergence(t, state[:, :d])

    found = []
    for part in x.split(_rows(velocity, d)):
        # Backwards, so that the last column comes to minus the integral.
        state = carried(field, nn.functional.pad(part, (0, 1)), 1.0, 0.0, steps)
        normal = -0.5 * (state[:, :d].square() + torch.log(x.new_tensor(2 * torch.pi))).sum(dim=1)
        found.append(normal + state[:, d])
    return torch.cat(found)


def _rows(velocity: Velocity, d: int) -> int:
    """How many codes to carry at once, where each takes d arrays as wide as a layer."""
    return max(1, NUMBERS // (d * velocity.linear[0].out_features))
