"""Groups of images, by class or attribute, and which images belong to one.

A group is written as in the config: a class, `3`; an attribute, `Eyeglasses`; or what is left,
`not 3`, `not Eyeglasses`.
"""

import numpy as np

from ..io.escaping import in_one_line

NOT = "not "


def arrays(part: str) -> tuple[str, ...]:
    """Which arrays of a data set `members` looks at, for `train` or `test`."""
    return f"labels_{part}", f"attributes_{part}", "attribute_names"


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
    what, wanted = parse(group)
    kind = "labels" if isinstance(what, int) else "attributes"
    if f"{kind}_{part}" not in data:
        raise ValueError(
            f"got the group {group!r}, but the images have no {kind}; wanted a "
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
    """The group in words: "class 3", "not class 3", "Wearing Hat"."""
    what, wanted = parse(group)
    return ("" if wanted else NOT) + (
        f"class {what}" if isinstance(what, int) else in_one_line(what.replace("_", " "))
    )


def complementary(one: int | str, other: int | str) -> bool:
    """Whether two groups are about the same class or attribute, so that one is all others."""
    return parse(one)[0] == parse(other)[0]


def check(group: int | str, classes: int | None) -> None:
    """Refuse a group that cannot be, as far as is known before the data is there.

    Args:
        group: a class or an attribute.
        classes: how many classes the data set has; None where that is not known.

    Raises:
        ValueError: what was got, what was wanted.
    """
    what, _ = parse(group)
    if classes is not None and (not isinstance(what, int) or not 0 <= what < classes):
        raise ValueError(f"got the group {group!r}; wanted a class, 0..{classes - 1}")


def parse(group: int | str) -> tuple[int | str, bool]:
    """The class or attribute, and whether its members are wanted or all others."""
    what = str(group).removeprefix(NOT).strip()
    return int(what) if what.isdecimal() else what, not str(group).startswith(NOT)


def column(attribute: str, names: np.ndarray | None) -> int:
    """The position of an attribute among the names of a data set's attributes, (k,).

    Raises:
        ValueError: it is not among them, or the data set has none.
    """
    names = [] if names is None else list(names)
    if attribute not in names:
        raise ValueError(f"got the attribute {attribute!r}; known are {', '.join(names) or 'none'}")
    return names.index(attribute)
