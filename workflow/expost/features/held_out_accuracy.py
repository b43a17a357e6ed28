"""How well the network behind a space tells images that it was not trained on."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..io import files
from ..io.untrusted import named
from .base import Features

SHUFFLES, LEVEL = 199, 0.01  # of the truth; how seldom what is shuffled may be told as well
FAR = 0.2  # of the way from chance to always right, what a network must have gone at least
SURE = 0.75  # of the way from chance to how often it is right, how sure it must be at least


class HeldOutAccuracy(NamedTuple):
    """What a network made of the test images.

    Attributes:
        dataset: whose images these are.
        told: "labels" or "attributes".
        count: how many classes or attributes it knows.
        images: how many test images there are.
        accuracy: the share that is told right, balanced: a mean over classes, or over having and
            lacking of every attribute, of those that the test images have.
        chance: the same of who tells without looking.
        p_value: how often the truth, shuffled among the images, is told as well.
        right: the share that is told right, not balanced.
        sure: the mean probability of what is told; 1 of attributes, whose shares differ too much.
    """

    dataset: str
    told: str
    count: int
    images: int
    accuracy: float
    chance: float
    p_value: float
    right: float
    sure: float

    @property
    def doubt(self) -> str:
        """Why features of this network mean little; "" where nothing says so."""
        far = self.accuracy - self.chance >= FAR * (1 - self.chance)
        if self.p_value > LEVEL or not far:
            return (
                f"its network tells held-out images not clearly better than chance "
                f"({self.accuracy:.2f}, balanced, where chance is {self.chance:.2f}; "
                f"{self.images} images)"
            )
        if self.sure - 1 / self.count < SURE * (self.right - 1 / self.count):
            return (
                f"its network has hardly begun to learn: it tells {self.right:.0%} of the held-out "
                f"images right, and gives what it tells a probability of {self.sure:.0%} only"
            )
        return ""

    def __str__(self):
        of = "attributes" if self.told == "attributes" else "classes"
        return (
            f"The classifier of {self.dataset} has a held-out accuracy of {self.accuracy:.3g}, "
            f"balanced over its {self.count} {of} (chance: {self.chance:.2g}; {self.images} images)"
        )


def measure(dataset: str, features: Features, known: np.ndarray) -> HeldOutAccuracy:
    """What a network makes of test images, beside what is known of them.

    Args:
        dataset: whose they are.
        features: of the test images.
        known: their classes, integers (n,), or which attributes they have, 0 or 1 (n, k).
    """
    if features.probabilities is not None:
        told = features.probabilities.argmax(axis=1)[:, None]
        what, count = "labels", features.probabilities.shape[1]
        sure = float(features.probabilities.max(axis=1).mean(dtype=float))
    else:
        told = (features.attributes > 0.5).astype(int)
        what, count, sure = "attributes", told.shape[1], 1.0
    truth = np.asarray(known).reshape(told.shape)
    weights, chance = _weights(truth)
    right = [_told(truth, told, weights)]
    random = np.random.default_rng(0)  # the same verdict on the same network
    for _ in range(SHUFFLES):
        order = random.permutation(len(truth))
        right.append(_told(truth[order], told, weights[order]))
    as_well = int(np.sum(np.array(right) >= right[0] - 1e-9))
    return HeldOutAccuracy(
        dataset, what, count, len(truth), right[0], chance, as_well / len(right),
        float((told == truth).mean()), sure,
    )  # fmt: skip


def read(path: str | Path) -> HeldOutAccuracy:
    """What a job kept of it.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is damaged, or something else.
    """
    with named(path, "make it again"):
        found, kinds = files.load_json(path), HeldOutAccuracy.__annotations__
        whole = isinstance(found, dict) and found.keys() == kinds.keys()
        if not whole or not all(type(found[key]) is kind for key, kind in kinds.items()):
            raise ValueError("it does not say how well a classifier tells held-out images")
        return HeldOutAccuracy(**found)


def _weights(truth: np.ndarray) -> tuple[np.ndarray, float]:
    """What being right about an image counts in the balanced accuracy (n, k), and chance.

    What all test images share tells nothing: such columns do not count, if there are others.
    """
    weights, chances = np.zeros(truth.shape), []
    values = [np.unique(column, return_inverse=True, return_counts=True) for column in truth.T]
    several = any(len(found) > 1 for found, _, _ in values)
    for column, (found, inverse, counts) in enumerate(values):
        if len(found) > 1 or not several:
            weights[:, column] = 1 / (len(found) * counts[inverse])
            chances.append(1 / len(found))
    return weights / len(chances), float(np.mean(chances))


def _told(truth: np.ndarray, told: np.ndarray, weights: np.ndarray) -> float:
    return float(weights[truth == told].sum())
