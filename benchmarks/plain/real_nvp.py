"""Real NVP with networks of their own for s and t, as in the paper and most code after it."""

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

LIMIT = np.log(1000)  # of a log-scale; the paper limits it too, by a tanh


class Coupling(nn.Module):
    """One affine coupling: y = m x + (1 - m) (x exp(s(m x)) + t(m x)) with a mask m of 0 and 1."""

    def __init__(self, mask: torch.Tensor, hidden: int):
        super().__init__()
        self.register_buffer("mask", mask)
        self.s, self.t = _network(len(mask), hidden), _network(len(mask), hidden)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """y, and the logarithm of the Jacobian's determinant."""
        seen, free = x * self.mask, 1 - self.mask
        s = self.s(seen)
        s = free * s / (1 + abs(s / LIMIT))
        return seen + free * (x * torch.exp(s) + self.t(seen)), s.sum(dim=1)


class Flow(nn.Module):
    """Couplings in turn over even and odd columns, down to N(0, I)."""

    def __init__(self, d: int, couplings: int = 4, hidden: int = 256):
        super().__init__()
        masks = [(torch.arange(d) % 2 == i % 2).float() for i in range(couplings)]
        self.couplings = nn.ModuleList(Coupling(mask, hidden) for mask in masks)

    def log_prob(self, x: torch.Tensor) -> torch.Tensor:
        """Log-density of x, shape (n, d)."""
        log_det = 0
        for coupling in self.couplings:
            x, more = coupling(x)
            log_det = log_det + more
        return torch.distributions.Normal(0, 1).log_prob(x).sum(dim=1) + log_det


def _network(d: int, hidden: int) -> nn.Module:
    return nn.Sequential(
        nn.Linear(d, hidden),
        nn.ReLU(),
        nn.Linear(hidden, hidden),
        nn.ReLU(),
        nn.Linear(hidden, d),
    )


def train(codes: np.ndarray, epochs: int, batch: int = 128) -> Flow:
    """A flow trained on standardised codes (n, d)."""
    flow = Flow(codes.shape[1])
    optimizer = torch.optim.Adam(flow.parameters(), lr=1e-4)
    data = TensorDataset(torch.from_numpy(codes).float())
    for _ in range(epochs):
        for (x,) in DataLoader(data, batch_size=batch, shuffle=True):
            loss = -flow.log_prob(x).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return flow


def twin(sampler) -> Flow:
    """The flow that a fitted `RealNVP` is: networks alike but for the last layer, cut in two."""
    flow = Flow(len(sampler.mean_), sampler.transforms, sampler.hidden)
    with torch.no_grad():
        for ours, plain in zip(sampler._net.transform.transforms, flow.couplings, strict=True):
            first, middle, last = list(ours.hyper)[::2]
            seen, free = ours.mask, ~ours.mask
            for network, half in ((plain.t, 0), (plain.s, 1)):
                network[0].weight[:, seen] = first.weight
                network[0].bias[:] = first.bias
                network[2].load_state_dict(middle.state_dict())
                network[4].weight[free] = last.weight[half::2]
                network[4].bias[free] = last.bias[half::2]
    return flow
