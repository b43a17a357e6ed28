"""Maximum likelihood for a normalising flow."""

import numpy as np

from ...runtime.progress import Progress
from .early_stopping import EarlyStopping

LOOK = 100  # minibatches between two looks at the likelihood


def minimise(
    flow, x, steps: int, batch: int, learning_rate: float, shuffle, judge: EarlyStopping | None
) -> np.ndarray:
    """Minimise the mean negative log-likelihood of codes by Adam.

    Args:
        flow: of zuko, changed in place.
        x: the codes, a tensor (n, d) where the flow is.
        steps: minibatches at most.
        batch: codes in one; the last one of a pass is smaller.
        learning_rate: of Adam.
        shuffle: torch's generator, on the CPU.
        judge: looks after every pass and at the end, and may end it all; None for nobody.

    Returns:
        That of every hundredth minibatch and of the last, shape (k,).

    Raises:
        RuntimeError: it is no longer finite.
    """
    import torch

    adam = torch.optim.Adam(flow.parameters(), lr=learning_rate, fused=True)
    batches, losses, progress = [], [], Progress(steps)
    for step in range(1, steps + 1):
        if not batches:
            batches = list(torch.randperm(len(x), generator=shuffle).split(batch))
        loss = -flow().log_prob(x[batches.pop().to(x.device)]).mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
        ended = step == steps
        if judge is not None and (ended or not batches):
            ended = judge.is_enough() or ended
        if step % LOOK == 0 or ended:
            losses.append(loss.item())
            if not np.isfinite(losses[-1]):
                raise RuntimeError(
                    f"RealNVP's likelihood is no longer finite at step {step}; "
                    f"lower learning_rate (now {learning_rate})"
                )
            progress(step, f"negative log-likelihood {losses[-1]:.3f}")
        if ended:
            break
    progress.close()
    return np.array(losses)
