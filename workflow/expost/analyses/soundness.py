"""Whether a space of features can tell images apart at all: if not, its scores mean little."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from .. import features
from ..features import held_out_accuracy
from ..features.held_out_accuracy import HeldOutAccuracy
from ..metrics import describe
from ..metrics.base import LOSSES
from ..stats.intervals import t_half_width

SPACE = "classifier"  # whose network is trained here
REALITY, NOISE = "held_out", "prior"
# What real images score better in than noise, if anything tells the two apart.
TELLING = ("emd", "mmd", "one_nn", "inception_score", "fid_softmax", "frechet", "kid")


class Soundness(NamedTuple):
    """What is known of the spaces that numbers are in.

    Attributes:
        networks: those that were trained on the data sets' own labels.
        doubts: (data set, space) -> why its scores mean little.
    """

    networks: list[HeldOutAccuracy]
    doubts: dict[tuple[str, str], str]

    def of(self, datasets: Collection[str]) -> "Soundness":
        """What is known of some data sets only."""
        networks = [known for known in self.networks if known.dataset in datasets]
        return Soundness(networks, {k: why for k, why in self.doubts.items() if k[0] in datasets})

    def by_data_set(self) -> dict[str, dict[str, str]]:
        """Data set -> space -> why its scores mean little."""
        found: dict[str, dict] = {}
        for (dataset, space), why in self.doubts.items():
            found.setdefault(dataset, {})[space] = why
        return found

    def mark(self, title: str, dataset: str, space: str) -> str:
        """A title that warns of a space in doubt."""
        return f"In doubt (see the note): {title}" if (dataset, space) in self.doubts else title

    def warnings(self) -> list[str]:
        """A sentence for each space in doubt."""
        return [
            f"In doubt: {features.title(space)} of {dataset}, as {why}. Numbers in it mean little."
            for (dataset, space), why in self.doubts.items()
        ]

    def accuracies(self) -> list[str]:
        """A sentence for each network."""
        return [f"{known}." for known in self.networks]

    def note(self, note: str) -> str:
        """The note of a table with both: warnings before it, accuracies behind."""
        return " ".join([*self.warnings(), note, *self.accuracies()])


def look(paths: Iterable[str], scores: Iterable[pd.DataFrame] = ()) -> Soundness:
    """What is known of the spaces of some numbers.

    Args:
        paths: of what `held_out_accuracy.measure` gave of each data set's classifier.
        scores: tidy scores, in whose spaces the control `held_out` must beat `prior`.

    Raises:
        FileNotFoundError, ValueError: see `held_out_accuracy.read`.
    """
    networks, scores = [held_out_accuracy.read(path) for path in paths], list(scores)
    doubts: dict[tuple[str, str], str] = {}
    for table in scores:
        doubts |= _lost_to_noise(table)
    scored = {(dataset, space) for table in scores for dataset, space in _spaces(table)}
    for known in networks:
        spaces = {space for of, space in scored if of == known.dataset and _is_ours(space)}
        if known.doubt:
            doubts |= {(known.dataset, space): known.doubt for space in spaces | {SPACE}}
    return Soundness(networks, doubts)


def _is_ours(space: str) -> bool:
    return space.removesuffix("_bfloat16") == SPACE


def _spaces(scores: pd.DataFrame) -> list[tuple[str, str]]:
    pairs = set(zip(scores["dataset"], scores["space"], strict=True))
    return sorted((of, space) for of, space in pairs if space not in features.NOT_FEATURES)


def _lost_to_noise(scores: pd.DataFrame) -> dict[tuple[str, str], str]:
    """The spaces in which real images do not clearly score better than noise, and by what."""
    found = {}
    for dataset, space in _spaces(scores):
        rows = scores[(scores["dataset"] == dataset) & (scores["space"] == space)]
        lost = [metric for metric in TELLING if _loses(rows[rows["metric"] == metric], metric)]
        if lost:
            names = ", ".join(describe(metric).title for metric in lost)
            found[dataset, space] = (
                f"held-out images do not clearly score better there than decoded noise (prior) by "
                f"{names}"
            )
    return found


def _loses(rows: pd.DataFrame, metric: str) -> bool:
    """Whether held-out images were compared with noise, and beat none of it."""
    loss = rows.assign(value=LOSSES[describe(metric).best](rows["value"].astype(float)))
    real = loss[loss["sampler"] == REALITY].groupby("seed")["value"].mean()
    noise = loss[loss["sampler"] == NOISE]
    beaten = []
    for _, values in noise.groupby(["autoencoder", "epoch", "size"]):
        ahead = (values.set_index("seed")["value"] - real).dropna().to_numpy()
        beaten += [_clearly_above(ahead)] if len(ahead) else []
    return bool(beaten) and not any(beaten)


def _clearly_above(differences: np.ndarray) -> bool:
    """Whether differences are above 0 in every seed, or by their 95 % t-interval."""
    if (differences > 0).all():
        return True
    n = len(differences)
    return n > 1 and differences.mean() > t_half_width(differences.std(ddof=1), n)


NOTHING_KNOWN = Soundness([], {})
