"""Names of the columns of tables."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..runtime import option_values

if TYPE_CHECKING:
    import pandas as pd


def check(names: Iterable[str], shown: str) -> None:
    """Refuse one name for several columns, of which nobody could ask for one.

    Args:
        names: of all columns.
        shown: the file, as messages name it.

    Raises:
        ValueError: a name that is there more than once.
    """
    for name, count in Counter(names).items():
        if count > 1:
            raise ValueError(
                f"{shown} has {count} columns called {name!r}; give each a name of its own"
            )


def chosen(frame: "pd.DataFrame", columns: Sequence[str] | None, shown: str) -> "pd.DataFrame":
    """These columns of a table, in this order, or all, which must hold numbers.

    Args:
        frame: the table.
        columns: names of those that are wanted, or None for all.
        shown: the name of its file.

    Raises:
        ValueError: no columns, or one that is not there.
        TypeError: some hold no numbers; says which, and how to leave them out.
    """
    names = list(frame.columns)
    if columns is not None:
        unknown = [name for name in columns if name not in names]
        if unknown or not columns or len(set(columns)) < len(columns):
            raise ValueError(
                f"got the columns {', '.join(map(repr, columns))} of {shown}; wanted different "
                f"ones of {', '.join(map(str, names[:20]))}"
                + option_values.close((unknown or [""])[0], names)
            )
        frame = frame[list(columns)]
    numbers = [dtype.kind in "fiub" for dtype in frame.dtypes]
    if all(numbers):
        return frame
    found = list(zip(frame.columns, frame.dtypes, numbers, strict=True))
    other = ", ".join(f"{name!r} ({dtype})" for name, dtype, good in found[:20] if not good)
    rest = [str(name) for name, _, good in found if good]
    advice = "write the file without them"
    if rest and len(rest) <= 20:
        advice += (
            f", or take the others: at a prompt --columns {','.join(rest)}, in Python columns="
        )
    raise TypeError(f"codes in {shown} must be real numbers, got the columns {other}; {advice}")
