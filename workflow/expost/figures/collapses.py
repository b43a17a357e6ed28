"""Trainings whose mask closed every dimension: in no mean of scores, and named beside them."""

from typing import Literal

import pandas as pd

from ..analyses.mask_history import COLLAPSED
from ..samplers import ORIGINALS
from . import methods

OF = ["dataset", "autoencoder"]


def apart(scores: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The scores of trainings that did not collapse, and those of trainings that did.

    Raises:
        ValueError: all have collapsed.
    """
    if COLLAPSED not in scores:
        return scores, scores.iloc[:0]
    lost = scores[COLLAPSED] == 1
    if len(scores) and lost.all():
        raise ValueError(
            "got scores of trainings alone that have collapsed, as no dimension of their codes is "
            "active; there is nothing to show. Their logs say when it happened"
        )
    return scores[~lost], scores[lost]


def without(scores: pd.DataFrame, whole: Literal["seed", "autoencoder"]) -> pd.DataFrame:
    """The scores without whole seeds, or autoencoders, of which a training collapsed.

    For what compares all methods seed by seed, and for what chooses between autoencoders.

    Args:
        scores: tidy, of all trainings.
        whole: what goes whole, in each data set by itself.

    Raises:
        ValueError: nothing is left of a data set.
    """
    _, lost = apart(scores)
    gone = pd.MultiIndex.from_frame(lost[["dataset", whole]])
    gone = pd.MultiIndex.from_frame(scores[["dataset", whole]]).isin(gone)
    if whole == "autoencoder":  # no mask touches originals
        gone &= ~scores["sampler"].isin(ORIGINALS)
    left = scores[~gone]
    for dataset in scores["dataset"].unique():
        if left.loc[left["dataset"] == dataset, "sampler"].isin(ORIGINALS).all():
            raise ValueError(
                f"got a training that has collapsed for each {whole} of {dataset}; wanted one "
                f"{whole} at least without. Run more seeds, or leave out what collapses"
            )
    return left


def sentences(scores: pd.DataFrame, so: str = "in no mean") -> list[str]:
    """One about the trainings that collapsed, if there are any.

    Args:
        scores: tidy, of all trainings.
        so: what follows for them.
    """
    if COLLAPSED not in scores or (lost := scores[scores[COLLAPSED] == 1]).empty:
        return []
    every = scores.groupby(OF)["seed"].nunique()
    told = [
        f"{count} of {every[dataset, name]} trainings of {methods.autoencoder_title(name)} on "
        f"{dataset}"
        for (dataset, name), count in lost.groupby(OF, sort=False)["seed"].nunique().items()
    ]
    return [f"Collapsed, as no dimension is active, and {so}: {'; '.join(told)}."]
