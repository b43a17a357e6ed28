"""The table of optimal bandwidths: dimensions in rows, codes in columns, a paper's beside ours."""

import re

import numpy as np
import pandas as pd

from ..stats.intervals import t_half_width
from . import markup

CELL = ["dimensions", "size"]
ROUNDING = 0.005  # of what is printed with two decimals
TOO_LARGE = "printed as > 1"


def printed(rows: pd.DataFrame) -> pd.DataFrame:
    """What a paper prints, cell by cell.

    Args:
        rows: of `papers.published_numbers.read`: data sets are `standard_normal_l` and a number of
            dimensions, `samples` are numbers of codes, and notes say of a cell without a number
            that it is "printed as > 1.0". A column `std`, of the paper's trials, may be there.

    Returns:
        The columns `dimensions`, `size`, `printed` (NaN where it is above 1), `printed_std` (NaN
        where there is none) and `above`.

    Raises:
        ValueError: a data set or a number of samples is none.
    """
    found = []
    for row in rows.to_dict("records"):
        d = re.fullmatch(r"standard_normal_l(\d+)", str(row["dataset"]))
        size = pd.to_numeric(row.get("samples"), errors="coerce")
        if not d or not size >= 1:
            raise ValueError(
                f"got the data set {row['dataset']!r} and samples {row.get('samples')!r} of a "
                "published bandwidth; wanted standard_normal_l8 and 1000, say"
            )
        above = TOO_LARGE in str(row["note"])
        value = np.nan if above else row["value"]
        std = np.nan if above else row.get("std", np.nan)
        found.append([int(d[1]), int(size), value, std, above])
    kinds = dict(zip(CELL, (int, int), strict=True)) | {"printed": float, "printed_std": float}
    return pd.DataFrame(found, columns=[*kinds, "above"]).astype(kinds)


def summarise(trials: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """Mean and standard deviation over trials of each cell, and whether the paper says the same.

    Means are the same if they differ by no more than what is rounded away and the half-width of
    the 95 % interval of their difference, with the paper's spread where it is printed and ours
    where it is not, as over as many trials. What is printed as above 1 is the same if ours is.

    Args:
        trials: what `analyses.bandwidths.simulate` gives.
        published: what `printed` gives.

    Returns:
        A row a cell: `CELL`, `mean`, `std`, `trials`, the paper's columns, `difference` and `same`,
        which is None where nothing is printed.
    """
    ours = trials.groupby(CELL, sort=False)["value"].agg(["mean", "std", "count"]).reset_index()
    table = ours.rename(columns={"count": "trials"}).merge(published, on=CELL, how="left")
    table["difference"] = table["mean"] - table["printed"]
    spread = np.hypot(table["std"], table["printed_std"].fillna(table["std"]))
    widths = [t_half_width(s, n) for s, n in zip(spread, table["trials"], strict=True)]
    same = (table["difference"].abs() <= ROUNDING + np.nan_to_num(widths)).astype(object)
    above = table["above"].eq(True)
    same[above] = (table["mean"] > 1)[above]
    same[~above & table["printed"].isna()] = None
    return table.assign(same=same)


def bandwidth_table(table: pd.DataFrame, where: str) -> tuple[list[markup.Table], str]:
    """Ours and the paper's, a row a number of dimensions; in bold where both say the same.

    Args:
        table: what `summarise` gives.
        where: the paper's stands, in words.

    Returns:
        The table, and a note that explains it.
    """
    sizes = list(dict.fromkeys(table["size"]))
    shown = markup.Table(
        "Optimal bandwidth of N(0, I), ours / the paper's",
        ["Dimensions", *map("{:,}".format, sizes)],
    )
    for i, (d, rows) in enumerate(table.groupby("dimensions", sort=False)):
        cells = {row.size: row for row in rows.itertuples(index=False)}
        shown.rows.append([str(d), *(_cell(cells.get(size)) for size in sizes)])
        shown.bold |= {
            (i, j) for j, size in enumerate(sizes, 1) if size in cells and cells[size].same
        }
    judged = table["same"].dropna()
    note = (
        f"Mean ± standard deviation over {table['trials'].max()} trials; columns are numbers of "
        "codes. A bandwidth of 1 or more is as wide as the law itself."
    )
    if len(judged):
        note += (
            f" {where}: {judged.sum()} of {len(judged)} values are the same but for rounding and "
            "the luck of trials, in bold."
        )
    return [shown], note


def _cell(row) -> str:
    if row is None:
        return "–"
    theirs = "> 1" if row.above is True else _number(row.printed, row.printed_std, 2)
    return markup.PARTS.join([_number(row.mean, row.std, 3), theirs])


def _number(mean: float, std: float, places: int) -> str:
    if np.isnan(mean):
        return "–"
    return f"{mean:.{places}f}" + ("" if np.isnan(std) else f" ± {std:.{places}f}")
