"""Groups of images, by class or attribute, and which images belong to one.

A group is written as in the config: a class by its name, `cat`, or by its number where it has no
name, `3`; an attribute, `Eyeglasses`; or what is left, `not cat`, `not 3`, `not Eyeglasses`. A text
that is the name of a class means that class.
"""

from collections.abc import Sequence

import numpy as np

from ..io.escaping import in_one_line
from . import class_names

NOT = "not "
NOBODY = "untargeted"  # what images drawn for no group are called


def arrays(part: str) -> tuple[str, ...]:
    """Which arrays of a data set `members` looks at, for `train` or `test`."""
    return f"labels_{part}", f"attributes_{part}", "attribute_names", class_names.KEY


def members(
    group: int | str, data: dict[str, np.ndarray], part: str, rows: np.ndarray | None = None
) -> np.ndarray:
    """Which images belong to a group, a boolean mask (n,).

    Args:
        group: a class or an attribute.
        data: a data set's `arrays(part)` (see `expost.datasets.base.Dataset.load`).
        part: `train` or `test`.
        rows: the images in question, (n,); None for all of the part.

    Raises:
        ValueError: the data set has no such attribute, or none of the images belongs to the group.
    """
    classes = data.get(class_names.KEY)
    what, wanted = parse(group, classes)
    if f"labels_{part}" not in data and str(what) in data.get("attribute_names", ()):
        what = str(what)  # of attributes that are called 0, 1, ...
    kind = "labels" if isinstance(what, int) else "attributes"
    if f"{kind}_{part}" not in data:
        known = "" if classes is None else f" (classes are {', '.join(classes.tolist())})"
        raise ValueError(
            f"got the group {group!r}, but the images have no {kind}{known}; wanted a "
            + ("class, as 0" if kind == "attributes" else "attribute, as Smiling")
        )
    values = data[f"{kind}_{part}"] if rows is None else data[f"{kind}_{part}"][rows]
    if kind == "labels":
        inside = (values == what) == wanted
    else:
        inside = (values[:, column(what, data["attribute_names"])] == 1) == wanted
    if not inside.any():
        raise ValueError(
            f"got the group {group!r}, to which none of {len(inside)} {part} images belongs; name "
            "another, or set size higher"
        )
    return inside


def label(group: int | str) -> str:
    """The group in words: "cat", "not cat", "class 3", "not class 3", "Wearing Hat"."""
    what, wanted = _parted(str(group))
    words = in_one_line(what.replace("_", " "))
    return ("" if wanted else NOT) + (words if any(map(str.isalpha, words)) else f"class {words}")


def complementary(one: int | str, other: int | str) -> bool:
    """Whether two groups are about the same class or attribute, so that one is all others."""
    return _parted(str(one))[0] == _parted(str(other))[0]


def two_meanings(group: int | str, known: Sequence[int | str]) -> bool:
    """Whether it is the name of a class, and also all but another one, of more than two."""
    names, (what, wanted) = list(map(str, known)), _parted(str(group))
    return not wanted and len(names) > 2 and {str(group), what} <= set(names)


def parse(group: int | str, classes: Sequence[str] | None = None) -> tuple[int | str, bool]:
    """The class's number or the attribute, and whether its members are wanted or all others.

    Args:
        group: a class or an attribute.
        classes: names of the classes 0, 1, ...; None where they have none.
    """
    names = [] if classes is None else list(classes)
    what, wanted = (str(group), True) if str(group) in names else _parted(str(group))
    if what in names:
        return names.index(what), wanted
    return int(what) if not names and what.isdecimal() else what, wanted


def column(attribute: str, names: np.ndarray | None) -> int:
    """The position of an attribute among the names of a data set's attributes, (k,).

    Raises:
        ValueError: it is not among them, or the data set has none.
    """
    names = [] if names is None else list(names)
    if attribute not in names:
        raise ValueError(f"got the attribute {attribute!r}; known are {', '.join(names) or 'none'}")
    return names.index(attribute)


def _parted(group: str) -> tuple[str, bool]:
    return group.removeprefix(NOT).strip(), not group.startswith(NOT)
