"""When a network has learned what its training codes share with others."""

import numpy as np

PROBES = 8192  # held-out codes at least, each as often as the others, behind a loss with noise


def looked_at(n: int) -> int:
    """How many of n codes are held out, one in ten."""
    return max(1, round(0.1 * n))


class EarlyStopping:
    """Keeps the weights under which the loss of held-out codes is lowest.

    Args:
        held_out: codes that the network is not trained on, a tensor (m, d).
        patience: looks without a lower loss that are enough.

    Attributes:
        losses: of the held-out codes at every look.
        best: the network's parameters, one after the other, at the lowest of these.
    """

    def __init__(self, held_out, patience: int):
        self.held_out, self.patience = held_out, patience
        self.losses, self.best = [], None

    def probes(self):
        """The held-out codes again and again, (k m, d), for a loss that hangs on fixed noise."""
        return self.held_out.repeat(-(-PROBES // len(self.held_out)), 1)

    def is_enough(self, network, loss) -> bool:
        """Look once more: whether the last `patience` looks found nothing better.

        Args:
            network: the module whose parameters are kept.
            loss: of the held-out codes under it, a function that gives a scalar tensor.
        """
        import torch

        with torch.no_grad():
            self.losses.append(loss().item())
        lowest = int(np.argmin(self.losses))
        if lowest == len(self.losses) - 1:
            self.best = torch.nn.utils.parameters_to_vector(network.parameters()).detach()
        return len(self.losses) - 1 - lowest >= self.patience
