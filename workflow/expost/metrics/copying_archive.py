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
        found = vars(known) | vars(known.cells)
        del found["cells"]
        arrays |= {f"{space}/{name}": np.asarray(value) for name, value in found.items()}
    return arrays


def load(arrays: Mapping[str, np.ndarray]) -> dict[str, Known]:
    """What `compute` gave, by space."""
    spaces = [name.removesuffix("/unit") for name in arrays if name.endswith("/unit")]
    return {space: _known(lambda name, s=space: arrays[f"{s}/{name}"]) for space in spaces}


def _known(of) -> Known:
    cells = Cells(of("origin"), of("centres"))
    return Known(int(of("training")), of("from_real"), cells, float(of("unit")))
