"""Tables of numbers in .csv files, with or without names of columns and an index."""

import csv
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..runtime.log import log
from . import column_names, memory
from .escaping import name_shown
from .untrusted import named

if TYPE_CHECKING:
    import pandas as pd

FEW = 3  # rows; of fewer a column may count them by chance
ENCODING = "utf-8-sig"  # with a mark of it or without
PROBLEM, ADVICE = "is no table of numbers", "wanted commas between them, in UTF-8: correct it"
LONGEST = 10_000_000  # characters of a line that are looked at


def read(path: Path) -> "pd.DataFrame":
    """The columns of a .csv file but its index, as pandas types them.

    The first line is names of columns unless all of it are numbers, or where it counts the columns,
    as pandas does that had no names. The index is a first column without a name.

    Raises:
        ValueError: the file is damaged, empty or no table, separated by something else than commas;
            or it cannot be told whether its first line or column is one of numbers or of names.
    """
    shown = name_shown(path)
    memory.check(8 * path.stat().st_size, f"reading {shown}", "save it as .npy or .parquet")
    return _refuse_counting(_columns(path), shown)


def shape(path: Path) -> tuple[int, int]:
    """Rows and columns of what `read` gives, which is read only in part: lines are counted.

    Raises:
        ValueError: as of `read`.
    """
    found = _columns(path, FEW)
    with named(path, ADVICE, PROBLEM):
        with path.open(encoding=ENCODING) as file:  # whose lines end in any of the three ways
            lines = sum(1 for line in file if line.strip(" \t\n"))
        _, first = _first_line(path)
    return lines - (_counts(first) or not all(map(_is_number, first))), len(found.columns)


def _columns(path, rows=None):
    """The columns but the index, of all rows or of some first ones."""
    import pandas as pd

    shown = name_shown(path)
    with named(path, ADVICE, PROBLEM):
        skipped, first = _first_line(path)
        names = None if all(map(_is_number, first)) and not _counts(first) else first
        try:
            frame = pd.read_csv(
                path,
                header=None,
                skiprows=skipped if names else skipped - 1,
                nrows=rows,
                low_memory=False,
            )
        except pd.errors.EmptyDataError:
            raise ValueError("it has names of columns and no rows") from None
    if names is None:
        return frame
    if _counts(names):
        if all(dtype.kind == "i" for dtype in frame.dtypes):
            raise ValueError(
                f"the first line of {shown} is {','.join(first)[:40]}, which may be a code or "
                "names that pandas gave: give the columns names of letters, or save it as .npy"
            )
        log.warning("%s: its first line counts the columns, and is taken for their names", shown)
    if len(frame.columns) == len(names) + 1:
        names = ["", *names]
    if len(frame.columns) != len(names):
        raise ValueError(
            f"{shown} names {len(names)} columns and has {len(frame.columns)}; correct its first "
            "line"
        )
    column_names.check(names, shown)
    frame.columns = names
    if not names[0] and len(names) > 1:
        log.warning("%s: its first column has no name, and is taken for an index", shown)
        frame = frame.iloc[:, 1:]
    return frame


def _counts(first):
    """Whether a line is 0, 1, 2, ..."""
    return first == [str(i) for i in range(len(first))]


def _first_line(path):
    """The first line with anything in it, and how many there are until then."""
    with path.open(encoding=ENCODING, newline="") as file:
        lines = csv.reader(iter(lambda: file.readline(LONGEST), ""))
        line = next((line for line in lines if any(map(str.strip, line))), None)
        if line is None:
            raise ValueError("it is empty")
    if len(line) == 1:
        (text,) = line
        numbers = all(map(_is_number, text.split()))
        if found := [sep for sep in (";", "\t", *(" " * numbers)) if sep in text.strip()]:
            raise ValueError(f"its values stand between {found[0]!r}; wanted commas")
    return lines.line_num, [name.strip() for name in line]


def _is_number(text: str) -> bool:
    with suppress(ValueError):
        float(text)
        return True
    return False


def _refuse_counting(frame, shown):
    """Refuse a first column that is an index by its values alone."""
    first = frame.iloc[:, 0]
    rows = np.arange(len(first))
    if len(first) < FEW or first.dtype.kind != "i" or len(frame.columns) == 1:
        return frame
    if not np.array_equal(first - first.iloc[0], rows) or first.iloc[0] not in (0, 1):
        return frame
    raise ValueError(
        f"the first column of {shown} counts the rows from {first.iloc[0]}, as an index does and "
        "no code: leave it out, as to_csv(index=False) does, or give it an empty name"
    )
