"""The config's experiments, expanded into runs."""

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

AXES = ("dataset", "autoencoder", "sampler", "epoch", "size", "seed")


def grid(experiment: dict) -> "pd.DataFrame":
    """All runs of an experiment: the product of its lists, a row each.

    Args:
        experiment: lists under `dataset`, `method` (each "autoencoder/sampler"), `epoch`, `size`
            and `seed`.

    Returns:
        A frame with the columns `AXES`.
    """
    import pandas as pd  # takes longer than all else in a job that wants AXES only

    lists = (experiment[axis] for axis in ("dataset", "method", "epoch", "size", "seed"))
    runs = [(d, *method.split("/"), *rest) for d, method, *rest in product(*lists)]
    return pd.DataFrame(runs, columns=list(AXES))
