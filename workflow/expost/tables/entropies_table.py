"""The table of entropies: autoencoders in rows, numbers of codes in columns, a paper's beside."""

import numpy as np
import pandas as pd

from ..analyses.code_entropies import NORMAL
from ..figures import methods
from ..stats import intervals
from . import layout, markup

BY = ["dataset", "autoencoder", "size", "metric"]
RAW = "entropy_raw"
TITLE = "Normal draws"


def summarise(numbers: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """Means over seeds with their intervals, and a paper's numbers beside the entropies.

    Args:
        numbers: a row a seed, with the columns of `analyses.code_entropies`.
        published: of `papers.published_numbers.read`: `samples` are numbers of codes, `entropy` is
            the metric; or nothing.

    Returns:
        The columns dataset, autoencoder, size (NaN of `reconstruction`), metric, mean, half_width,
        seeds, printed and printed_std, NaN where nothing is.
    """
    sized = numbers["size"].notna()
    parts = [intervals.over_seeds(numbers[sized], BY)]
    if not sized.all():
        whole = [column for column in BY if column != "size"]
        parts.append(intervals.over_seeds(numbers[~sized], whole))
    table = pd.concat(parts, ignore_index=True)
    if len(published):
        printed = published.rename(
            columns={"samples": "size", "value": "printed", "std": "printed_std"}
        )
        printed = printed[[*BY, "printed", "printed_std"]].astype({"size": float})
        return table.astype({"size": float}).merge(printed, on=BY, how="left")
    return table.assign(printed=np.nan, printed_std=np.nan)


def entropies_tables(table: pd.DataFrame, where: str) -> tuple[list[markup.Table], str]:
    """A table a data set, the standard normal below the line.

    Args:
        table: what `summarise` gives.
        where: the paper's stand, in words; "" where there are none.

    Returns:
        The tables, and a note that explains them.
    """
    found = []
    for dataset, rows in table.groupby("dataset", sort=False):
        sizes = sorted(rows["size"].dropna().astype(int).unique())
        true = rows[rows["metric"] == "entropy_true"]["mean"].item()
        shown = markup.Table(
            f"{dataset}: entropy of whitened codes, all / trimmed (outliers); the normal law has "
            f"{true:.3f}",
            ["Codes of", *map("{:,}".format, sizes), "Reconstruction"],
        )
        of = rows.set_index(["autoencoder", "metric", "size"])
        names = [name for name in rows["autoencoder"].unique() if name != NORMAL]
        for name in [*names, NORMAL]:
            cells = [_cell(of, name, size) for size in sizes]
            title = TITLE if name == NORMAL else methods.autoencoder_title(name)
            error = rows[(rows["autoencoder"] == name) & (rows["metric"] == "reconstruction")]
            told = layout.plus_minus(*error.iloc[0][["mean", "half_width"]]) if len(error) else ""
            shown.rows.append([title, *cells, told or layout.NOT_RUN])
            if rows[rows["autoencoder"] == name]["printed"].notna().any():
                theirs = [_printed(of, name, size) for size in sizes]
                shown.rows.append([f"{title}, the paper's", *theirs, layout.NOT_RUN])
        raw = [_number(of, (NORMAL, RAW, size)) for size in sizes]
        shown.rows.append([f"{TITLE}, not whitened", *raw, layout.NOT_RUN])
        shown.rule = next(i for i, row in enumerate(shown.rows) if row[0] == TITLE)
        found.append(shown)
    note = (
        f"{layout.over_seeds(table)} In nats, of as many test codes as columns say, chosen at "
        "random. Outliers are codes as far out as 0.021 % of a normal law are; they raise the "
        "entropy, and are left out of the trimmed one. The estimate is above the truth by more for "
        "fewer codes, so that codes are to be compared with as many normal draws, below the line. "
        "Reconstruction is the mean squared error of a pixel of all test images, from 0 to 1."
    )
    if table["printed"].notna().any():
        note += f" {where} has mean ± standard deviation."
    return found, note


def _number(of, key) -> str:
    if key not in of.index:
        return layout.NOT_RUN
    return layout.plus_minus(*of.loc[key, ["mean", "half_width"]])


def _cell(of, name, size) -> str:
    """Both entropies and the mean number of outliers."""
    every, trimmed = (_number(of, (name, m, size)) for m in ("entropy", "entropy_trimmed"))
    count = of.loc[(name, "outliers", size), "mean"]
    return f"{every}{markup.PARTS}{trimmed} ({round(count, 1):g})"


def _printed(of, name, size) -> str:
    row = of.loc[(name, "entropy", size)]
    if np.isnan(row["printed"]):
        return layout.NOT_RUN
    return f"{row['printed']:.3f} ± {row['printed_std']:.3f}"
