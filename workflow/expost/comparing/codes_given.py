"""Codes as callers have them: read, and refused where no comparison could be right."""

from os import PathLike

import numpy as np

from ..io import real_arrays
from ..stats import checks

MOST_LOOKED_AT = 2**25  # numbers; of more only those are that are used


def read(values, what: str = "codes") -> np.ndarray:
    """Codes of shape (n, d) in any real type; an array, be it on disk, is not copied.

    Args:
        values: what `real_arrays.real` can read.
        what: they are called in messages.

    Raises:
        TypeError: they are not real numbers.
        ValueError: another shape, a column that counts the rows, or values that are not finite;
            of very many codes these are looked for where they are used.
    """
    if isinstance(values, str | PathLike):
        raise TypeError(
            f"{what} must be an array, got the path {str(values)!r}; read it by numpy.load or "
            f"pandas.read_csv, or compare files at a prompt: expost compare {values!s}"
        )
    array = real_arrays.real(values, what)
    if array.ndim > 2:
        raise ValueError(
            f"{what} must have shape (n, d), got {array.shape}; flatten them, "
            f"{what}.reshape(len({what}), -1), and give draws their shape back"
        )
    if array.ndim != 2 or not array.shape[1]:
        column = f"; one column of them is {what}[:, None]" if array.ndim == 1 else ""
        raise ValueError(
            f"{what} must have shape (n, d), got {array.shape}; a row is a code{column}"
        )
    called = names(values, array.shape[1])
    for name, column in zip(called, array.T, strict=True):
        if _counts(column):
            raise ValueError(
                f"column {name!r} of {what} counts the rows, as an index does that was written "
                "beside the codes; leave it out (pandas reads it as none by index_col=0)"
            )
    if array.size <= MOST_LOOKED_AT:
        finite(array, what, called)
    return array


def read_test(values, codes, d: int) -> np.ndarray:
    """Test codes, (m, d), read likewise, which must have the columns that codes have.

    Args:
        values: what `real_arrays.real` can read.
        codes: as they were given.
        d: columns that they have.

    Raises:
        TypeError, ValueError: as `read`; or other columns.
    """
    array = read(values, "test")
    if array.shape[1] != d:
        raise ValueError(
            f"test has {array.shape[1]} columns, codes have {d}; wanted both from one encoder, "
            "with the same columns"
        )
    ours, others = (list(getattr(one, "columns", ())) for one in (codes, values))
    if ours and others and ours != others:
        raise ValueError(
            f"test has the columns {', '.join(map(str, others[:8]))}, codes have "
            f"{', '.join(map(str, ours[:8]))}; hand in the same ones in the same order"
        )
    return array


def names(values, d: int) -> list:
    """What the d columns are called: as a frame has them, else by their numbers."""
    return list(getattr(values, "columns", range(d)))


def finite(codes: np.ndarray, what: str = "codes", names=None) -> np.ndarray:
    """The same codes, (n, d), in float64, which must be finite.

    Raises:
        ValueError: how many are not, and in which columns, by their names if they have some.
    """
    with np.errstate(over="ignore"):  # of a longer type
        codes = np.asarray(codes, dtype=np.float64)
    bad = ~np.isfinite(codes)
    if bad.any():
        rows, columns = bad.any(axis=1), np.flatnonzero(bad.any(axis=0))
        raise ValueError(
            f"{bad.sum()} of {bad.size} values of {what} are not finite, in {rows.sum()} rows and "
            f"in the columns {checks.listed(columns, names)}; leave these rows out, "
            f"{what}[numpy.isfinite({what}).all(axis=1)], and look at where they come from"
        )
    return codes


def shared(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Which rows of `some`, (n, d), are also rows of `others`, (m, d); shape (n,)."""
    known = {row.tobytes() for row in others + 0.0}  # no zero is negative then
    return np.array([row.tobytes() in known for row in some + 0.0])


def _counts(column: np.ndarray) -> bool:
    """Whether it goes up by one from row to row."""
    first = column[:3].astype(float)
    if len(first) < 3 or not np.isfinite(first).all() or (np.diff(first) != 1).any():
        return False
    return bool((np.diff(column.astype(float)) == 1).all())
