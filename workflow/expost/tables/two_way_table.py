"""Tables of autoencoders by samplers, and of which of the two scores depend on more."""

import numpy as np
import pandas as pd

from .. import features, samplers
from ..analyses import two_way
from ..analyses.soundness import NOTHING_KNOWN, Soundness
from ..figures import methods
from ..metrics import describe
from ..stats import intervals
from ..stats.two_way import Effect
from . import layout, markup, variance
from .leaders import leaders

MEASURE = [*layout.SECTION, "space", "metric"]
COUNTS = ("seeds", "freedom", "error_freedom")
NUMBERS = (
    *(*MEASURE, *layout.METHOD, "mean", "half_width", "seeds"),
    *("part", "scale", "share", "share_half_width", "eta", *Effect._fields, "verdict"),
)
ALL = {"autoencoder": "all autoencoders", "sampler": "all samplers"}


def summarise(scores: pd.DataFrame) -> pd.DataFrame:
    """Means of cells, of rows and of columns, then what explains the variance, in one table.

    Args:
        scores: the tidy scores of a figure.

    Returns:
        Rows of cells have a mean, those of a mean over samplers or autoencoders an empty name of
        these, and those of a decomposition a `part`, with its share of the variance.

    Raises:
        ValueError: see `two_way.explain`.
    """
    parts = [layout.in_order(intervals.over_seeds(scores, [*MEASURE, *layout.METHOD]), MEASURE[3:])]
    for key, found in scores.groupby(MEASURE, sort=False):
        of = dict(zip(MEASURE, key, strict=True))
        marginal = _marginal(found, of["metric"])
        parts += [
            marginal,
            pd.DataFrame(variance.records(two_way.explain(found, of["metric"]), of)),
        ]
    whole = pd.concat(parts, ignore_index=True).reindex(columns=NUMBERS)
    return whole.astype(dict.fromkeys(COUNTS, "Int64"))


def two_way_tables(
    scores: pd.DataFrame, numbers: pd.DataFrame, shown: list, sound: Soundness = NOTHING_KNOWN
) -> tuple[list[markup.Table], str]:
    """A table a data set and measure, a row an autoencoder; and one of the shares of the variance.

    Args:
        scores: the tidy scores of a figure.
        numbers: what `summarise` gives of them.
        shown: (space, its metrics) in order.
        sound: what is known of the spaces that they are in.

    Returns:
        The tables, and a note that explains them.
    """
    found, asked = [], [(space, metric) for space, metrics in shown for metric in metrics]
    for section, rows in layout.sections(scores):
        dataset, shares = rows["dataset"].iloc[0], []
        for space, metric in asked:
            part = rows[(rows["space"] == space) & (rows["metric"] == metric)]
            if part.empty:
                continue
            name = f"{describe(metric).heading}, {features.title(space)}"
            title = sound.mark(f"{section}: {name}", dataset, space)
            of = numbers.merge(part[MEASURE].drop_duplicates())
            found.append(_cells(title, part, of[of["part"].isna()]))
            shares.append(
                [
                    sound.mark(name, dataset, space),
                    *variance.in_words(two_way.explain(part, metric)),
                ]
            )
        title = f"{section}: shares of the variance in percent"
        found.append(markup.Table(title, [*variance.COLUMNS], shares, prose={len(shares[0]) - 1}))
    return found, sound.note(_note(numbers))


def _marginal(scores: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Means over all samplers, over all autoencoders and over both, seed by seed."""
    competing, found = two_way.competitors(scores), []
    log = two_way.in_logarithms(metric, competing["value"])
    for by in (["autoencoder"], ["sampler"], []):
        keys = [*MEASURE, *by, "seed"]
        values = competing.assign(value=np.log(competing["value"]) if log else competing["value"])
        means = values.groupby(keys, sort=False)["value"].mean().reset_index()
        means = means.assign(value=np.exp(means["value"])) if log else means
        found.append(intervals.over_seeds(means, keys[:-1]))
    return pd.concat(found)


def _cells(title: str, scores: pd.DataFrame, means: pd.DataFrame) -> markup.Table:
    """A row an autoencoder, a column a sampler; controls on the right, or below if originals."""
    rows, columns = methods.crossed(two_way.competitors(scores))
    controls = [name for name in methods.crossed(scores)[1] if name in samplers.CONTROLS]
    beside = [name for name in controls if name not in samplers.ORIGINALS]
    keys = means[layout.METHOD].fillna("").itertuples(index=False, name=None)
    texts = map(layout.plus_minus, means["mean"], means["half_width"])
    text = dict(zip(keys, texts, strict=True))
    heads = [*columns, "", *beside]
    labels = [methods.of_sampler(name).label if name else ALL["sampler"] for name in heads]
    table = markup.Table(title, ["Autoencoder", *labels], rule=len(rows))
    for row, label in [
        *((row, methods.autoencoder_title(row)) for row in rows),
        ("", ALL["autoencoder"]),
    ]:
        table.rows.append([label, *(text.get((row, name), layout.NOT_RUN) for name in heads)])
    for name in controls:
        if name in samplers.ORIGINALS:
            value = next(text[pair] for pair in text if pair[1] == name)
            label = methods.of_sampler(name).label
            table.rows.append([label, *(value if not head else "" for head in heads)])
    values = scores.pivot(index=layout.METHOD, columns="seed", values="value")
    pairs = pd.MultiIndex.from_product([rows, columns])
    best = leaders(values.reindex(pairs), describe(scores["metric"].iloc[0]).best)
    table.bold = {(i // len(columns), 1 + i % len(columns)) for i in best}
    return table


def _note(numbers: pd.DataFrame) -> str:
    """What the tables' numbers mean."""
    return (
        f"{layout.over_seeds(numbers[numbers['mean'].notna()])} Means over all samplers or "
        "autoencoders leave controls aside, and are geometric where shares are those of "
        "logarithms, as of distances. Bold: the best of all cells, and those that cannot be told "
        "from it seed by seed. Below the line: means and controls. " + variance.NOTE
    )
