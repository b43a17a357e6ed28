"""Codes out of the files that people keep them in: .npy, .npz, .csv and .parquet; no pickles."""

import os
from pathlib import Path

import numpy as np

from . import csv_codes, files, memory
from .escaping import missing, name_shown
from .real_arrays import floating
from .untrusted import named, some

SUFFIXES = (".npy", ".npz", ".csv", ".parquet")
SMALLER = "hand in fewer rows, or use a larger machine"


def read_codes(path: str | os.PathLike, array: str | None = None) -> np.ndarray:
    """The codes in a file, a row a code and a column a dimension.

    An index that pandas wrote is none of the codes: of a .csv file the first column where it has no
    name or one less is named than there are columns, of a .parquet file what it says is one.

    Args:
        path: ends in one of `SUFFIXES`; `~` is the home folder.
        array: which one of an .npz file's arrays; need not be said where there is only one.

    Returns:
        Finite numbers, shape (n, d), float32 if that holds every number of the file's type, else
        float64.

    Raises:
        FileNotFoundError: there is no such file.
        TypeError: some columns are no real numbers; says which.
        ValueError: the file is damaged or of another format, its array is none of (n, d), values
            are missing or not finite, a column counts the rows, or memory cannot hold it.
    """
    return read_named(path, array)[0]


def read_named(
    path: str | os.PathLike, array: str | None = None
) -> tuple[np.ndarray, list[str] | None]:
    """As `read_codes`, and the names of the columns where the file has some."""
    path = Path(path).expanduser()
    suffix = check_name(path)
    if not path.exists():
        raise FileNotFoundError(missing(path))
    if path.is_dir():
        raise ValueError(f"{name_shown(path)} is a folder; wanted a file of codes")
    if array is not None and suffix != ".npz":
        raise ValueError(f"{name_shown(path)} holds no named arrays; leave out array={array!r}")
    if suffix == ".npz":
        values = _from_archive(path, array)
    elif suffix == ".npy":
        values = files.load_npy(path)
    else:
        values = (csv_codes.read if suffix == ".csv" else _from_parquet)(path)
    names = list(getattr(values, "columns", ()))
    named_all = bool(names) and all(isinstance(name, str) for name in names)
    return check(values, f"codes in {name_shown(path)}"), names if named_all else None


def check_name(path: str | os.PathLike) -> str:
    """How a file's name ends, in small letters, of those that codes can be read from.

    Raises:
        ValueError: it ends in another way.
    """
    if (suffix := Path(path).suffix.lower()) not in SUFFIXES:
        raise ValueError(
            f"got {name_shown(path)}; wanted a file of codes that ends in {', '.join(SUFFIXES)}"
        )
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
    path = Path(path).expanduser()
    suffix = check_name(path)
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


def _from_archive(path, array):
    with named(path, "make or copy it again"), np.load(path, allow_pickle=False) as archive:
        known = list(getattr(archive, "files", ()))
    if array is None and len(known) == 1:
        (array,) = known
    if array not in known:
        got = "no `array`" if array is None else f"array {array!r}"
        raise ValueError(
            f"got {got} of {name_shown(path)}, which holds {some(known) or 'none'}; say which of "
            "these are the codes"
        )
    return files.load_npz(path, array)[array]


def _from_parquet(path):
    with named(path, "make or copy it again"):
        import pandas as pd
        from pyarrow import parquet

        about = parquet.ParquetFile(path).metadata
    claimed = 8 * about.num_rows * about.num_columns
    memory.check(claimed, f"reading {name_shown(path)}", SMALLER)
    with named(path, "make or copy it again"):
        return pd.read_parquet(path)
