"""Earth mover's distance by the library for optimal transport."""

import numpy as np


def emd(distances: np.ndarray) -> float:
    """POT's network simplex between two samples; its default number of pivots is too low."""
    import ot

    weights = np.full(len(distances), 1 / len(distances))
    return ot.emd2(weights, weights, distances, numItermax=100_000_000)
