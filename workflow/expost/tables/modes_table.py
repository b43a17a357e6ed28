"""The table of how well the modes of a mixture agree with classes."""

import pandas as pd

from ..figures import methods
from ..stats import intervals
from . import layout, markup

KEYS = ["dataset", "autoencoder", "metric"]
HEADINGS = {"accuracy": "in the mode of its class ↑", "assigned": "classes assigned ↑"}
HEADINGS["within"] = "within 3 deviations ↑"


def summarise(found: pd.DataFrame) -> pd.DataFrame:
    """Mean, half-width of the 95 % t-interval and number of seeds of each measure.

    Args:
        found: the columns dataset, autoencoder, seed, metric, value.

    Raises:
        ValueError: see `intervals.over_seeds`.
    """
    return intervals.over_seeds(found, KEYS)


def modes_tables(means: pd.DataFrame) -> tuple[list[markup.Table], str]:
    """A table a data set: a row an autoencoder, a column a measure.

    Args:
        means: what `summarise` gives.

    Returns:
        The tables, and a note that explains them.
    """
    tables = []
    for dataset, rows in means.groupby("dataset", sort=False):
        table = markup.Table(f"{dataset}: shares of test images", ["Codes of", *HEADINGS.values()])
        for name, own in rows.groupby("autoencoder", sort=False):
            cells = layout.cells(own.set_index("metric"), HEADINGS)
            table.rows.append([methods.autoencoder_title(name), *cells])
        tables.append(table)
    note = (
        f"{layout.over_seeds(means)} The mode of a code is the one that most likely drew it. "
        "Without labels no mode is a class's own; the second column is the share in the right mode "
        "if each class takes one mode, as suits these images best, which flatters a little. The "
        "third is how many codes lie within three standard deviations of the middle of their mode: "
        "0.989 in two dimensions, had they its law."
    )
    return tables, note
