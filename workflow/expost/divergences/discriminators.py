"""The Jensen-Shannon divergence of codes from N(0, I), by networks that tell one from the other."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import leaky_relu, softplus

from ..runtime import eager
from .discriminator_settings import Setting

BATCH = 100  # codes a step, and as many draws
HELD_OUT = 5  # one code in so many is not trained on, but says when to stop
FEWEST_DRAWS = 1000  # that stand beside the held-out codes
LOOK, PATIENCE = 25, 10  # steps between two looks at what is held out; looks that find no better
MOST_STEPS = 2000
SLOPE = 0.1  # of the leaky units, below 0


class Discriminators(NamedTuple):
    """Some discriminators, each of one sample of codes.

    Attributes:
        weights: of each layer, weights (k, in, out) and biases (k, 1, out), in turn.
        losses: the cross-entropy of what each was not trained on, in nats, shape (k,); log 2 is
            that of one that knows nothing.
        steps: until that was lowest, shape (k,).
    """

    weights: tuple[Tensor, ...]
    losses: np.ndarray
    steps: np.ndarray

    def bits(self, codes: np.ndarray, drawn: np.ndarray) -> np.ndarray:
        """The divergence in bits by each, at codes and draws that it has not seen.

            J = (½ E₁ log D + ½ E₂ log(1 - D) + log 2) / log 2

        with E₁ the mean over codes and E₂ that over draws. J is that of the best discriminator at
        most, but for the luck of the sample, and it is not clipped at 0.

        Args:
            codes: shape (k, n, d), of each discriminator.
            drawn: from N(0, I), shape (k, n, d).
        """
        with torch.no_grad():
            losses = _losses(self.weights, _tensor(codes), _tensor(drawn))
        return 1 - losses.double().numpy() / np.log(2)


def train(codes: np.ndarray, setting: Setting, rng=None) -> Discriminators:
    """Train a discriminator for each of k samples to tell its codes from draws of N(0, I).

    Each has three hidden layers of 10 d, 5 d and 5/2 d leaky rectified units, and minimises the
    cross-entropy of minibatches of 100 codes and 100 draws, which are new at every step, by AdamW.
    A fifth of the codes is held out: training stops when the loss of these has not fallen for 250
    steps, or after 2,000, and the weights under which it was lowest are kept. All k are trained
    side by side, until the last one stops, which is several times as fast as one by one.

    Args:
        codes: shape (k, n >= 5, d), finite.
        setting: of the training.
        rng: None, a seed or a `numpy.random.Generator`.

    References:
        Saha, Elhabian & Whitaker (2020), "GENs: generative encoding networks", section 5.1;
        Goodfellow et al. (2014), "Generative adversarial nets"; Loshchilov & Hutter (2019),
        "Decoupled weight decay regularization".
    """
    rng = np.random.default_rng(rng)
    generator = torch.Generator().manual_seed(int(rng.integers(2**63)))
    codes = _tensor(codes)
    k, n, d = codes.shape
    held = -(-n // HELD_OUT)
    held_out, known = codes[:, :held], codes[:, held:]
    beside = torch.randn(k, max(held, FEWEST_DRAWS), d, generator=generator)
    weights = _initial(k, d, generator)
    kept = [w.detach().clone() for w in weights]
    lowest, steps = torch.full((k,), torch.inf), torch.zeros(k, dtype=torch.int64)
    adam_w = eager.optimiser("AdamW")
    adam = adam_w(weights, *setting[:1], weight_decay=setting.weight_decay, fused=True)
    for step, rows in zip(
        range(1, MOST_STEPS + 1), _minibatches(n - held, generator), strict=False
    ):
        drawn = torch.randn(k, len(rows), d, generator=generator)
        loss = _losses(weights, known[:, rows], drawn).sum()  # each has weights of its own
        adam.zero_grad()
        loss.backward()
        adam.step()
        if step % LOOK:
            continue
        with torch.no_grad():
            found = _losses(weights, held_out, beside)
        better = found < lowest
        for best, now in zip(kept, weights, strict=True):
            best[better] = now.detach()[better]
        lowest[better], steps[better] = found[better], step
        if (step - steps >= PATIENCE * LOOK).all():
            break
    return Discriminators(tuple(kept), lowest.double().numpy(), steps.numpy())


def _minibatches(n: int, generator):
    """Row numbers, a pass over all of them after the other, each in a fresh order."""
    while True:
        yield from torch.randperm(n, generator=generator).split(BATCH)


def _tensor(codes):
    return torch.tensor(np.asarray(codes), dtype=torch.float32)


def _initial(k: int, d: int, generator) -> list[Tensor]:
    """He's uniform weights, the last ones a tenth of these: a guess near one half at first."""
    layers = list(pairwise((d, 10 * d, 5 * d, -(-5 * d // 2), 1)))
    found = []
    for wide, narrow in layers:
        bound = np.sqrt(6 / wide) * (0.1 if narrow == 1 else 1)
        w = torch.rand(k, wide, narrow, generator=generator).mul_(2 * bound).sub_(bound)
        found += [w.requires_grad_(), torch.zeros(k, 1, narrow, requires_grad=True)]
    return found


def _losses(weights, codes: Tensor, drawn: Tensor) -> Tensor:
    """Cross-entropy of each discriminator, (k,), with both kinds equally likely."""
    ours, theirs = _scores(weights, codes), _scores(weights, drawn)
    return (softplus(-ours).mean(dim=1) + softplus(theirs).mean(dim=1)) / 2


def _scores(weights, points: Tensor) -> Tensor:
    """Log-odds that points (k, n, d) are codes, (k, n)."""
    for i in range(0, len(weights), 2):
        points = torch.baddbmm(
            weights[i + 1], points if i == 0 else leaky_relu(points, SLOPE), weights[i]
        )
    return points.squeeze(2)
