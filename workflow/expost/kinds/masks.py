"""How a mask over the dimensions of codes is learnt: each number of it, epoch by epoch."""

import pandas as pd

from ..figures import masks
from ..study.kinds import Kind, Page

KIND = Kind(
    figure=Page(
        "2 How good are they?",
        "The mask of each dimension over the training of a masked autoencoder on {dataset}, a "
        "column a capacity; of each the training of the first seed. Above as lines, of which "
        "those that end near 1 are dimensions that are used; below as a map, a row a dimension, "
        "ordered by where they end. See whether as many stay open at each capacity, and whether "
        "any is left between.",
    ),
    of="autoencoders",
    numbers="masks",
    capabilities=(),
)


def draw(given: dict, about: dict):
    """Lines and maps, a column a training."""
    rows = pd.read_csv(given["numbers"][0])
    return masks.masks(rows[rows["dataset"] == about["dataset"]])
