"""What a classifier learns to tell: the class of an image, or which attributes it has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from ..datasets import class_labels


@dataclass(frozen=True)
class Target:
    """How one kind of knowledge about images is learned.

    Attributes:
        count: how many classes or attributes training and test part have, or an error that says
            what is wrong with them.
        prepare: what is known of the images, as the loss wants it.
        loss: of logits (b, count), a mean over images (and attributes).
        accuracy: the share that is told right, a sum over images.
        probabilities: float64 (b, count), of logits.
    """

    count: Callable[[np.ndarray, np.ndarray], int]
    prepare: Callable[[np.ndarray], Tensor]
    loss: Callable[[Tensor, Tensor], Tensor]
    accuracy: Callable[[Tensor, Tensor], Tensor]
    probabilities: Callable[[Tensor], Tensor]


def known(data: Mapping[str, np.ndarray]) -> str:
    """Which of a data set's arrays a classifier learns from: its labels, or else its attributes.

    Raises:
        ValueError: it has neither.
    """
    for kind in TARGETS:
        if f"{kind}_train" in data:
            return kind
    raise ValueError(
        "the images have neither labels nor attributes, and a classifier needs either; give them "
        "with the data set, or compare its images in the features of resnet34"
    )


def _classes(labels, test_labels) -> int:
    for name, y in (("training", labels), ("test", test_labels)):
        if y.ndim != 1 or not np.issubdtype(y.dtype, np.integer) or y.min() < 0:
            raise ValueError(
                f"{name} labels must be integers >= 0, one an image, got {y.dtype} {y.shape}"
            )
    if (count := class_labels.check(labels, test_labels)) < 2:
        raise ValueError("all training images have label 0, and a classifier needs 2 classes")
    return count


def _attributes(flags, test_flags) -> int:
    for name, y in (("training", flags), ("test", test_flags)):
        if y.ndim != 2 or y.shape[1:] != flags.shape[1:] or not np.isin(y, (0, 1)).all():
            raise ValueError(
                f"{name} attributes must be 0 or 1, a row an image, as many in either part, got "
                f"{y.dtype} {y.shape}"
            )
    if not flags.shape[1]:
        raise ValueError("the images have 0 attributes, and a classifier needs 1")
    return flags.shape[1]


# Name of a data set's arrays -> how they are learned. The first that a data set has is taken.
TARGETS = {
    "labels": Target(
        count=_classes,
        prepare=lambda y: torch.as_tensor(y).long(),
        loss=functional.cross_entropy,
        accuracy=lambda logits, y: (logits.argmax(dim=1) == y).sum(),
        probabilities=lambda logits: logits.double().softmax(dim=1),  # float32 strays by 1e-6
    ),
    "attributes": Target(
        count=_attributes,
        prepare=lambda y: torch.as_tensor(y).float(),
        loss=functional.binary_cross_entropy_with_logits,
        accuracy=lambda logits, y: ((logits > 0) == (y > 0)).double().mean(dim=1).sum(),
        probabilities=lambda logits: logits.double().sigmoid(),
    ),
}
