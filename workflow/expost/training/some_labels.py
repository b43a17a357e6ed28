"""Labels of some training items, for objectives that are told of no more."""

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from ..datasets import class_labels
from ..objectives import data_checks
from ..runtime.seeding import generator

if TYPE_CHECKING:
    from .loop import Training


def chosen(training: "Training", items: int, labels: np.ndarray | None) -> Tensor | None:
    """Labels of as many items as the objective wants, -1 for all others, int64 (n,).

    Which items these are depends on the training's identity alone. None is given to an objective
    that wants no labels.

    Args:
        training: whose objective it is.
        items: n, to train on.
        labels: of all of them, integers (n,), if there are any.

    Raises:
        ValueError: what the objective asks of the data is not there: see its options; or labels
            are not one an item, or no classes 0, 1, ...
    """
    wanted, classes = training.objective.labelled, 0
    if wanted and labels is not None:
        if labels.shape != (items,) or labels.dtype.kind not in "iu" or labels.min() < 0:
            raise ValueError(
                f"got labels {labels.dtype} of shape {labels.shape}; wanted integers of at least 0 "
                f"of shape ({items},), one an item"
            )
        classes = class_labels.check(labels, labels)
    about = (training.about[key] for key in ("objective", "latent", "options"))
    data_checks.check(*about, items, classes)
    if not wanted:
        return None
    rows = generator(*training.identity, "labels").permutation(items)[:wanted]
    some = np.full(items, -1, dtype=np.int64)
    some[rows] = labels[rows]
    return torch.from_numpy(some).to(training.device)
