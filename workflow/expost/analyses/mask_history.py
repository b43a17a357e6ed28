"""The mask of each dimension of a code, as the history of a training has it."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from ..objectives.mask_schedules import CLOSED

COLLAPSED = "collapsed"  # of tidy scores, 1 or 0, where an autoencoder of theirs learns a mask
BEFORE = "mask_"  # the number of a dimension, in a column's name


def read(path: str | Path, masked: bool = True) -> pd.DataFrame:
    """The history of a training, a row an epoch.

    Args:
        path: of the file.
        masked: whether its objective learns a mask.

    Raises:
        ValueError: the file is empty or damaged, or has no mask, or numbers that no mask has; says
            which file, and what to do.
    """
    try:
        history = pd.read_csv(path)
        if history.empty:
            raise ValueError("it has no epochs")
        if masked or _numbers(history):
            over_epochs(history)
    except ValueError as error:
        raise ValueError(
            f"{path} is no history of {'a mask' if masked else 'a training'}: {error}. Delete it, "
            "and its training makes it again"
        ) from error
    return history


def over_epochs(history: pd.DataFrame) -> np.ndarray:
    """The mask after each epoch, (epochs, dimensions).

    Args:
        history: of a training whose objective learns a mask, a row an epoch.

    Raises:
        ValueError: a mask of fewer than two dimensions, one that is missing, or a number that is
            not between 0 and 1.
    """
    numbers = _numbers(history)
    if len(numbers) < 2 or numbers != list(range(len(numbers))):
        raise ValueError(f"got masks of the dimensions {numbers}; wanted all from 0 on, at least 2")
    mask = history[[f"{BEFORE}{j}" for j in numbers]].apply(pd.to_numeric).to_numpy(float)
    if not ((mask >= 0) & (mask <= 1)).all():
        raise ValueError("got numbers of a mask that are missing, or not between 0 and 1")
    return mask


def _numbers(history: pd.DataFrame) -> list[int]:
    """Of the dimensions that have a mask."""
    found = (column.removeprefix(BEFORE) for column in history if column.startswith(BEFORE))
    return sorted(int(number) for number in found if number.isdigit())


def kept(history: pd.DataFrame, best: bool) -> np.ndarray:
    """The mask of the weights that a training has left, (dimensions,).

    Args:
        history: as of `over_epochs`, up to the epoch whose weights are kept.
        best: whether those of the least validation loss are, in place of the last epoch's.
    """
    return over_epochs(history)[place(history, best)]


def place(history: pd.DataFrame, best: bool) -> int:
    """The row of the epoch whose weights a training has left; see `kept`."""
    return int(history["validation"].argmin()) if best else len(history) - 1


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

    Raises:
        ValueError: see `read`.
    """
    found = zip(runs, best, map(read, histories), strict=True)
    return {run for run, of_best, history in found if is_closed(history, of_best)}
