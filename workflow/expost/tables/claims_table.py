"""The table of claims: what the paper says, how it came out here, and by which numbers."""

import numpy as np
import pandas as pd

from ..figures import methods, naming
from ..metrics import describe
from ..papers.claims.predicates import FAILS, HOLDS, UNDECIDED
from ..papers.claims.verdicts import NOT_SUPPORTED, NOT_TESTED, SUPPORTED
from . import layout, markup

EXAMPLES = 2  # comparisons shown in full, of those that decided
WORDS = {  # for measures that no other table shows
    "fit": "seconds to fit",
    "sample": "seconds to draw",
    "wanted_share": "share of the wanted kind",
    "wanted_gain": "share of the wanted kind beyond that of untargeted draws",
    "group_change": "change of the share in the group",
    "group_kept": "share in the dependence's group less that in the margins'",
}


def claims_tables(judged: pd.DataFrame) -> tuple[list[markup.Table], str]:
    """A table a data set and verdict, and one of what nothing here could test.

    Args:
        judged: what `claims.verdicts.judge` gives.

    Returns:
        The tables, and a note that explains them.
    """
    found = []
    for dataset, rows in judged[judged["dataset"] != ""].groupby("dataset", sort=False):
        for verdict in (SUPPORTED, NOT_SUPPORTED, NOT_TESTED):
            if (of := rows[rows["verdict"] == verdict]).empty:
                continue
            found.append(_table(f"{dataset}: {verdict}", of))
    if not (nowhere := judged[judged["dataset"] == ""]).empty:
        found.append(_table(NOT_TESTED, nowhere))
    return found, (
        "A comparison holds if the 95 % t-interval over seeds of the difference, taken seed by "
        "seed, is wholly on the claimed side; an undecided one counts as not holding. A claim is "
        "supported if as many comparisons hold as it asks for: all, where nothing else is said. "
        "It is contradicted if it would not be even if all undecided ones held. Shown are the "
        "comparisons furthest from what is claimed; the csv has all. Means of times are "
        "geometric. Measures of class probabilities are left out where features know attributes "
        "and no classes."
    )


def _table(title: str, rows: pd.DataFrame) -> markup.Table:
    columns = ["Claim", "Section", "Verdict", "Evidence"]
    table = markup.Table(title, columns, prose={0, 1, 2, 3})
    for _, of in rows.groupby("id", sort=False):
        first = of.iloc[0]
        verdict, evidence = first["verdict"], first["reason"]
        if verdict != NOT_TESTED:
            verdict = f"{verdict}: {evidence}" if evidence else verdict
            evidence = _evidence(of)
        table.rows.append([first["claim"], first["section"], verdict, evidence])
    return table


def _evidence(rows: pd.DataFrame) -> str:
    """How many comparisons came out how, and those that decided, in numbers."""
    parts = []
    for _, test in rows.groupby("test", sort=False):
        counts = test["outcome"].value_counts()
        text = f"{counts.get(HOLDS, 0)} of {len(test)} comparisons hold"
        if (share := test["share"].iloc[0]) < 1:
            text += f" ({share:.0%} asked for)"
        for word, name in ((UNDECIDED, "undecided"), (FAILS, "the other way")):
            if counts.get(word, 0):
                text += f", {counts[word]} {name}"
        if left_out := test["left_out"].iloc[0]:
            text += f", without {', '.join(map(_measure, left_out.split(', ')))}"
        parts.append(f"{text}; {'; '.join(map(_comparison, _telling(test)))}")
    return f"{'. '.join(parts)}. {layout.count_seeds(rows).capitalize()}."


def _telling(test: pd.DataFrame) -> list:
    """The comparisons furthest from what is claimed, or nearest to failing where all hold."""
    order = {FAILS: 0, UNDECIDED: 1, HOLDS: 2}
    strength = test["estimate"].abs() / test["half_width"].replace(0, np.nan)
    weak = strength.where(test["outcome"] != FAILS, -strength).fillna(np.inf)
    keys = pd.DataFrame({"rank": test["outcome"].map(order), "weak": weak})
    return list(test.loc[keys.sort_values(["rank", "weak"]).index[:EXAMPLES]].itertuples())


def _comparison(row) -> str:
    """One comparison in numbers."""
    if row.estimate_of == "rank correlation":
        between = _measure(row.left) + (
            f" with {_measure(row.right)}" if row.right != row.left else ""
        )
        return f"{between}: rank correlation {layout.plus_minus(row.estimate, row.half_width)}"
    if "/" not in row.measure:
        return _of_rows(row)
    left = f"{_measure(row.measure)}: {_method(row.left, row, 'left')}"
    if row.estimate_of == "rank correlation with a setting":
        setting = naming.name_of_option(row.right)
        shown = layout.plus_minus(row.estimate, row.half_width)
        return f"{left}, rank correlation with {setting} {shown}"
    if row.estimate_of == "value":
        return f"{left} {layout.plus_minus(row.estimate, row.half_width)}"
    sides = f"{left} {layout.significant(row.left_mean)}, "
    sides += f"{_method(row.right, row, 'right')} {layout.significant(row.right_mean)}"
    if row.estimate_of == "loss difference":
        return f"{sides}, ahead by {layout.plus_minus(-row.estimate, row.half_width)}"
    if row.estimate_of != "log ratio":
        return f"{sides}, {row.estimate_of} {layout.plus_minus(row.estimate, row.half_width)}"
    low, high = np.exp([row.estimate - row.half_width, row.estimate + row.half_width])
    shown = [layout.significant(np.exp(row.estimate), 2)]
    if np.isfinite(row.half_width):
        shown.append(f"({layout.significant(low, 2)} to {layout.significant(high, 2)})")
    return f"{sides}, ratio {' '.join(shown)}"


def _of_rows(row) -> str:
    """A comparison of what are no scores, by the columns that pick its sides."""
    shown, what = layout.plus_minus(row.estimate, row.half_width), row.measure.replace("_", " ")
    if row.estimate_of == "trend":
        return f"{what} of {row.left}: rank correlation with {row.right} {shown}"
    if row.estimate_of == "value":
        return f"{what} of {row.left}: {shown}"
    sides = (f"{name} {layout.significant(mean)}" for name, mean in _sides(row))
    return f"{what}: {', '.join(sides)}, difference {shown}"


def _sides(row) -> list[tuple[str, float]]:
    return [(row.left, row.left_mean), (row.right, row.right_mean)]


def _method(pair: str, row, side: str) -> str:
    """A method's name, with its place where the two sides have different ones."""
    label = methods.method(*pair.split("/")).label
    for axis, word in (("epoch", "epoch {}"), ("size", "{} codes")):
        places = getattr(row, f"left_{axis}", None), getattr(row, f"right_{axis}", None)
        if None not in places and not np.isnan(places).any() and places[0] != places[1]:
            label += f" ({word.format(int(places[side == 'right']))})"
    return label


def _measure(measure: str) -> str:
    """A measure in words."""
    space, metric = measure.split("/")
    if metric in WORDS:
        return WORDS[metric]
    return f"{describe(metric).title} ({space})"
