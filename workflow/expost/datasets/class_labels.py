"""Numbers of classes that a classifier can learn: 0, 1, ..., each of some training image."""

from itertools import islice

import numpy as np

MOST = 20  # classes that a message names


def check(train: np.ndarray, test: np.ndarray) -> int:
    """How many classes there are.

    Args:
        train: of the training images, integers of at least 0, (n,).
        test: of the test images.

    Raises:
        ValueError: a class has no training images.
    """
    known = set(np.unique(train).tolist())
    count = max(known) + 1
    if count != len(known):
        empty = list(islice((label for label in range(count) if label not in known), MOST))
        raise ValueError(
            f"classes {empty} of 0..{count - 1} have no training images; number the classes that "
            "have some 0, 1, 2, ..."
        )
    if (largest := int(np.max(test))) >= count:
        raise ValueError(
            f"test label {largest} is not among the training labels 0..{count - 1}; "
            "split the images so that every class is in both parts"
        )
    return count
