"""Distance to the nearest training point."""

import numpy as np

from .base import Metric
from .copying_search import Nearest

METRIC = Metric(title="Distance to training", best="one", family="copying", given=("nearest",))


def nearest_training(nearest: Nearest) -> float:
    """Mean distance of generated points to their nearest training point, over that of real points.

    The ratio has no unit, and can be read in any space: 0 for copies of training points, 1
    expected for their law, more away from the data.

    Args:
        nearest: what `copying_search.search` gives for the three samples.

    Returns:
        A number >= 0.

    Raises:
        ValueError: all real points are training points.
    """
    scale = np.sqrt(nearest.from_real).mean()
    if scale == 0:
        raise ValueError(
            "each of the real images is a training image too, so there is nothing to compare "
            "distances with; keep test images apart from training images"
        )
    return float(np.sqrt(nearest.from_generated).mean() / scale)
