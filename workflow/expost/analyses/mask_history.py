"""The mask of each dimension of a code, as the history of a training has it."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ..objectives.mask_schedules import CLOSED

COLLAPSED = "collapsed"  # of tidy scores, 1 or 0, where an autoencoder of theirs learns a mask
BEFORE = "mask_"  # the number of a dimension, in a column's name


def over_epochs(history: pd.DataFrame) -> np.ndarray:
    """The mask after each epoch, (epochs, dimensions).

    Args:
        history: of a training whose objective learns a mask, a row an epoch.
    """
    count = sum(column.removeprefix(BEFORE).isdigit() for column in history)
    return history[[f"{BEFORE}{j}" for j in range(count)]].to_numpy(float)


def kept(history: pd.DataFrame, best: bool) -> np.ndarray:
    """The mask of the weights that a training has left, (dimensions,).

    Args:
        history: as of `over_epochs`, up to the epoch whose weights are kept.
        best: whether those of the least validation loss are, in place of the last epoch's.
    """
    return over_epochs(history)[history["validation"].argmin() if best else -1]


def is_closed(history: pd.DataFrame, best: bool) -> bool:
    """Whether no dimension is active, 0.1 or more, so that the training has collapsed.

    Args:
        history: as of `kept`.
        best: as there.
    """
    return not (kept(history, best) >= CLOSED).any()


def closed(runs: Iterable[tuple], best: Iterable[bool], histories: Iterable[str]) -> set[tuple]:
    """The runs whose trainings have collapsed.

    Args:
        runs: of trainings with a mask.
        best: of each, as of `kept`.
        histories: of each, the file.
    """
    found = zip(runs, best, map(pd.read_csv, histories), strict=True)
    return {run for run, of_best, history in found if is_closed(history, of_best)}
