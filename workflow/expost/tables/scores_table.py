"""The table of scores: every metric of every method, with intervals and controls."""

import numpy as np
import pandas as pd

from .. import features, metrics, samplers
from ..analyses.soundness import NOTHING_KNOWN, Soundness
from ..figures import methods
from ..stats import intervals
from . import layout, markup
from .leaders import leaders

APART = {  # all in one table do not fit on a page
    "neighbourhoods": ("precision", "recall", "density", "coverage"),
    "copying and variety": ("c_t", "c_t_authors", "authenticity", "nearest_training", "vendi"),
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


def score_tables(
    scores: pd.DataFrame, means: pd.DataFrame, sound: Soundness = NOTHING_KNOWN
) -> tuple[list[markup.Table], str]:
    """Tables of a data set and space: samplers above controls, mean ± half-width, the best in bold.

    The metrics of neighbourhoods have one of their own, and so have those of copying.

    Bold are the best sampler and all that seeds cannot tell from it (see `leaders`). In codes,
    samplers compete on one autoencoder only, as each has units of its own. `copy` and `held_out`
    have a row even where not run.

    Args:
        scores: the tidy scores of a figure.
        means: what `summarise_scores` gives of them.
        sound: what is known of the spaces that they are in.

    Returns:
        The tables, and a note that explains them.
    """
    found, by_seed = [], _by_seed(scores)
    for section, rows in layout.sections(means):
        for space, scored in rows.groupby("space", sort=False):
            title = f"{section}: {features.title(space)}"
            title = sound.mark(title, rows["dataset"].iloc[0], space)
            if _worlds(scored) > 1:
                title += " (units differ between autoencoders)"
            group = scored["metric"].map({m: name for name, group in APART.items() for m in group})
            for name in ("", *APART):
                if (part := group.fillna("") == name).any():
                    heading = f"{title}, {name}".removesuffix(", ")
                    found.append(_score_table(heading, scored[part], by_seed))
    return found, sound.note(_note(means))


def _note(means: pd.DataFrame) -> str:
    """What the tables' numbers and their bold mean."""
    parts = [layout.over_seeds(means)]
    if (means["seeds"] == 1).all():
        parts.append("Nothing is bold, as one seed cannot tell samplers apart.")
    else:
        parts.append(
            "Bold: the best sampler, and those that cannot be told from it, as the 95 % t-interval "
            "of the difference, taken seed by seed, includes 0. A column without bold is one where "
            "no sampler can be told from the best."
        )
    if any(_worlds(rows) > 1 for _, rows in means.groupby([*layout.SECTION, "space"])):
        parts.append(
            "In codes, every autoencoder has units of its own: compare only samplers of one, of "
            "which bold is the best."
        )
    return " ".join([*parts, "The best of → 0 is the nearest to 0. Below the line: controls."])


def _by_seed(scores: pd.DataFrame) -> pd.DataFrame:
    """A column a seed, a row a section, space, metric and method."""
    rows = [*layout.SECTION, "space", "metric", *layout.METHOD]
    return scores.pivot(index=rows, columns="seed", values="value")


def _worlds(scored: pd.DataFrame) -> int:
    """How many systems of units the rows of one section and space have."""
    return scored["autoencoder"].nunique() if "codes" in set(scored["space"]) else 1


def _score_table(title: str, scored: pd.DataFrame, by_seed: pd.DataFrame) -> markup.Table:
    pairs = set(zip(scored["autoencoder"], scored["sampler"], strict=True))
    pairs |= {("ae", control) for control in set(samplers.ORIGINALS) - set(scored["sampler"])}
    pairs = sorted(pairs, key=lambda pair: methods.rank(*pair))
    names = [name for name in metrics.NAMES if name in set(scored["metric"])]
    names += sorted(set(scored["metric"]) - set(names))
    rule = sum(not methods.is_control(*pair) for pair in pairs)
    apart = "codes" in set(scored["space"])
    worlds = np.array([autoencoder if apart else "" for autoencoder, _ in pairs[:rule]])
    table = markup.Table(
        title, ["Method"], [[methods.method(*pair).label] for pair in pairs], rule=rule
    )
    where = tuple(scored[[*layout.SECTION, "space"]].iloc[0])
    for j, name in enumerate(names, start=1):
        metric = metrics.describe(name)
        table.columns.append(metric.heading)
        index = pd.MultiIndex.from_tuples(pairs)
        column = scored[scored["metric"] == name].set_index(layout.METHOD)[["mean", "half_width"]]
        for row, (mean, half) in zip(table.rows, column.reindex(index).to_numpy(), strict=True):
            row.append(layout.plus_minus(mean, half))
        values = by_seed.loc[(*where, name)].reindex(index)
        for world in dict.fromkeys(worlds):
            rivals = np.flatnonzero(worlds == world)
            found = leaders(values.iloc[rivals], metric.best)
            table.bold |= {(int(rivals[i]), j) for i in found}
    return table
