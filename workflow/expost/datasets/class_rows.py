"""Images of one class alone, for autoencoders that are trained on no others."""

from pathlib import Path

import numpy as np

from ..io.files import load_npz
from . import class_names, image_groups, row_choice


def rows(path: str | Path, part: str, of_class: int) -> np.ndarray:
    """Rows of the images of a class, in order.

    Args:
        path: the archive that the pipeline has made of the data set.
        part: `train` or `test`.
        of_class: its number.

    Raises:
        ValueError: the data set has no labels, or none of its images is of the class.
    """
    key = f"labels_{part}"
    labels = load_npz(path, key).get(key)
    if labels is None:
        raise ValueError(f"got of_class {of_class}, and data without labels; leave it out")
    return np.flatnonzero(image_groups.members(of_class, {key: labels}, part))


def parts(
    path: str | Path, dataset: str, seed: int, of_class: int, count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the training images of a class that a training gets, and those that it holds out.

    Args:
        path: as of `rows`.
        dataset: its name.
        seed: of the training.
        of_class: number of the class.
        count: how many are held out.

    Raises:
        ValueError: there is no such class, or nothing would be left to train on.
    """
    inside = rows(path, "train", of_class)
    about = f"class {of_class} of {dataset}", seed, len(inside), count
    return inside[row_choice.trained(*about)], inside[row_choice.validation(*about)]


def name(path: str | Path, of_class: int) -> str:
    """What a class is called: its name, or its number where it has none.

    Args:
        path: as of `rows`.
        of_class: number of the class.
    """
    names = load_npz(path, class_names.KEY).get(class_names.KEY)
    return str(of_class if names is None else names[of_class])
