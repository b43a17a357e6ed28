"""The table of autoencoders in rows and samplers in columns, a metric or two in each cell."""

from collections.abc import Mapping

import pandas as pd

from .. import features
from ..analyses.soundness import NOTHING_KNOWN, Soundness
from ..figures import methods, naming
from ..metrics import describe
from ..stats import intervals
from ..study.grids import heading_of
from . import grid_note, layout, markup
from .leaders import leaders

Columns = Mapping[str, list[str]]


def in_shown_space(scores: pd.DataFrame) -> pd.DataFrame:
    """The scores of each data set in the feature space that stands for all.

    Args:
        scores: the tidy scores of a figure.
    """
    spaces = scores.groupby("dataset", sort=False)["space"].unique().map(features.shown)
    return scores[scores["space"] == scores["dataset"].map(spaces)]


def summarise_cells(scores: pd.DataFrame, columns: Columns, cells: list[str]) -> pd.DataFrame:
    """Mean, half-width of the 95 % t-interval and number of seeds of each cell's metrics.

    Args:
        scores: what `in_shown_space` gives.
        columns: heading -> samplers.
        cells: metrics of each cell.

    Returns:
        With the column `heading`, which is empty of controls.

    Raises:
        ValueError: see `intervals.over_seeds`.
    """
    shown = scores[scores["metric"].isin(cells)]
    means = intervals.over_seeds(shown, [*layout.SECTION, *layout.METHOD, "space", "metric"])
    means.insert(0, "heading", means["sampler"].map(heading_of(columns)).fillna(""))
    return layout.in_order(means, ["metric"])


def grid_tables(
    scores: pd.DataFrame,
    means: pd.DataFrame,
    columns: Columns,
    cells: list[str],
    draws: int,
    sound: Soundness = NOTHING_KNOWN,
) -> tuple[list[markup.Table], str]:
    """A table a data set: autoencoders above the controls, mean ± half-width, the best in bold.

    Bold are, of each column and metric, the best autoencoder and all that seeds cannot tell from it
    (see `leaders`).

    Args:
        scores: what `in_shown_space` gives.
        means: what `summarise_cells` gives of them.
        columns: heading -> samplers, of which each autoencoder has one.
        cells: metrics of each cell.
        draws: how many codes every run drew.
        sound: what is known of the spaces that the scores are in.

    Returns:
        The tables, and a note that explains them.
    """
    found = []
    for dataset, rows in means.groupby("dataset", sort=False):
        space = rows["space"].iloc[0]
        measures = markup.PARTS.join(describe(metric).heading for metric in cells)
        title = f"{_where(rows)}: {features.title(space)}, {measures}"
        own = scores[scores["dataset"] == dataset]
        found.append(_table(sound.mark(title, dataset, space), own, rows, columns, cells))
    return found, sound.note(grid_note.note(means, columns, draws))


def _where(rows: pd.DataFrame) -> str:
    """The data set, the epochs, which may be each autoencoder's own, and the number of codes."""
    parts = [rows["dataset"].iloc[0]]
    for axis, one, several in (
        ("epoch", "epoch {}", "epochs {} to {}"),
        ("size", "{} codes", "{} to {} codes"),
    ):
        if axis == "epoch" and not naming.now().has_epoch(rows["autoencoder"]):
            continue  # of files it is not known
        low, high = rows[axis].min(), rows[axis].max()
        parts.append(one.format(low) if low == high else several.format(low, high))
    return ", ".join(parts)


def _autoencoders(means: pd.DataFrame) -> list[str]:
    """Those in rows, in their study's order."""
    names = dict.fromkeys(means.loc[means["heading"] != "", "autoencoder"])
    return sorted(names, key=naming.now().place)


def _table(
    title: str, scores: pd.DataFrame, means: pd.DataFrame, columns: Columns, cells: list[str]
) -> markup.Table:
    rows = _autoencoders(means)
    labels = [[methods.autoencoder_title(name)] for name in rows]
    table = markup.Table(title, ["Autoencoder", *columns], labels, rule=len(rows))
    by = ["metric", *layout.METHOD]
    numbers = means.set_index(by)[["mean", "half_width"]]
    by_seed = scores.pivot(index=by, columns="seed", values="value")
    of = means.drop_duplicates(["autoencoder", "heading"]).set_index(["autoencoder", "heading"])
    for j, heading in enumerate(columns, start=1):
        pairs = [(name, of["sampler"].get((name, heading), "")) for name in rows]
        for row, pair in zip(table.rows, pairs, strict=True):
            row.append(_cell(numbers, pair, cells))
        for k, metric in enumerate(cells):
            if not pairs:
                continue  # all have collapsed
            values = by_seed.reindex(_keys(metric, pairs)).reset_index(drop=True)
            found = leaders(values, describe(metric).best)
            table.bold |= {(i, j, k) if len(cells) > 1 else (i, j) for i in found}
    controls = means[means["heading"] == ""]
    for pair in methods.in_order(controls):
        cell = _cell(numbers, pair, cells)  # the same whatever is drawn in a column
        table.rows.append([methods.method(*pair).label, *[cell] * len(columns)])
    return table


def _keys(metric: str, pairs: list[tuple[str, str]]) -> pd.MultiIndex:
    return pd.MultiIndex.from_tuples([(metric, *pair) for pair in pairs])


def _cell(numbers: pd.DataFrame, pair: tuple[str, str], cells: list[str]) -> str:
    """The numbers of a method, one beside the other."""
    known = numbers.reindex([(metric, *pair) for metric in cells]).to_numpy()
    return markup.PARTS.join(layout.plus_minus(*number) for number in known)
