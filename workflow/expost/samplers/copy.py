"""Training images themselves: the control that a metric blind to copying calls perfect."""

from .reconstruction import Reconstruction


class Copy(Reconstruction):
    """Training images shown as if they were draws; rows as in `Reconstruction`."""

    shows = "originals"
