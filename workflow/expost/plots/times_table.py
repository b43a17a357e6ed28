"""The table of computing times: fitting and drawing, beside the seconds that the paper printed."""

import numpy as np
import pandas as pd

from . import intervals, markup, style, tables

PHASES = ("fit", "sample")


def summarise_times(timings: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """Median, least and greatest seconds over seeds, beside the paper's and their ratio to ours.

    Args:
        timings: the tidy timings of an experiment, phases `fit` and `sample`.
        published: the paper's numbers (`workflow/published/ebcae.csv`).

    Returns:
        A row a method and phase. `paper_dataset` says whose time stands beside ours: that of the
        same data set, or of MNIST as the nearest. NaN where the paper has none.

    Raises:
        ValueError: no rows, missing columns, seconds that are not finite, a seed twice.
    """
    by = [*tables.SECTION, *tables.METHOD, "phase"]
    intervals.check(timings, [*by, "seed"], "seconds")
    seconds = timings.groupby(by, sort=False)["seconds"]
    table = seconds.agg(median="median", least="min", greatest="max", seeds="count").reset_index()
    paper = published[(published["paper"] == "ebcae") & (published["table"] == "table1")]
    paper = pd.DataFrame(
        {
            "paper_dataset": paper["dataset"],
            "autoencoder": paper["autoencoder"].str.lower(),
            "sampler": paper["sampler"],
            "phase": paper["metric"].str.removesuffix("_seconds"),
            "paper_seconds": paper["value"].astype(float),
            "paper_is_bound": paper["note"].str.startswith("upper bound"),
        }
    )
    same = set(paper["paper_dataset"])
    table["paper_dataset"] = table["dataset"].where(table["dataset"].isin(same), "mnist")
    table = table.merge(paper, "left", ["paper_dataset", *tables.METHOD, "phase"])
    table["paper_is_bound"] = table["paper_is_bound"].eq(True)
    table["paper_over_ours"] = table["paper_seconds"] / table["median"]
    return tables.in_order(table, ["phase"])


def time_tables(
    times: pd.DataFrame, draws: int, options: dict[str, dict]
) -> tuple[list[markup.Table], str]:
    """A table a data set: seconds to fit and to draw, ours and the paper's, and paper over ours.

    Args:
        times: what `summarise_times` gives.
        draws: how many codes were drawn.
        options: of each sampler, as far as they differ from its defaults, which are the paper's.

    Returns:
        The tables, and a note that explains them.
    """
    found = []
    for section, rows in tables.sections(times):
        paper = f"paper ({rows['paper_dataset'].iloc[0].upper().replace('CELEBA', 'CelebA')})"
        headings = [f"{word} [s]" for word in ("fit", f"fit, {paper}", "draw", f"draw, {paper}")]
        table = markup.Table(section, ["Method", *headings[:2], "ratio", *headings[2:], "ratio"])
        pairs, of = style.in_order(rows), rows.set_index([*tables.METHOD, "phase"])
        table.rule = sum(not style.is_control(*pair) for pair in pairs)
        for pair in pairs:
            fit, draw = (
                _times(of.loc[(*pair, phase)])
                if (*pair, phase) in of.index
                else [tables.NOT_RUN] * 3
                for phase in PHASES
            )
            table.rows.append([style.method(*pair).label, *fit, *draw])
        found.append(table)
    note = (
        f"Median seconds over {tables.count_seeds(times)} for {draws} draws, taken while other "
        "jobs ran, beside those the paper printed for 2000 codes and 2000 draws on an Intel "
        "i7-6600U (for MNIST, where it has no times for this data set); ratio: paper / ours."
    )
    timed = set(times["sampler"])
    if changed := [
        f"{style.METHODS[name].label if name in style.METHODS else name} {option} = {value}"
        for name, chosen in options.items()
        for option, value in chosen.items()
        if name in timed
    ]:
        note += f" Not as in the paper: {', '.join(changed)}."
    if any(table.rule < len(table.rows) for table in found):
        note += " Below the line: controls."
    return found, note


def _times(row: pd.Series) -> list[str]:
    """Our seconds, the paper's, and their ratio."""
    ours, paper, ratio = row[["median", "paper_seconds", "paper_over_ours"]].astype(float)
    if np.isnan(paper):
        return [tables.significant(ours), tables.NOT_RUN, tables.NOT_RUN]
    bound = "<" if row["paper_is_bound"] else ""
    return [
        tables.significant(ours),
        f"{bound}{paper:g}",  # as printed
        f"{bound}{tables.significant(ratio, 2)}×",
    ]
