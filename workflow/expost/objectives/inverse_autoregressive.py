"""Inverse autoregressive flows from noise to codes, and their codes without noise."""

import math

import numpy as np
import torch
from torch import Tensor, nn
from zuko.flows import MAF
from zuko.nn import MaskedLinear

from ..networks.export_layers import Graph, write

# Of the transforms: a step stretches a dimension by at least this, and at most its inverse.
SLOPE = 1e-3


class InverseAutoregressive(nn.Module):
    """Steps that move and stretch each dimension as those before it, and a context, say.

        z_j <- exp(s_j) z_j + m_j,   (m_j, s_j) = net(z_1, ..., z_(j-1), h)

    in the order 1, ..., d in every other step, and d, ..., 1 in those between. A masked network
    gives all of them at once, so that a draw takes one pass a step. (The density of a code that
    was not drawn would take d of them; nobody asks for it.) `s` is squashed softly, so that
    `exp(s)` is between 1/1000 and 1000. At first every step is the identity.

    Args:
        latent: length d of a code, at least 2.
        transforms: how many steps.
        hidden: units of each hidden layer of their networks.
        layers: how many of these.

    References:
        Kingma et al. (2016), "Improved variational inference with inverse autoregressive flow",
        NeurIPS, algorithm 1.
    """

    def __init__(self, latent: int, transforms: int, hidden: int, layers: int):
        super().__init__()
        sizes = {"transforms": transforms, "hidden_features": [hidden] * layers}
        with torch.device("cpu"):  # masks are looked at, which those of no memory cannot be
            self.steps = MAF(latent, context=latent, **sizes).transform
        for step in self.steps.transforms:
            nn.init.zeros_(step.hyper[-1].weight)
            nn.init.zeros_(step.hyper[-1].bias)

    def forward(self, codes: Tensor, context: Tensor) -> tuple[Tensor, Tensor]:
        """The codes that become of these, and the log-determinant of the Jacobian.

        Args:
            codes: shape (..., n, d).
            context: h, shape (n, d).

        Returns:
            The same shape, and (..., n).
        """
        return self.steps(context).call_and_ladj(codes)


class AtMean(nn.Module):
    """The code that becomes of the mean: of what an encoder gives, (n, 3 d), to (n, d).

    Args:
        flow: that codes go through.
    """

    def __init__(self, flow: InverseAutoregressive):
        super().__init__()
        self.flow = flow

    def forward(self, given: Tensor) -> Tensor:
        """Mean, spread and context, to codes."""
        mean, _, context = given.chunk(3, dim=1)
        return self.flow(mean, context)[0]


@write.register
def _(layer: AtMean, graph: Graph, x):
    steps = layer.flow.steps.transforms
    latent = len(steps[0].order)
    codes, context = (
        graph.add("Gather", x, graph.weight(np.arange(start, start + latent)), axis=1)
        for start in (0, 2 * latent)
    )
    for step in steps:
        codes = _step(step.hyper, graph, codes, context)
    return codes


def _step(network, graph, codes, context):
    """`exp(s) z + m`, where the network's last layer has m and s by turns."""
    x = graph.add("Concat", codes, context, axis=1)
    *hidden, last = network
    for part in hidden:
        x = write(part, graph, x)
    shift, scale = (_masked(last, graph, x, slice(place, None, 2)) for place in (0, 1))
    limit = graph.weight(np.float32(-math.log(SLOPE)))
    one = graph.weight(np.float32(1))
    squashed = graph.add("Add", graph.add("Div", graph.add("Abs", scale), limit), one)
    stretched = graph.add("Exp", graph.add("Div", scale, squashed))
    return graph.add("Add", graph.add("Mul", codes, stretched), shift)


@write.register
def _(layer: MaskedLinear, graph: Graph, x):
    return _masked(layer, graph, x, slice(None))


def _masked(layer, graph, x, outputs):
    weight = (layer.mask * layer.weight).detach().cpu().float().numpy()
    bias = layer.bias.detach().cpu().float().numpy()
    names = graph.weight(weight[outputs]), graph.weight(bias[outputs])
    return graph.add("Gemm", x, *names, transB=1)
