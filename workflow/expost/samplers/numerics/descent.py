"""Adam on the parameters of a network."""

from collections.abc import Callable

import numpy as np

from ...runtime import eager
from ...runtime.progress import Progress

LOOK = 100  # minibatches between two looks at the loss


class Minibatches:
    """Row numbers of codes, a pass over all of them after the other, each in a fresh order.

    Args:
        n: how many codes there are.
        batch: rows in a minibatch; the last one of a pass is smaller.
        generator: torch's, on the CPU.

    Attributes:
        in_a_pass: how many minibatches a pass has.
    """

    def __init__(self, n: int, batch: int, generator):
        self.n, self.batch, self.generator = n, batch, generator
        self.in_a_pass = -(-n // batch)
        self._left = []

    def take(self):
        """The next minibatch, a tensor of row numbers."""
        import torch

        if not self._left:
            self._left = list(torch.randperm(self.n, generator=self.generator).split(self.batch))
        return self._left.pop()

    def is_pass_over(self) -> bool:
        """Whether the last minibatch taken was the last of a pass."""
        return not self._left


def minimise(
    network,
    loss: Callable,
    steps: int,
    learning_rate: float,
    *,
    whose: str,
    quantity: str,
    is_enough: Callable[[bool], bool] = lambda last: False,
    halve_every: int | None = None,
) -> np.ndarray:
    """Minimise a loss of minibatches by Adam.

    Args:
        network: a module of torch, changed in place.
        loss: of the next minibatch, a scalar tensor.
        steps: minibatches at most.
        learning_rate: of Adam.
        whose: the sampler's class, for messages.
        quantity: what the loss is, in words.
        is_enough: asked after every step, with whether it is the last one anyway.
        halve_every: steps after which the learning rate is halved each time; None for never.

    Returns:
        The loss of every hundredth minibatch and of the last, shape (k,).

    Raises:
        RuntimeError: it is no longer finite.
    """
    adam = eager.optimiser("Adam")(network.parameters(), lr=learning_rate, fused=True)
    losses, progress = [], Progress(steps)
    for step in range(1, steps + 1):
        value = loss()
        adam.zero_grad()
        value.backward()
        adam.step()
        if halve_every and step % halve_every == 0:
            for group in adam.param_groups:
                group["lr"] /= 2
        ended = is_enough(step == steps) or step == steps
        if step % LOOK == 0 or ended:
            losses.append(value.item())
            if not np.isfinite(losses[-1]):
                raise RuntimeError(
                    f"{whose}'s {quantity} is no longer finite at step {step}; "
                    f"lower learning_rate (now {learning_rate})"
                )
            progress(step, f"{quantity} {losses[-1]:.3f}")
        if ended:
            break
    progress.close()
    return np.array(losses)
