"""Tables of what a classifier takes drawn images for: shares and mean probabilities."""

from pathlib import Path

import pandas as pd

from ..analyses.soundness import NOTHING_KNOWN, SPACE, Soundness
from ..datasets import image_groups
from ..figures import methods
from ..stats import intervals
from . import layout, markup

METRICS = {"share": "share of images assigned to", "probability": "mean probability of"}


def read(path: str | Path) -> pd.DataFrame:
    """The tidy shares of a figure; groups are text, be they numbers, or called NA or none."""
    return pd.read_csv(path, dtype={"drawn": str, "group": str}, keep_default_na=False)


def summarise_shares(shares: pd.DataFrame) -> pd.DataFrame:
    """Mean, half-width of the 95 % t-interval and number of seeds of every share.

    Args:
        shares: the tidy shares of a figure: axes, drawn, group, metric, value.

    Raises:
        ValueError: see `intervals.over_seeds`.
    """
    what = ["drawn", "group", "metric"]
    means = intervals.over_seeds(shares, [*layout.SECTION, *layout.METHOD, *what])
    return layout.in_order(means, what)


def targeted_tables(
    means: pd.DataFrame, sound: Soundness = NOTHING_KNOWN
) -> tuple[list[markup.Table], str]:
    """A table a section and metric: of every target, images drawn for it beside those for none.

    Args:
        means: what `summarise_shares` gives.
        sound: what is known of the classifiers.

    Returns:
        The tables, and a note that explains them.
    """
    found = []
    for title, rows in layout.sections(means):
        title = sound.mark(title, rows["dataset"].iloc[0], SPACE)
        targets = rows["group"].unique()
        columns = [
            (heading, drawn, target)
            for target in targets
            for heading, drawn in (
                (image_groups.label(target), target),
                ("untargeted", "untargeted"),
            )
        ]
        for metric, words in METRICS.items():
            found.append(_table(f"{title}: {words} the target", rows, metric, columns))
    return found, sound.note(
        f"{layout.over_seeds(means)} Under a target: images drawn for it; beside it: images drawn "
        "for none. Below the line: controls. Held-out images are of the class that they are drawn "
        "for, so theirs is how often the classifier is right."
    )


def recombination_tables(
    means: pd.DataFrame, sound: Soundness = NOTHING_KNOWN
) -> tuple[list[markup.Table], str]:
    """A table a section, group and metric: before and after recombination, and the other group.

    Of groups that are each other's complement one is enough.

    Args:
        means: what `summarise_shares` gives.
        sound: what is known of the classifiers.

    Returns:
        The tables, and a note that explains them.
    """
    found = []
    for title, rows in layout.sections(means):
        title = sound.mark(title, rows["dataset"].iloc[0], SPACE)
        first, second = rows["group"].unique()
        headings = {
            "dependence_of": image_groups.label(first),
            "recombined": f"with margins of {image_groups.label(second)}",
            "nearest": "nearest training codes",
            "margins_of": image_groups.label(second),
        }
        for metric, words in METRICS.items():
            for group in [first] if image_groups.complementary(first, second) else (first, second):
                columns = [(heading, drawn, group) for drawn, heading in headings.items()]
                name = f"{title}: {words} {image_groups.label(group)}"
                found.append(_table(name, rows, metric, columns))
    return found, sound.note(
        f"{layout.over_seeds(means)} From left to right: draws of a group; the same points of its "
        "copula with the margins of the other group; the training codes nearest to these; draws "
        "of the other group. Independent: what the margins do alone."
    )


def _table(title: str, rows: pd.DataFrame, metric: str, columns: list) -> markup.Table:
    """A row a method, a column each of (heading, what was drawn, which group is asked about)."""
    pairs = methods.in_order(rows)
    table = markup.Table(title, ["Method"], [[methods.method(*pair).label] for pair in pairs])
    table.rule = sum(not methods.is_control(*pair) for pair in pairs)
    numbers = rows.set_index([*layout.METHOD, "drawn", "group", "metric"])[["mean", "half_width"]]
    for heading, drawn, group in columns:
        table.columns.append(heading)
        for row, pair in zip(table.rows, pairs, strict=True):
            row.append(layout.plus_minus(*numbers.loc[(*pair, drawn, group, metric)]))
    return table
