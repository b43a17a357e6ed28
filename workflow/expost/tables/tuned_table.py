"""The tables of methods with the best of as many settings, and of these settings."""

import numpy as np
import pandas as pd

from .. import features, samplers
from ..analyses import tuning
from ..analyses.soundness import NOTHING_KNOWN, Soundness
from ..figures import methods, naming
from ..metrics import describe
from ..stats import intervals
from ..study import option_sweeps
from . import layout, markup
from .leaders import leaders

AS_IT_IS = "as it is"


def tuned_tables(
    scores: pd.DataFrame,
    found: pd.DataFrame,
    choosing: int,
    against: str,
    sound: Soundness = NOTHING_KNOWN,
) -> tuple[list[markup.Table], str]:
    """Of each data set a table with a row a method, and one with a row a setting.

    Args:
        scores: of one metric, see `tuning.of_settings`.
        found: what that gives of them.
        choosing: how many seeds settings are chosen on.
        against: the autoencoder that others are compared with.
        sound: what is known of the spaces that scores are in.

    Returns:
        The tables, and a note that explains them.
    """
    tables, measure = [], describe(scores["metric"].iloc[0]).heading
    for dataset, rows in found.groupby("dataset", sort=False):
        own = scores[scores["dataset"] == dataset]
        space = own["space"].iloc[0]
        title = sound.mark(f"{dataset}: {measure}, {features.title(space)}", dataset, space)
        tables.append(_as_chosen(title, own, rows[rows["chosen"]], choosing, against))
        tables.append(_of_settings(f"{dataset}: every setting", rows))
    tried, other = found.groupby(tuning.METHOD)["setting"].count().max(), _title(against)
    seeds = "the first seed" if choosing == 1 else f"the first {choosing} seeds"
    note = (
        f"Each method has {tried} settings, and the best of them by the mean over {seeds}; scores "
        f"are of the others. {layout.over_seeds(found)} Less {other}: the difference from it, "
        "taken seed by seed. Bold: the best method, and those that cannot be told from it; of each "
        "method the setting that is chosen."
    )
    return tables, sound.note(note)


def _as_chosen(title, scores, chosen, choosing, against):
    """A row a method, the one that others are compared with among them; originals below."""
    heads = ["Method", "Setting", "Reconstruction", "Score", f"Less {_title(against)}"]
    table = markup.Table(title, heads, rule=len(chosen))
    less = tuning.beside(scores, chosen, choosing, against).set_index(tuning.METHOD)
    later = tuning.measured(scores, choosing)
    for row in chosen.to_dict("records"):
        key = tuple(row[column] for column in tuning.METHOD)
        beside = less.loc[key] if key in less.index else {}
        table.rows.append(
            [
                *_named(row),
                layout.plus_minus(row["mean"], row["half_width"]),
                layout.plus_minus(beside.get("mean", np.nan), beside.get("half_width", np.nan)),
            ]
        )
    pairs = pd.MultiIndex.from_frame(chosen[["setting", "sampler"]])
    values = later.pivot(index=layout.METHOD, columns="seed", values="value").reindex(pairs)
    table.bold = {(i, 3) for i in leaders(values, describe(scores["metric"].iloc[0]).best)}
    controls = later[later["sampler"].isin(samplers.ORIGINALS)]
    for _, of in intervals.over_seeds(controls, layout.METHOD).iterrows():
        score = layout.plus_minus(of["mean"], of["half_width"])
        table.rows.append([methods.method(*of[layout.METHOD]).label, "", "", score, ""])
    return table


def _of_settings(title, rows):
    """A row a setting of a method: what it was chosen by, and what it scores on other seeds."""
    table = markup.Table(title, ["Method", "Setting", "Reconstruction", "First seeds", "Others"])
    for i, row in enumerate(rows.to_dict("records")):
        table.rows.append(
            [
                *_named(row),
                layout.plus_minus(row["first"], np.nan),
                layout.plus_minus(row["mean"], row["half_width"]),
            ]
        )
        if row["chosen"]:
            table.bold.add((i, 1))
    return table


def _named(row: dict) -> list[str]:
    """The cells that both tables begin with: method, setting and reconstruction."""
    setting = _setting(row["setting"])
    error = layout.plus_minus(row["reconstruction"], np.nan)
    return [methods.method(row["autoencoder"], row["sampler"]).label, setting, error]


def _title(autoencoder: str) -> str:
    return methods.autoencoder_title(autoencoder)


def _setting(name: str) -> str:
    _, option, value = option_sweeps.parts(name)
    return f"{naming.name_of_option(option)} {value}" if option else AS_IT_IS
