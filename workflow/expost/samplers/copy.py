"""Training images themselves: the control that a metric blind to copying calls perfect."""

from .picking import Picking


class Copy(Picking):
    """Training images shown as if they were draws; rows as in `Picking`.

    Example:
        >>> import numpy as np
        >>> from expost import Copy
        >>> Copy().fit(np.arange(8.0).reshape(4, 2)).sample_rows(6, rng=0).shape
        (6,)
    """

    shows = "originals"
