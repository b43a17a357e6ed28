"""The picture on the first page of the report: its first figure, or a table's numbers."""

import io
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from .. import features
from ..analyses.soundness import NOTHING_KNOWN, SPACE, Soundness
from ..datasets import image_groups
from ..metrics import describe
from . import methods, naming, style

PANELS = 3
PHASES = {"fit": "seconds to fit", "sample": "seconds to draw"}
SECTION, METHOD = ["dataset", "epoch", "size"], ["autoencoder", "sampler"]


def choose(paths: Iterable[str]) -> str | None:
    """The first picture, else the first table, of all results in the report's order; or none.

    Args:
        paths: of pictures (.png) and tables (.html).
    """
    paths = list(paths)
    found = [path for path in paths if path.endswith(".png")] or paths
    return found[0] if found else None


def shows(path: str | Path) -> bool:
    """Whether a picture can be made of a result: a figure, or a table of methods or verdicts.

    Args:
        path: as of `png`.
    """
    path = Path(path)
    if path.suffix == ".png":
        return True
    columns = pd.read_csv(path.with_suffix(".csv"), nrows=0).columns
    return "verdict" in columns or {*SECTION, *METHOD} <= {*columns}


def png(path: str | Path, sound: Soundness = NOTHING_KNOWN) -> bytes:
    """A figure as it is, or a picture of the first numbers of a table.

    Args:
        path: of the figure's png, or of the table's page, beside which is its csv.
        sound: what is known of the spaces of the table's numbers.
    """
    path = Path(path)
    if path.suffix == ".png":
        return path.read_bytes()
    drawn = io.BytesIO()
    with style.context():
        of_table(path.with_suffix(".csv"), sound).savefig(drawn, format="png", dpi=200)
    return drawn.getvalue()


def of_table(path: str | Path, sound: Soundness = NOTHING_KNOWN):
    """A matplotlib figure of a table's csv: how often each verdict, or a dot for each method.

    Of scores it has the first metric of each space but codes, whose units are the autoencoders';
    of the first data set, epoch and size.
    """
    table = pd.read_csv(path, dtype={"drawn": str, "group": str})
    if "verdict" in table:
        claims = "id" in table
        once = table.drop_duplicates(["id", "dataset"]) if claims else table
        return _bars(once["verdict"].value_counts(), "claims" if claims else "published numbers")
    first = table.iloc[0]
    table = table[(table[SECTION] == first[SECTION]).all(axis=1)]
    known = first["epoch"] and naming.now().has_epoch(table["autoencoder"])
    kept = f"epoch {first['epoch']}, " if known else ""
    where = f"{first['dataset']}, {kept}{first['size']} codes"
    if "phase" in table:
        parts = table.rename(columns={"least": "low", "median": "middle", "greatest": "high"})
        parts = [(PHASES[phase], rows) for phase, rows in parts.groupby("phase", sort=False)]
        return _dots(parts, f"{where}; lines: from the least to the greatest of all seeds")
    half = table["half_width"].fillna(0)
    table = table.assign(low=table["mean"] - half, middle=table["mean"], high=table["mean"] + half)
    parts = _scores(table, sound) if "space" in table else _shares(table, sound)
    return _dots(parts, f"{where}; lines: 95 % intervals over seeds" if half.any() else where)


def _scores(table: pd.DataFrame, sound: Soundness) -> list[tuple[str, pd.DataFrame]]:
    """The first metric of each space."""
    table = table if (table["space"] == "codes").all() else table[table["space"] != "codes"]
    first, of = table.groupby("space", sort=False)["metric"].first(), table["dataset"].iloc[0]
    return [
        (
            sound.mark(f"{features.title(space)}: {describe(metric).heading}", of, space),
            table[(table["space"] == space) & (table["metric"] == metric)],
        )
        for space, metric in first.items()
    ]


def _shares(table: pd.DataFrame, sound: Soundness) -> list[tuple[str, pd.DataFrame]]:
    """What was drawn for each group or, of a recombination, drawn with other margins."""
    table = table[table["metric"] == "share"]
    recombined = table["drawn"] == "recombined"
    table = table[recombined if recombined.any() else table["drawn"] == table["group"]]
    words = "with other margins, share taken for" if recombined.any() else "share taken for wanted"
    return [
        (sound.mark(f"{words} {image_groups.label(group)}", table["dataset"].iloc[0], SPACE), rows)
        for group, rows in table.groupby("group", sort=False)
    ]


def _dots(parts: list[tuple[str, pd.DataFrame]], where: str):
    """A panel a part, a row a method, a dot at the middle and a line from low to high."""
    from matplotlib.figure import Figure

    parts = parts[:PANELS]
    pairs = methods.in_order(pd.concat([rows for _, rows in parts]))
    figure = Figure(figsize=(style.PAGE, 0.8 + 0.17 * len(pairs)), layout="constrained")
    panels = figure.subplots(1, len(parts), sharey=True, squeeze=False)[0]
    for panel, (title, rows) in zip(panels, parts, strict=True):
        of = {(row.autoencoder, row.sampler): row for row in rows.itertuples()}
        for place, pair in enumerate(pairs):
            if pair in of:
                row, colour = of[pair], methods.method(*pair).colour
                panel.plot([row.low, row.high], [place] * 2, color=colour)
                panel.plot(row.middle, place, "o", color=colour, markersize=4)
        if rows["low"].min() > 0 and rows["high"].max() > 30 * rows["low"].min():
            panel.set_xscale("log")
        if "drawn" in rows:
            panel.set_xlim(-0.05, 1.05)
        panel.set_title(title, parse_math=False)
        panel.set_yticks(range(len(pairs)), [methods.method(*pair).label for pair in pairs])
        panel.set_ylim(len(pairs) - 0.5, -0.5)
        panel.grid(axis="y", linewidth=0.3)
    figure.supxlabel(where, fontsize=8, parse_math=False)
    return figure


def _bars(counts: pd.Series, what: str):
    """A bar for each verdict with its count beside it."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(style.PAGE, 0.6 + 0.25 * len(counts)), layout="constrained")
    panel = figure.subplots()
    bars = panel.barh(list(counts.index), counts, height=0.5, color="#777777")
    panel.bar_label(bars, padding=3)
    panel.set_ylim(len(counts) - 0.5, -0.5)
    panel.spines["bottom"].set_visible(False)
    panel.set_xticks([])
    panel.set_xlabel(f"number of {what}")
    return figure
