"""The config's experiments, expanded into runs."""

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

AXES = ("dataset", "autoencoder", "sampler", "epoch", "size", "seed")
COST_AXES = ("sampler", "dimension", "size")


def grid(experiment: dict) -> "pd.DataFrame":
    """All runs of an experiment: the product of its lists, a row each.

    Args:
        experiment: lists under `dataset`, `method` (each "autoencoder/sampler"), `epoch`, `size`
            and `seed`; where no sampler plays a part, `autoencoder` instead of `method` and `size`.

    Returns:
        A frame with the columns `AXES`, or with those of them that the experiment has.
    """
    import pandas as pd  # takes longer than all else in a job that wants AXES only

    if "method" not in experiment:
        axes = [axis for axis in AXES if axis in experiment]
        return pd.DataFrame(product(*(experiment[axis] for axis in axes)), columns=axes)
    lists = (experiment[axis] for axis in ("dataset", "method", "epoch", "size", "seed"))
    runs = [(d, *method.split("/"), *rest) for d, method, *rest in product(*lists)]
    return pd.DataFrame(runs, columns=list(AXES))


def cost_grid(grids: list[dict]) -> "pd.DataFrame":
    """All runs of `cost_over_sample_size`: the products of each grid's lists, each run once.

    Args:
        grids: lists under `sampler`, `dimension` and `size` each; several, so that a sampler which
            would take hours can have fewer sizes than others.

    Returns:
        A frame with the columns `COST_AXES`.
    """
    import pandas as pd

    runs = [run for lists in grids for run in product(*(lists[axis] for axis in COST_AXES))]
    return pd.DataFrame(list(dict.fromkeys(runs)), columns=list(COST_AXES))
