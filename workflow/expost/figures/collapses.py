"""Trainings whose mask closed every dimension: in no mean, and named on every page."""

import pandas as pd

from ..analyses.mask_history import COLLAPSED
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


def whole_seeds(scores: pd.DataFrame) -> pd.DataFrame:
    """The scores of seeds none of whose trainings collapsed, where all methods want all seeds.

    Raises:
        ValueError: there is no such seed.
    """
    _, lost = apart(scores)
    left = scores[~scores["seed"].isin(lost["seed"])]
    if len(lost) and left.empty:
        raise ValueError(
            f"got {scores['seed'].nunique()} seeds, and of each a training that has collapsed; "
            "here all methods want all seeds. Run more, or leave out the autoencoder"
        )
    return left


def sentences(scores: pd.DataFrame) -> list[str]:
    """One about the trainings that are in no mean, if there are any.

    Args:
        scores: tidy, of all trainings.
    """
    _, lost = apart(scores)
    if lost.empty:
        return []
    every = scores.groupby(OF)["seed"].nunique()
    told = [
        f"{count} of {every[dataset, name]} trainings of {methods.autoencoder_title(name)} on "
        f"{dataset}"
        for (dataset, name), count in lost.groupby(OF, sort=False)["seed"].nunique().items()
    ]
    return [f"Collapsed, as no dimension is active, and in no mean: {'; '.join(told)}."]
