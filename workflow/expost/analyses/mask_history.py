"""The mask of each dimension of a code, as the history of a training has it."""

import numpy as np
import pandas as pd

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
