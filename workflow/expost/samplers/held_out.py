"""Held-out images: the control no sampler should beat."""

from .picking import Picking


class HeldOut(Picking):
    """Images that nothing was trained on, shown as if they were draws; rows as in `Picking`.

    Fit it to the codes of held-out images other than those that draws are compared with.

    Example:
        >>> import numpy as np
        >>> from expost import HeldOut
        >>> held_out = np.arange(8.0).reshape(4, 2)
        >>> sorted(HeldOut().fit(held_out).sample_rows(4, rng=0).tolist())
        [0, 1, 2, 3]
    """

    source = "held_out"
    shows = "originals"
