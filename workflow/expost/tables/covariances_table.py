"""The table of how correlated codes are, a row an autoencoder, normal draws below the line."""

import pandas as pd

from ..analyses.code_covariances import NORMAL
from ..figures import collapses, methods
from ..stats import intervals
from . import layout, markup

BY = ["dataset", "autoencoder", "model", "dimensions", "metric"]
COLUMNS = {
    "active": "Active",
    "covariance": "Mean |covariance|",
    "correlation": "Mean |correlation|",
    "variance": "Variance",
}
TITLE = "Normal draws, by chance"


def summarise(numbers: pd.DataFrame) -> pd.DataFrame:
    """Means over seeds with their intervals; autoencoders of as many dimensions stand together.

    Args:
        numbers: a row a seed, with the columns of `analyses.code_covariances`.
    """
    numbers = numbers.fillna({"dimensions": 0})
    lost = collapses.of_rows(numbers, [*BY[:-1], "seed"])
    means = intervals.over_seeds(numbers[~lost | (numbers["metric"] == "collapsed")], BY)
    first = {name: place for place, name in enumerate(means["dataset"].unique())}
    last = means["autoencoder"] == NORMAL
    means = means.assign(place=means["dataset"].map(first), last=last)
    order = ["place", "last", "dimensions"]
    return means.sort_values(order, kind="stable").drop(columns=["place", "last"])


def covariances_tables(means: pd.DataFrame) -> tuple[list[markup.Table], str]:
    """A table a data set.

    Args:
        means: what `summarise` gives.

    Returns:
        The tables, and a note that explains them and names the trainings that have collapsed.
    """
    found, collapsed = [], []
    for dataset, rows in means.groupby("dataset", sort=False):
        table = markup.Table(
            f"{dataset}: codes beside each other",
            ["Autoencoder", "Dimensions", *COLUMNS.values()],
        )
        for name, own in rows.groupby("autoencoder", sort=False):
            of = own.set_index("metric")
            if name == NORMAL:
                table.rule = len(table.rows)
                cells = [layout.NOT_RUN, *(f"{of['mean'][m]:.4f}" for m in list(COLUMNS)[1:3]), "1"]
                table.rows.append([TITLE, layout.NOT_RUN, *cells])
                continue
            title = methods.autoencoder_title(name)
            table.rows.append([title, f"{own['dimensions'].iloc[0]:g}", *_cells(of)])
            if lost := round(of["mean"]["collapsed"] * of["seeds"]["collapsed"]):
                collapsed.append(f"{title} on {dataset}: {lost} of {of['seeds']['collapsed']}")
        found.append(table)
    sound = means[means["metric"] != "collapsed"]
    note = (
        f"{layout.over_seeds(sound)} Of test codes before a mask, in the "
        "dimensions whose mask is 0.1 or more, or in all where there is none: means over all "
        "pairs, and over all dimensions of the variance, which is to be 1. By chance is what as "
        "many independent draws of N(0, 1) have in the mean, whatever their dimension."
    )
    if collapsed:
        note += (
            " Trainings that left fewer than two dimensions active, and so no pair; means are of "
            f"the others: {'; '.join(collapsed)}."
        )
    return found, note


def _cells(of: pd.DataFrame) -> list[str]:
    cells = layout.cells(of, COLUMNS)
    mean, half = of.reindex(["active"])[["mean", "half_width"]].to_numpy(float)[0]
    if mean == mean and not half > 0:  # as many for every seed
        cells[0] = f"{mean:g}"
    return cells
