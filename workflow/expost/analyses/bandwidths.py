"""The bandwidth that tells two samples of N(0, I) apart best, against dimensions and codes."""

from collections.abc import Iterable
from itertools import product

import pandas as pd

from ..divergences.bandwidth import largest_divergence
from ..runtime import seeding
from ..runtime.progress import Progress

SIMULATED = "simulated"  # in place of a data set
COLUMNS = ["dataset", "dimensions", "size", "seed", "metric", "value"]


def simulate(dimensions: Iterable[int], sizes: Iterable[int], trials: int) -> pd.DataFrame:
    """The bandwidths of some trials with each number of dimensions and of codes, a row a trial.

    A trial has a sample of its own, and its seed is a hash of what it is.

    Args:
        dimensions: numbers of dimensions d.
        sizes: numbers of codes m.
        trials: how many of each pair.

    Returns:
        With the columns `COLUMNS`, of which `seed` is the number of the trial; a bandwidth above 1
        is one that the target does not carry.
    """
    cells = list(product(dimensions, sizes, range(trials)))
    rows, progress = [], Progress(len(cells))
    for done, cell in enumerate(cells, start=1):
        d, size, _ = cell
        rng = seeding.generator("optimal bandwidth", *cell)
        rows.append([SIMULATED, *cell, "bandwidth", largest_divergence(d, size, rng=rng)])
        progress(done)
    return pd.DataFrame(rows, columns=COLUMNS)
