"""Trainings whose mask closed every dimension: in no mean of scores, and named beside them."""

from typing import Literal

import numpy as np
import pandas as pd

from ..analyses.mask_history import COLLAPSED
from ..samplers import ORIGINALS
from . import methods

OF = ["dataset", "autoencoder"]


def of_rows(rows: pd.DataFrame, run: list[str]) -> np.ndarray:
    """Of each row of a long table, whether its training collapsed, as its metric `collapsed` says.

    Args:
        rows: with the columns `metric` and `value`, and those of a run.
        run: which columns say whose training it is.

    Returns:
        Booleans, (rows,).
    """
    lost = rows[(rows["metric"] == COLLAPSED) & (rows["value"] == 1)]
    return _among(rows, lost, run)


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
    gone = _among(scores, lost, ["dataset", whole])
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


def _among(rows: pd.DataFrame, others: pd.DataFrame, columns: list[str]) -> np.ndarray:
    """Which rows have in some columns what one of the others has."""
    return pd.MultiIndex.from_frame(rows[columns]).isin(pd.MultiIndex.from_frame(others[columns]))
