"""The numbers that a paper printed, as its study's file has them."""

from pathlib import Path

import numpy as np
import pandas as pd

from ..io.untrusted import named

COLUMNS = (
    *("paper", "table", "dataset", "autoencoder", "sampler", "epoch"),
    *("space", "metric", "value", "reading_error", "note"),
)
CONDITION = "samples"  # a column of studies whose paper has a number for each of several
IDENTITY = ["dataset", "autoencoder", "sampler", "space", "metric"]
ALL = "all"  # in place of a table


def read(path: str | Path, table: str) -> pd.DataFrame:
    """The rows of one table or figure of a study's `published.csv`, or of `all`.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it has no such table; says which it has.
    """
    with named(path, "correct it"):
        rows = pd.read_csv(path, dtype={"table": str})
        if lacking := [column for column in COLUMNS if column not in rows]:
            raise ValueError(f"there is no column {', '.join(lacking)}")
        for column in ("epoch", "value", "reading_error"):
            rows[column] = pd.to_numeric(rows[column])
        if bad := [line + 2 for line in np.flatnonzero(~np.isfinite(rows["value"]))]:
            raise ValueError(f"lines {', '.join(map(str, bad))} have no value")
        identity = ["table", *IDENTITY, "epoch", *([CONDITION] if CONDITION in rows else [])]
        if (twice := rows.duplicated(identity)).any():
            raise ValueError(
                f"line {int(np.flatnonzero(twice)[0]) + 2} says again what stands above"
            )
    if table == ALL:
        return rows
    if table not in set(rows["table"]):
        raise ValueError(
            f"got the table {table!r} for {path}; it has {', '.join(rows['table'].unique())}"
        )
    return rows[rows["table"] == table]
