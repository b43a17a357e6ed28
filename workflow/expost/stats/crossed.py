"""Tidy scores of which every row was run with every column, as an array."""

import numpy as np
import pandas as pd

from .intervals import check


def array(scores: pd.DataFrame, rows: str, columns: str) -> tuple[np.ndarray, list, list]:
    """Scores of one measure by seed, row and column, and the names of rows and columns.

    Args:
        scores: tidy, with the columns `rows`, `columns`, seed and value.
        rows: the column that names rows.
        columns: the column that names columns.

    Returns:
        The scores, shape (seeds, rows, columns), seeds in order; and the names, as they first come.

    Raises:
        ValueError: a cell is missing, is there twice or is not finite; says which.
    """
    check(scores, [rows, columns, "seed"], "value")
    names = [list(dict.fromkeys(scores[name])) for name in (rows, columns)]
    levels = [sorted(set(scores["seed"])), *names]
    every = pd.MultiIndex.from_product(levels)
    found = scores.set_index(["seed", rows, columns])["value"].astype(float).reindex(every)
    if (lacking := found.isna()).any():
        seed, row, column = every[lacking][0]
        raise ValueError(
            f"got no score of {row} with {column} of seed {seed}, {lacking.sum()} cells in all; "
            f"wanted each {rows} with each {columns} in each seed"
        )
    return found.to_numpy().reshape([len(level) for level in levels]), *names
