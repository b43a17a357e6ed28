"""Which sampler to take, by a rule that is written down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import permutations

import numpy as np
import pandas as pd

from ..metrics import describe
from ..metrics.base import LOSSES
from ..samplers import ORIGINALS
from ..stats.intervals import around_mean
from . import sentences

QUALITY = ("emd", "mmd", "coverage", "density", "held_out_likelihood")
COPYING = ("c_t", "authenticity")
COST = ("fit", "sample")
LEVEL = 0.95
ALIKE, CHEAP = 2.0, 0.1  # costs within this factor are equal, and all below so many seconds


@dataclass(frozen=True)
class Choice:
    """What `choose` found; shows itself as its sentence.

    Attributes:
        name: the sampler to take; None where none can be named.
        clear: whether it is the only one left, each other being dominated, copying or failed.
        sentence: which and why.
        left: samplers that neither copy nor are dominated.
        dominated: sampler -> those that dominate it -> the metrics in which each is better.
        copying: samplers that copy more than held-out codes do.
    """

    name: str | None
    clear: bool
    sentence: str
    left: tuple[str, ...] = ()
    dominated: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    copying: tuple[str, ...] = ()

    def __str__(self):
        return self.sentence

    __repr__ = __str__


def choose(frame: pd.DataFrame, failed: tuple[str, ...] = (), clock: str = "s of CPU") -> Choice:
    """Name a sampler, by the scores of all over several seeds.

    1. Set aside what failed in a seed, and what *copies*: both C_T and authenticity are lower than
       those of held-out codes, as the 95 % t-interval of either difference, taken seed by seed, is
       below 0. (Few seeds make one interval too short now and then, hardly both.)
    2. Of the others, one is *better* than another in a metric of quality (EMD, MMD, coverage,
       density, held-out log-likelihood) if the t-interval of the difference of their losses, seed
       by seed, excludes 0. It is of 99 %, so that all five metrics hold together with 95 %
       (Bonferroni). One *dominates* another if it is better in some metric and worse in none. What
       is dominated is set aside; if each is dominated by some other, in a circle, all stay. Means
       alone decide nothing: of few seeds intervals are wide, and where draws vary much the one
       metric that does not, often the log-likelihood, tells two samplers apart though a mean of
       another metric is on the other side. The sentence names who dominates, and in what.
    3. Of those that are left take the *cheapest*: the fewest CPU seconds of a fit and its draws.
       Costs are equal within a factor of two, and below a tenth of a second; of equal ones, the
       lower mean EMD decides, as seconds are no matter of principle.

    If one is left, it is clearly better. If several are, none is, and the sentence says so: they
    cannot be told apart, or each is better in something. Controls never compete. Of one seed no
    difference has an interval, and none is named.

    Args:
        frame: tidy, with the columns sampler, seed, metric and value.
        failed: samplers that were not scored in each seed.
        clock: what costs are counted in, for the sentence.

    Returns:
        The choice, with a sentence that says why.
    """
    wide = frame.pivot(index=["metric", "sampler"], columns="seed", values="value")
    names = [name for name in dict.fromkeys(frame["sampler"]) if name not in (*ORIGINALS, *failed)]
    seeds = frame["seed"].nunique()
    if not names:
        return Choice(None, False, sentences.NOTHING)
    if seeds < 2:
        return Choice(None, False, sentences.ONE_SEED)
    if "held_out" in failed or "held_out" not in set(frame["sampler"]):
        return Choice(None, False, sentences.NO_CONTROL)
    copying = tuple(name for name in names if _copies(wide, name))
    rivals = [name for name in names if name not in copying]
    if not rivals:
        return Choice(None, False, sentences.of_copies(names), copying=copying)
    better = {pair: _better(wide, *pair) for pair in permutations(rivals, 2)}
    dominated = {}
    for one, other in permutations(rivals, 2):
        if better[other, one] and not better[one, other]:
            dominated.setdefault(one, {})[other] = better[other, one]
    left = tuple(name for name in rivals if name not in dominated) or tuple(rivals)
    cheap = _cheapest(wide, left)
    name = cheap[0]
    beaten = _beaten({one: by for one, by in dominated.items() if one not in left}, left)
    why = sentences.of_choice(
        name,
        f"{_cost(wide, name):.2g} {clock}",
        left,
        cheap,
        conflict=any(better[pair] for pair in permutations(left, 2)),
        seeds=seeds,
        aside={sentences.DOMINATED: beaten, "Copying": copying, "Failed": failed},
    )
    return Choice(name, len(left) == 1, why, left, dominated, copying)


def _row(wide: pd.DataFrame, metric: str, name: str) -> np.ndarray:
    if (metric, name) not in wide.index:
        return np.full(wide.shape[1], np.nan)
    return wide.loc[(metric, name)].to_numpy(float)


def _copies(wide: pd.DataFrame, name: str) -> bool:
    gaps = (_row(wide, metric, name) - _row(wide, metric, "held_out") for metric in COPYING)
    return all(around_mean(gap, LEVEL)[1] < 0 for gap in gaps)


def _better(wide: pd.DataFrame, one: str, other: str) -> tuple[str, ...]:
    """The metrics of quality in which one is better than another."""
    level, found = 1 - (1 - LEVEL) / len(QUALITY), []
    for metric in QUALITY:
        loss = LOSSES[describe(metric).best]
        gap = loss(_row(wide, metric, one)) - loss(_row(wide, metric, other))
        if around_mean(gap, level)[1] < 0:
            found.append(metric)
    return tuple(found)


def _beaten(dominated: Mapping[str, dict], left: tuple[str, ...]) -> list[str]:
    """By whom samplers are dominated: of those that are left, who is better in most metrics."""
    alike = {}
    for name, by in dominated.items():
        other = max(by, key=lambda one: (one in left, len(by[one])))
        alike.setdefault((other, by[other]), []).append(name)
    return [
        sentences.of_beaten(names, other, [describe(metric).title for metric in metrics])
        for (other, metrics), names in alike.items()
    ]


def _cost(wide: pd.DataFrame, name: str) -> float:
    return float(sum(np.nanmean(_row(wide, metric, name)) for metric in COST))


def _cheapest(wide: pd.DataFrame, names: tuple[str, ...]) -> list[str]:
    """Those that cost as little as the cheapest, the one with the lowest mean EMD first."""
    costs = {name: max(_cost(wide, name), CHEAP) for name in names}
    equal = [name for name in names if costs[name] <= ALIKE * min(costs.values())]
    return sorted(equal, key=lambda name: (np.nanmean(_row(wide, "emd", name)), name))
