"""The table of what codes were like at the end of trainings, beside the law they were to have."""

import pandas as pd

from ..analyses.course import LAST
from ..figures import methods
from ..stats import intervals
from . import layout, markup

BY = ["dataset", "autoencoder", "metric"]
RATIO = LAST + "ratio"
SHOWN = {
    RATIO: "Ratio q / (p + q)",
    LAST + "longest_code": "Longest code",
    "variance_of_test_codes": "Variance of test codes",
    "law": "1 − h²",
}
SATURATED = 0.95


def summarise(rows: pd.DataFrame) -> pd.DataFrame:
    """Means over seeds, with their intervals, and the largest value, of what is known at the end.

    Args:
        rows: what `analyses.course.records` gives, with dataset, autoencoder and seed.
    """
    last = rows[rows["epoch"].isna()]
    return intervals.over_seeds(last, BY).merge(
        last.groupby(BY, sort=False)["value"].max().rename("largest").reset_index(), on=BY
    )


def course_tables(means: pd.DataFrame) -> tuple[list[markup.Table], str]:
    """A table a data set, a row an autoencoder; in bold the ratios that say "saturated".

    Args:
        means: what `summarise` gives.

    Returns:
        The tables, and a note that explains them.
    """
    found = []
    for dataset, rows in means.groupby("dataset", sort=False):
        table = markup.Table(f"{dataset}: codes at the end", ["Autoencoder", *SHOWN.values()])
        for name, own in rows.groupby("autoencoder", sort=False):
            of = own.set_index("metric")
            cells = layout.cells(of, SHOWN)
            if (largest := of["largest"].get(RATIO, 0)) > SATURATED:
                cells[0] += f" (to {largest:.3f})"
                table.bold.add((len(table.rows), 1))
            table.rows.append([methods.autoencoder_title(name), *cells])
        found.append(table)
    return found, (
        f"{layout.over_seeds(means)} Ratio and longest code are of the training images in the last "
        f"epoch. In bold: where that of a seed is above {SATURATED}, so that its codes have "
        "outgrown their target, with the largest. Variances are means over dimensions."
    )
