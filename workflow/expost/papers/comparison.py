"""Numbers that the paper printed beside ours: how far apart, and whether that means anything."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from .. import features
from ..io.untrusted import named
from ..metrics import describe
from ..metrics.base import LOSSES
from ..stats import intervals

COLUMNS = (
    *("paper", "table", "dataset", "autoencoder", "sampler", "epoch"),
    *("space", "metric", "value", "reading_error", "note"),
)
IDENTITY = ["dataset", "autoencoder", "sampler", "space", "metric"]
AGREES, BETTER, WORSE, INCOMPARABLE = "agrees", "better", "worse", "not comparable"


class Paper(NamedTuple):
    """What a paper's numbers are of.

    Attributes:
        size: codes that its samplers were fitted to.
        draws: codes that they drew.
    """

    size: int
    draws: int


def read(path: str | Path, table: str) -> pd.DataFrame:
    """The rows of one table or figure of a study's `published.csv`.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it has no such table; says which it has.
    """
    with named(path, "correct it"):
        rows = pd.read_csv(path, dtype={"table": str})
        if lacking := [column for column in COLUMNS if column not in rows]:
            raise ValueError(f"there is no column {', '.join(lacking)}")
        for column in ("epoch", "value", "reading_error"):
            rows[column] = pd.to_numeric(rows[column])
        if bad := [line + 2 for line in np.flatnonzero(~np.isfinite(rows["value"]))]:
            raise ValueError(f"lines {', '.join(map(str, bad))} have no value")
        if (twice := rows.duplicated(["table", *IDENTITY, "epoch"])).any():
            raise ValueError(
                f"line {int(np.flatnonzero(twice)[0]) + 2} says again what stands above"
            )
    if table not in set(rows["table"]):
        raise ValueError(
            f"got the table {table!r} for {path}; it has {', '.join(rows['table'].unique())}"
        )
    return rows[rows["table"] == table]


def compare(
    published: pd.DataFrame,
    scores: pd.DataFrame,
    draws: int,
    kinds: dict[str, str],
    departures: dict[str, str],
    paper: Paper,
    doubts: Mapping[tuple[str, str], str] | None = None,
) -> pd.DataFrame:
    """Every published value beside ours, with a verdict.

    A value agrees if |ours - published| <= half-width + reading error, and is better or worse
    otherwise. It is compared only where all that the paper says was done here too.

    Args:
        published: rows of one table or figure of a study's `published.csv`.
        scores: the tidy scores of the figure that reproduces it.
        draws: how many codes every run drew.
        kinds: of each data set of the config: what it was read from.
        departures: of each sampler: settings that are not the paper's, in words.
        paper: what the paper's numbers are of.
        doubts: (data set, space) -> why our numbers there mean little.

    Returns:
        The rows of `published` with `ours`, `half_width`, `seeds` and `ours_epoch` (NaN where we
        have no such number), `difference` = ours - published where they can be compared,
        `verdict`, and `reason`, which says why they cannot be.

    Raises:
        ValueError: see `intervals.over_seeds`.
    """
    ours = intervals.over_seeds(scores, [*IDENTITY, "epoch", "size"])
    rows = published.itertuples()
    doubts = doubts or {}
    comparisons = [_compare(row, ours, draws, kinds, departures, paper, doubts) for row in rows]
    return pd.concat([published.reset_index(drop=True), pd.DataFrame(comparisons)], axis=1)


def _compare(row, ours, draws, kinds, departures, paper, doubts) -> dict:
    """Our number for one published value, and what it says."""
    match, reasons = _match(row, ours, paper.size)
    result = {"ours": np.nan, "half_width": np.nan, "seeds": 0, "ours_epoch": np.nan}
    if match is not None:
        columns = ("mean", "half_width", "seeds", "epoch")
        result = dict(zip(result, (match[column] for column in columns), strict=True))
        if kinds.get(row.dataset) != row.dataset:
            reasons.append(f"images of the kind {kinds.get(row.dataset)}, not the whole data set")
        if match["space"] != row.space:
            reasons.append(f"another feature net ({match['space']})")
        if doubt := doubts.get((row.dataset, match["space"])):
            reasons.append(f"{features.title(match['space'])} in doubt: {doubt}")
        if not np.isnan(row.epoch) and match["epoch"] != row.epoch:
            reasons.append(f"after {match['epoch']} epochs, not {row.epoch:.0f}")
        if str(row.note).startswith("other scale"):
            reasons.append(row.note)
        if match["size"] != paper.size:
            reasons.append(f"fitted to {match['size']} codes, not {paper.size}")
        if draws != paper.draws:
            reasons.append(f"{draws} draws, not {paper.draws}")
        if row.sampler in departures:
            reasons.append(departures[row.sampler])
        if match["seeds"] == 1:
            reasons.append("one seed, so no interval")
    verdict = INCOMPARABLE if reasons else _verdict(row, result["ours"], result["half_width"])
    difference = np.nan if reasons else result["ours"] - row.value
    return result | {"difference": difference, "verdict": verdict, "reason": "; ".join(reasons)}


def _match(row, ours: pd.DataFrame, size: int) -> tuple[pd.Series | None, list[str]]:
    """Our row that is nearest in kind to a published one, or why there is none.

    Of several epochs it is the same one or the last, of several sizes the nearest to the paper's,
    of feature spaces the paper's or else the one that stands for all.
    """
    left = ours[ours["dataset"] == row.dataset]
    if left.empty:
        return None, [f"the data set {row.dataset} is not in this run"]
    method = (left["autoencoder"] == row.autoencoder) & (left["sampler"] == row.sampler)
    if (left := left[method]).empty:
        return None, ["this method is not in this run"]
    scored, of_network = left["space"].unique(), row.space not in features.NOT_FEATURES
    other = of_network and row.space not in scored
    space = features.shown(scored) if other else row.space
    if (left := left[(left["space"] == space) & (left["metric"] == row.metric)]).empty:
        return None, ["this metric is not in this run"]
    epoch = row.epoch if row.epoch in set(left["epoch"]) else left["epoch"].max()
    left = left[left["epoch"] == epoch]
    return left.loc[(left["size"] - size).abs().idxmin()], []


def _verdict(row, ours: float, half_width: float) -> str:
    """Whether two numbers are apart by more than they are uncertain, and which is better."""
    error = 0.0 if np.isnan(row.reading_error) else row.reading_error
    if str(row.note).startswith("upper bound") and ours - half_width <= row.value:
        return AGREES
    if abs(ours - row.value) <= half_width + error:
        return AGREES
    loss = LOSSES.get(describe(row.metric).best)
    return BETTER if loss and loss(ours) < loss(row.value) else WORSE
