"""Numbers that the paper printed beside ours: how far apart, and whether that means anything."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from .. import features, samplers
from ..metrics import describe
from ..metrics.base import LOSSES
from ..stats import intervals
from .published_numbers import IDENTITY

AGREES, BETTER, WORSE, INCOMPARABLE = "agrees", "better", "worse", "not comparable"
REASONS = "; "  # between those of one number


class Paper(NamedTuple):
    """What a paper's numbers are of.

    Attributes:
        size: codes that its samplers were fitted to.
        draws: codes that they drew.
        said: of each data set that has its own: `size` and `epochs`, the last of its trainings.
        trainings: data set -> autoencoder -> what of our training is not the paper's, in words.
    """

    size: int
    draws: int
    said: Mapping[str, Mapping] = {}
    trainings: Mapping[str, Mapping[str, list[str]]] = {}

    def of(self, dataset: str, key: str, usual: float) -> float:
        """A number that it says of a data set, or the usual one."""
        return self.said.get(dataset, {}).get(key, usual)


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
    size, epoch = paper.of(row.dataset, "size", paper.size), row.epoch
    if np.isnan(epoch):
        epoch = paper.of(row.dataset, "epochs", epoch)
    match, reasons = _match(row, ours, size, epoch)
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
        reasons += paper.trainings.get(row.dataset, {}).get(row.autoencoder, [])
        if not np.isnan(epoch) and match["epoch"] != epoch:
            reasons.append(f"after {match['epoch']} epochs, not {epoch:.0f}")
        if str(row.note).startswith("other scale"):
            reasons.append(row.note)
        if match["size"] != size and row.sampler not in samplers.CONTROLS:  # fitted to none
            reasons.append(f"fitted to {match['size']} codes, not {size}")
        if draws != paper.draws:
            reasons.append(f"{draws} draws, not {paper.draws}")
        if row.sampler in departures:
            reasons.append(departures[row.sampler])
        if match["seeds"] == 1:
            reasons.append("one seed, so no interval")
    verdict = INCOMPARABLE if reasons else _verdict(row, result["ours"], result["half_width"])
    difference = np.nan if reasons else result["ours"] - row.value
    return result | {"difference": difference, "verdict": verdict, "reason": REASONS.join(reasons)}


def _match(row, ours: pd.DataFrame, size: int, epoch: float) -> tuple[pd.Series | None, list[str]]:
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
    epoch = epoch if epoch in set(left["epoch"]) else left["epoch"].max()
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
