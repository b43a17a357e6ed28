"""Held-out images: the control no sampler should beat."""

from .reconstruction import Reconstruction


class HeldOut(Reconstruction):
    """Images that nothing was trained on, shown as if they were draws; rows as in `Reconstruction`.

    Fit it to the codes of held-out images other than those that draws are compared with.
    """

    source = "held_out"
    shows = "originals"
