"""Codes out of the files that people keep them in: .npy, .npz, .csv and .parquet; no pickles."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..runtime import extras
from . import array_codes, column_names, csv_codes, files, parquet_codes
from .escaping import missing, name_shown
from .real_arrays import floating, real

SUFFIXES = (".npy", ".npz", ".csv", ".parquet")


def read_codes(
    path: str | os.PathLike,
    array: str | None = None,
    rows: np.ndarray | None = None,
    columns: Sequence[str] | None = None,
) -> np.ndarray:
    """The codes in a file, a row a code and a column a dimension.

    An index that pandas wrote is none of the codes: of a .csv file the first column where it has no
    name or one less is named than there are columns, of a .parquet file what it says is one.

    Args:
        path: ends in one of `SUFFIXES`; `~` is the home folder.
        array: which one of an .npz file's arrays; need not be said where there is only one.
        rows: numbers of those that are wanted, and looked at; of an .npy file no others are read.
        columns: names of those that are wanted, of a .csv or .parquet file; None for all.

    Returns:
        Finite numbers, shape (n, d), float32 if that holds every number of the file's type, else
        float64.

    Raises:
        FileNotFoundError: there is no such file.
        TypeError: some columns are no real numbers; says which.
        ValueError: the file is damaged or of another format, its array is none of (n, d), values
            are missing or not finite, a column counts the rows, or memory cannot hold it.
    """
    return read_named(path, array, rows, columns)[0]


def read_named(
    path: str | os.PathLike,
    array: str | None = None,
    rows: np.ndarray | None = None,
    columns: Sequence[str] | None = None,
) -> tuple[np.ndarray, list[str] | None]:
    """As `read_codes`, and the names of the columns where the file has some."""
    path, suffix = _existing(path, array)
    names = None
    if suffix in (".npy", ".npz"):
        if columns is not None:
            raise ValueError(f"{name_shown(path)} holds no names of columns; choose none of them")
        values = array_codes.read(path, array, rows)
    else:
        values = (csv_codes if suffix == ".csv" else parquet_codes).read(path)
        values = column_names.chosen(values, columns, name_shown(path))
        names = list(values.columns) if all(isinstance(n, str) for n in values.columns) else None
        values = real(values, f"codes in {name_shown(path)}")[slice(None) if rows is None else rows]
    return check(values, f"codes in {name_shown(path)}"), names or None


def shape(path: str | os.PathLike, array: str | None = None) -> tuple[int, ...]:
    """The shape of the codes in a file, by its head where it has one, else by counting lines.

    Arguments and errors are those of `read_codes`, of which it sees few; of what looks right here
    all may be wrong.
    """
    path, suffix = _existing(path, array)
    if suffix in (".npy", ".npz"):
        return array_codes.shape(path, array)
    return (csv_codes if suffix == ".csv" else parquet_codes).shape(path)


def check_name(path: str | os.PathLike) -> str:
    """How a file's name ends, in small letters, of those that codes can be read from.

    Raises:
        ValueError, ModuleNotFoundError: it ends in another way, or what that needs is lacking.
    """
    if (suffix := Path(path).suffix.lower()) not in SUFFIXES:
        raise ValueError(
            f"got {name_shown(path)}; wanted a file of codes that ends in {', '.join(SUFFIXES)}"
        )
    if suffix == ".parquet":
        extras.check(f"{name_shown(path)}, unlike a .npy or .csv file,", ["pyarrow"])
    return suffix


def check(values, what: str) -> np.ndarray:
    """Finite real numbers, shape (n, d), as `read_codes` gives them.

    Args:
        values: an array or a data frame.
        what: they are, a plural, for errors.

    Raises:
        TypeError, ValueError: what was got, what was wanted and what to do.
    """
    codes = floating(values, what)
    if codes.ndim != 2 or not codes.size:
        remedy = {1: "; .reshape(-1, 1) makes a column of them, if that is meant"}
        remedy |= dict.fromkeys((3, 4, 5), "; flatten each code: .reshape(len(codes), -1)")
        raise ValueError(
            f"{what}: got shape {codes.shape}, wanted (n, d), a row a code"
            f"{remedy.get(codes.ndim, '')}"
        )
    bad = np.flatnonzero(~np.isfinite(codes).all(axis=1))
    if bad.size:
        raise ValueError(
            f"{what}: {bad.size} of {len(codes)} rows hold NaN or infinite values, as row {bad[0]} "
            "(the first is 0); leave them out, or give them values"
        )
    return codes


def write_codes(path: str | os.PathLike, codes: np.ndarray, names: list[str]) -> None:
    """Write codes to `path`, in the format that its name ends in, whole or not at all.

    Args:
        path: ends in one of `SUFFIXES`; an .npz file gets one array, `codes`.
        codes: shape (n, d).
        names: of the columns of a .csv or .parquet file.

    Raises:
        ValueError: the name ends in another way.
        OSError: it cannot be written; an earlier file there is left as it was.
    """
    path, suffix = Path(path).expanduser(), check_name(path)
    if suffix == ".npy":
        files.save_npy(path, codes)
    elif suffix == ".npz":
        files.save_npz(path, codes=codes)
    else:
        import pandas as pd

        frame = pd.DataFrame(codes, columns=names)
        with files.whole(path) as temporary:
            if suffix == ".csv":
                frame.to_csv(temporary, index=False)
            else:
                frame.to_parquet(temporary, index=False)


def _existing(path, array):
    path = Path(path).expanduser()
    suffix = check_name(path)
    if not path.exists():
        raise FileNotFoundError(missing(path))
    if not path.is_file():
        what = "a folder" if path.is_dir() else "a pipe or a device"
        raise ValueError(f"{name_shown(path)} is {what}; wanted a file of codes")
    if array is not None and suffix != ".npz":
        raise ValueError(f"{name_shown(path)} holds no named arrays; leave out array={array!r}")
    return path, suffix
