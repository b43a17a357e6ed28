"""What becomes of autoencoders of some capacity: how good they are, what is open, what broke."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from .. import features
from ..objectives.mask_schedules import CLOSED
from ..runtime.log import log
from . import mask_history

COLUMNS = [
    *("dataset", "space", "autoencoder", "capacity", "relative", "epoch", "seed"),
    *("metric", "value"),
]
RUNAWAY = 1.5  # times what the reconstruction was before the mask learnt
SPREADS = 0.5, 1.5  # standard deviations of codes between which an active dimension is sound


def records(
    distance: float,
    history: pd.DataFrame,
    codes: np.ndarray,
    *,
    frozen: int = 0,
    best: bool = False,
    noise: float | None = None,
    dimension: int | None = None,
) -> list[dict]:
    """What is told of one training, a `metric` and a `value` each.

    Args:
        distance: Fréchet, of what is decoded from draws of N(0, I), from the test part.
        history: of the training, a row an epoch.
        codes: of the test part, (n, capacity).
        frozen: epochs before the mask learns.
        best: whether the weights with the least validation loss are kept, not the last.
        noise: the distance of noise, see `of_noise`; None where that is not known.
        dimension: the data's true one; None where nobody knows it.

    Returns:
        `distance`, `reconstruction`, and the critic's estimate `wasserstein`, of the epoch kept;
        of a mask `active` dimensions (0.1 or more), `active_half` (0.5 or more), `half_open`
        (between 0.1 and 0.9), and `active_over_dimension`. And 1 where something broke and 0 where
        it did not: `no_active` dimension; `beyond_noise`, a distance above that of noise;
        `collapsed`, one of these; `runaway`, a reconstruction above 1.5 times what it was before
        the mask learnt, or, where that learns from the first, its least; `odd_spread`, an active
        dimension whose codes have a standard deviation outside 0.5 to 1.5. What cannot be known is
        left out.
    """
    last = history.iloc[mask_history.place(history, best)]
    found = {"distance": distance, "reconstruction": last["autoencoder_reconstruction"]}
    if "wasserstein" in history:
        found["wasserstein"] = last["wasserstein"]
    broken = {} if noise is None else {"beyond_noise": distance > noise}
    if "active" in history:
        found |= {name: last[name] for name in ("active", "active_half", "half_open")}
        if dimension:
            found["active_over_dimension"] = last["active"] / dimension
        broken["no_active"] = mask_history.is_closed(history, best)
        broken |= {"runaway": _ran_away(history["autoencoder_reconstruction"], frozen)}
        mask = mask_history.kept(history, best)
        spreads = codes.std(axis=0, dtype=np.float64)[mask >= CLOSED]
        low, high = SPREADS
        broken["odd_spread"] = ((spreads < low) | (spreads > high)).any()
    fatal = [broken[name] for name in ("no_active", "beyond_noise") if name in broken]
    if fatal:
        broken["collapsed"] = any(fatal)
    found |= {name: int(value) for name, value in broken.items()}
    return [{"metric": name, "value": float(value)} for name, value in found.items()]


def warn(about: dict, told: list[dict]) -> None:
    """Name a collapse in the log.

    Args:
        about: the autoencoder, capacity and seed of a training.
        told: its `records`.
    """
    found = {row["metric"]: row["value"] for row in told}
    if found.get("collapsed"):
        why = "no dimension is active" if found.get("no_active") else "its distance is beyond noise"
        name, capacity, seed = (about[key] for key in ("autoencoder", "capacity", "seed"))
        log.warning("%s of capacity %d, seed %d, has collapsed: %s", name, capacity, seed, why)


def told_distance(scores: Iterable[dict]) -> tuple[str, float]:
    """The Fréchet distance of a run: of vectors, or in the feature space that stands for all.

    Args:
        scores: `space`, `metric` and `value` of each.

    Returns:
        The space, "vectors" or a feature space, and the distance.
    """
    found = {row["space"]: row["value"] for row in scores if row["metric"] == "frechet"}
    space = "vectors" if "vectors" in found else features.shown(list(found))
    return space, found[space]


def of_noise(data: np.ndarray) -> float:
    """The Fréchet distance of data from noise: normal coordinates of their means and variances.

    With the covariance S of the data, and D its diagonal, `tr S + tr D - 2 tr (D^½ S D^½)^½`: what
    is lost where nothing is known but every coordinate by itself.

    Args:
        data: (n, d), at least 2.
    """
    covariance = np.cov(data.astype(np.float64), rowvar=False)
    spread = np.sqrt(np.diag(covariance))
    roots = np.sqrt(np.linalg.eigvalsh(covariance * np.outer(spread, spread)).clip(0))
    return float(2 * np.trace(covariance) - 2 * roots.sum())


def _ran_away(losses: pd.Series, frozen: int) -> bool:
    before = losses.iloc[frozen - 1] if frozen else losses.min()
    return losses.iloc[-1] > RUNAWAY * before
