"""What metrics of copying know before anything is generated, as named arrays of an archive."""

from collections.abc import Mapping

import numpy as np

from ..features.base import Features
from .cells import Cells
from .copying_search import Known, of_both


def compute(
    training: Mapping[str, Features], real: Mapping[str, Features]
) -> dict[str, np.ndarray]:
    """What `copying_search.of_both` gives in every space.

    Args:
        training: features of the images that samplers are fitted to, by space.
        real: of those that generated ones are compared with, in the same spaces.

    Returns:
        "{space}/training", "{space}/from_real", "{space}/unit", and of the cells "{space}/origin"
        and "{space}/centres"; see `copying_search.Known`.
    """
    arrays = {}
    for space, points in training.items():
        known = of_both(points.vectors, real[space].vectors)
        arrays |= {
            f"{space}/training": np.array(known.training),
            f"{space}/from_real": known.from_real,
            f"{space}/unit": np.array(known.unit),
            f"{space}/origin": known.cells.origin,
            f"{space}/centres": known.cells.centres,
        }
    return arrays


def load(arrays: Mapping[str, np.ndarray]) -> dict[str, Known]:
    """What `compute` gave, by space."""
    spaces = [name.removesuffix("/unit") for name in arrays if name.endswith("/unit")]
    return {
        space: Known(
            int(arrays[f"{space}/training"]),
            arrays[f"{space}/from_real"],
            Cells(arrays[f"{space}/origin"], arrays[f"{space}/centres"]),
            float(arrays[f"{space}/unit"]),
        )
        for space in spaces
    }
