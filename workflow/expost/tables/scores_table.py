"""The table of scores: every metric of every method, with intervals and controls."""

import numpy as np
import pandas as pd

from .. import features, metrics, samplers
from ..figures import methods
from ..metrics.base import best
from ..stats import intervals
from . import layout, markup

APART = {  # all in one table do not fit on a page
    "neighbourhoods": ("precision", "recall", "density", "coverage"),
    "copying and variety": ("c_t", "authenticity", "nearest_training", "vendi"),
}


def summarise_scores(scores: pd.DataFrame) -> pd.DataFrame:
    """Mean, half-width of the 95 % t-interval and number of seeds of every metric.

    Args:
        scores: the tidy scores of a figure.

    Raises:
        ValueError: see `intervals.over_seeds`.
    """
    means = intervals.over_seeds(scores, [*layout.SECTION, *layout.METHOD, "space", "metric"])
    return layout.in_order(means, ["space", "metric"])


def score_tables(means: pd.DataFrame) -> tuple[list[markup.Table], str]:
    """Tables of a data set and space: samplers above controls, mean ± half-width, the best in bold.

    The metrics of neighbourhoods have one of their own, and so have those of copying.

    Bold are the best mean among the samplers and all whose intervals overlap with its own:
    the seeds cannot tell those apart. In codes, samplers compete on one autoencoder only, as each
    has units of its own. `copy` and `held_out` have a row even where not run.

    Args:
        means: what `summarise_scores` gives.

    Returns:
        The tables, and a note that explains them.
    """
    found = []
    for section, rows in layout.sections(means):
        for space, scored in rows.groupby("space", sort=False):
            title = f"{section}: {features.title(space)}"
            group = scored["metric"].map({m: name for name, group in APART.items() for m in group})
            for name in ("", *APART):
                if (part := group.fillna("") == name).any():
                    found.append(_score_table(f"{title}, {name}".removesuffix(", "), scored[part]))
    alone = (means["seeds"] == 1).all()
    beside = ", which says little" if alone else " and all whose intervals overlap with its own"
    note = f"{layout.over_seeds(means)} Bold: the best sampler{beside}."
    return found, f"{note} The best of → 0 is the nearest to 0. Below the line: controls."


def _score_table(title: str, scored: pd.DataFrame) -> markup.Table:
    pairs = set(zip(scored["autoencoder"], scored["sampler"], strict=True))
    pairs |= {("ae", control) for control in set(samplers.ORIGINALS) - set(scored["sampler"])}
    pairs = sorted(pairs, key=lambda pair: methods.rank(*pair))
    names = [name for name in metrics.NAMES if name in set(scored["metric"])]
    names += sorted(set(scored["metric"]) - set(names))
    rule = sum(not methods.is_control(*pair) for pair in pairs)
    rivals = _rivals(
        [a for a, _ in pairs[:rule]] if "codes" in set(scored["space"]) else [0] * rule
    )
    table = markup.Table(
        title, ["Method"], [[methods.method(*pair).label] for pair in pairs], rule=rule
    )
    for j, name in enumerate(names, start=1):
        metric = metrics.describe(name)
        table.columns.append(metric.heading)
        column = scored[scored["metric"] == name].set_index(layout.METHOD)[["mean", "half_width"]]
        column = column.reindex(pd.MultiIndex.from_tuples(pairs)).to_numpy()
        for row, (mean, half) in zip(table.rows, column, strict=True):
            row.append(layout.plus_minus(mean, half))
        for rows in rivals:
            table.bold |= {(int(rows[i]), j) for i in best(column[rows], metric.best)}
    return table


def _rivals(worlds: list) -> list[np.ndarray]:
    """The rows of each world; one that is alone in its world, among several, has no rival."""
    rows = [np.flatnonzero(np.array(worlds) == world) for world in dict.fromkeys(worlds)]
    return [r for r in rows if len(r) > 1 or len(rows) == 1]
