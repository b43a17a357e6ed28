"""The table of computing times: seconds to fit each sampler and to draw from it."""

import pandas as pd

from ..figures import methods
from ..stats import intervals
from . import layout, markup

PHASES = ("fit", "sample")


def summarise_times(timings: pd.DataFrame) -> pd.DataFrame:
    """Median, least and greatest seconds over seeds, a row a method and phase.

    Args:
        timings: the tidy timings of a figure, phases `fit` and `sample`.

    Raises:
        ValueError: no rows, missing columns, seconds that are not finite, a seed twice.
    """
    by = [*layout.SECTION, *layout.METHOD, "phase"]
    intervals.check(timings, [*by, "seed"], "seconds")
    seconds = timings.groupby(by, sort=False)["seconds"]
    table = seconds.agg(median="median", least="min", greatest="max", seeds="count").reset_index()
    return layout.in_order(table, ["phase"])


def time_tables(
    times: pd.DataFrame, draws: int, departures: dict[str, str], published: str = ""
) -> tuple[list[markup.Table], str]:
    """A table a data set: seconds to fit and to draw, medians and ranges.

    Args:
        times: what `summarise_times` gives.
        draws: how many codes were drawn.
        departures: of each sampler: settings that are not the paper's, in words.
        published: the table that has the paper's times, if there is one.

    Returns:
        The tables, and a note that explains them.
    """
    found = []
    for section, rows in layout.sections(times):
        headings = ["fit [s]", "least to greatest", "draw [s]", "least to greatest"]
        table = markup.Table(section, ["Method", *headings])
        pairs, of = methods.in_order(rows), rows.set_index([*layout.METHOD, "phase"])
        table.rule = sum(not methods.is_control(*pair) for pair in pairs)
        for pair in pairs:
            fit, draw = (
                _times(of.loc[(*pair, phase)])
                if (*pair, phase) in of.index
                else [layout.NOT_RUN] * 2
                for phase in PHASES
            )
            table.rows.append([methods.method(*pair).label, *fit, *draw])
        found.append(table)
    note = (
        f"Median seconds by the clock over {layout.count_seeds(times)} for {draws} draws, taken "
        "while other jobs ran"
    )
    note += f"; {published} has them beside the paper's." if published else "."
    timed = set(times["sampler"])
    if changed := [
        f"{methods.METHODS[name].label if name in methods.METHODS else name} {settings}"
        for name, settings in departures.items()
        if name in timed
    ]:
        note += f" Not as in the paper: {'; '.join(changed)}."
    if any(table.rule < len(table.rows) for table in found):
        note += " Below the line: controls."
    return found, note


def _times(row: pd.Series) -> list[str]:
    """The median, and the range behind it."""
    median, least, greatest = map(layout.significant, row[["median", "least", "greatest"]])
    return [median, f"{least} to {greatest}"]
