"""When a flow has learned what its training codes share with others."""

import numpy as np


def looked_at(n: int) -> int:
    """How many of n codes are held out, one in ten."""
    return max(1, round(0.1 * n))


class EarlyStopping:
    """Watches the likelihood of held-out codes.

    Args:
        flow: the zuko flow that is trained.
        held_out: codes that it is not trained on, a tensor (m, d).
        patience: looks without a better likelihood that are enough.

    Attributes:
        losses: mean negative log-likelihood of the held-out codes at every look.
        best: the flow's parameters, one after the other, at the lowest of these.
    """

    def __init__(self, flow, held_out, patience: int):
        self.flow, self.held_out, self.patience = flow, held_out, patience
        self.losses, self.best = [], None

    def is_enough(self) -> bool:
        """Look once more: whether the last `patience` looks found nothing better."""
        import torch

        with torch.no_grad():
            self.losses.append(-self.flow().log_prob(self.held_out).mean().item())
        lowest = int(np.argmin(self.losses))
        if lowest == len(self.losses) - 1:
            self.best = torch.nn.utils.parameters_to_vector(self.flow.parameters()).detach()
        return len(self.losses) - 1 - lowest >= self.patience
