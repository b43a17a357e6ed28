"""The tables of published numbers: the paper's, ours, how far apart, and what that says."""

import numpy as np
import pandas as pd

from .. import features
from ..figures import methods
from ..metrics import describe
from ..papers import comparison
from ..papers.comparison import REASONS
from . import layout, markup


def published_tables(compared: pd.DataFrame, paper: str) -> tuple[list[markup.Table], str]:
    """A table a data set and measure, and one of what this run has nothing beside.

    Of a curve over epochs, the epochs that both have are shown, or the last of either.

    Args:
        compared: what `comparison.compare` gives.
        paper: where the numbers stand, in words.

    Returns:
        The tables, and a note that explains them.
    """
    found, missing, shared = [], [], _shared(compared)
    for (dataset, space, metric), rows in compared.groupby(
        ["dataset", "space", "metric"], sort=False
    ):
        name = _name(space, metric)
        if rows["ours"].isna().all():
            missing.append([dataset, name, str(len(rows)), "; ".join(rows["reason"].unique())])
        else:
            found.append(_table(f"{dataset}, {name}", _shown(rows), shared.get(dataset, [])))
    if missing:
        columns = ["Data set", "Measure", "values", "not comparable, as"]
        found.append(
            markup.Table(f"{paper}: without a number of ours", columns, missing, prose={1, 3})
        )
    verdicts = compared["verdict"].value_counts()
    counts = ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in verdicts.index)
    note = f"{paper}, {len(compared)} values: {counts}."
    if (verdicts.index == comparison.INCOMPARABLE).all():
        note += " Nothing of this run can be compared with it."
    note += "".join(f" All of {of}: {'; '.join(reasons)}." for of, reasons in shared.items())
    if (compared["space"] == "time").any():
        note += " Seconds are another machine's: read them as orders of magnitude."
    return found, (
        f"{note} Ours: mean ± half-width of the 95 % t-interval over seeds. "
        "A value agrees where the difference is within that and the reading error."
    )


def _shared(compared: pd.DataFrame) -> dict[str, list[str]]:
    """Data set -> reasons that all its numbers with one of ours have, if these are several."""
    found = {}
    for dataset, rows in compared[compared["ours"].notna()].groupby("dataset", sort=False):
        first, *others = (reason.split(REASONS) for reason in rows["reason"])
        reasons = [reason for reason in first if all(reason in other for other in others)]
        if others and any(reasons):
            found[dataset] = reasons
    return found


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of epochs that we have too; without any, those of the paper's last epoch."""
    if rows["epoch"].isna().all():
        return rows
    same = rows[rows["epoch"] == rows["ours_epoch"]]
    return rows[rows["epoch"] == rows["epoch"].max()] if same.empty else same


def _table(title: str, rows: pd.DataFrame, shared: list[str]) -> markup.Table:
    """A row a method; reasons that the note has are left out."""
    over_epochs = rows["epoch"].notna().any()
    columns = ["Method", "published", "ours", "difference", "verdict", "why"]
    table = markup.Table(title, columns, prose={5})
    for row in sorted(rows.itertuples(), key=lambda r: (*methods.rank(r.autoencoder, r.sampler),)):
        label = methods.method(row.autoencoder, row.sampler).label
        bound = "<" if str(row.note).startswith("upper bound") else ""
        table.rows.append(
            [
                f"{label}, epoch {row.epoch:.0f}" if over_epochs else label,
                f"{bound}{row.value:g}"
                + ("" if np.isnan(row.reading_error) else f" ± {row.reading_error:g}"),
                layout.plus_minus(row.ours, row.half_width),
                layout.plus_minus(row.difference, row.half_width),
                row.verdict,
                REASONS.join(r for r in row.reason.split(REASONS) if r not in shared),
            ]
        )
    return table


def _name(space: str, metric: str) -> str:
    """What was measured, in words."""
    heading = describe(metric).heading
    return heading if space == "time" else f"{features.title(space)}: {heading}"
