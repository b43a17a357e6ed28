"""What the classes of images are called: class k has name k."""

import re
import unicodedata
from collections.abc import Iterable

import numpy as np

from ..io.escaping import in_one_line, name_shown

KEY = "class_names"  # among the arrays of a data set
DIGITS = tuple("0123456789")


def in_order(names: Iterable[str]) -> list[str]:
    """Names by their numbers where all are whole numbers, as 2 before 10, or else as text."""
    names = sorted(names)
    if all(re.fullmatch("[-+]?[0-9]+", name) for name in names):
        names.sort(key=int)
    return names


def written(name: str) -> int | str:
    """A name as a config has it: a number where it is written as one, as 3 for "3"."""
    plain = name.isascii() and name.isdecimal() and name == str(int(name))
    return int(name) if plain else name


def check(names: np.ndarray, labels: Iterable[np.ndarray], whose: str) -> np.ndarray:
    """Names that can be told apart, one a class.

    Args:
        names: of the classes.
        labels: the numbers of classes, integers, of every part; none where there are no labels.
        whose: they are, for messages.

    Raises:
        ValueError: what was got, what was wanted and what to do.
    """
    what = f"{KEY} of {whose}"
    names = np.asarray(names)
    if names.dtype.kind != "U" or names.ndim != 1:
        raise ValueError(
            f"{what}: got {names.dtype} of shape {names.shape}, wanted strings of shape (classes,)"
        )
    largest = max((int(part.max()) for part in labels if part.size), default=None)
    if largest is None:
        raise ValueError(f"{what}: there are no labels to be named; give labels_train, labels_test")
    if len(names) != largest + 1:
        raise ValueError(
            f"{what}: got {len(names)} names, and labels up to {largest}; wanted {largest + 1}, "
            "of the classes 0, 1, ... in this order"
        )
    check_writable(names, what)
    shown: dict[str, str] = {}
    for name in names.tolist():
        looks = in_one_line(unicodedata.normalize("NFC", name).replace("_", " ")).strip()
        if not looks:
            raise ValueError(f"{what}: got the name {name!r}, which shows nothing; give another")
        if looks in shown:
            raise ValueError(
                f"{what}: got {shown[looks]!r} and {name!r}, which look alike in a figure; rename "
                "one"
            )
        shown[looks] = name
    return names


def check_writable(names: np.ndarray, what: str) -> np.ndarray:
    """Refuse names with characters that no file can have, as halves of others.

    Raises:
        ValueError: which name.
    """
    for name in names.tolist():
        if any("\ud800" <= character <= "\udfff" for character in name):
            raise ValueError(
                f"{what}: got the name {name_shown(name)}, which cannot be written; give another"
            )
    return names
