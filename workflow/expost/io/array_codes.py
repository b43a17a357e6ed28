"""Arrays of codes in .npy and .npz files."""

from pathlib import Path

import numpy as np

from . import files, npy_headers
from .escaping import name_shown
from .untrusted import some


def read(path: Path, array: str | None = None, rows: np.ndarray | None = None) -> np.ndarray:
    """The array of a file, whatever it is.

    Args:
        path: ends in .npy or .npz.
        array: which one of an archive's; None if it has only one.
        rows: numbers of those that are wanted; of an .npy file no others are read.

    Raises:
        ValueError: the file is damaged, memory cannot hold it, or there is no such array.
    """
    if path.suffix.lower() == ".npz":
        name, _ = _asked(path, array)
        found = files.load_npz(path, name)[name]
        return found if rows is None else found[rows]
    return files.load_npy(path) if rows is None else _mapped(path)[rows]


def shape(path: Path, array: str | None = None) -> tuple[int, ...]:
    """The shape of what `read` gives, by its head; arguments and errors are those of `read`."""
    if path.suffix.lower() == ".npz":
        return _asked(path, array)[1]
    return _mapped(path).shape


def _mapped(path):
    """The array of an .npy file, of which nothing is read before it is looked at."""
    with npy_headers.plain(path), path.open("rb") as file:
        npy_headers.bytes_claimed(file)  # which refuses pickles, and advises nobody to open them
        array = np.load(path, mmap_mode="r", allow_pickle=False)
        if not isinstance(array, np.ndarray):
            raise ValueError("it holds an archive of named arrays, whose name should end in .npz")
        return array


def _asked(path, array):
    """Name and shape of the array that is asked for."""
    if (heads := npy_headers.stand_ins(path)) is None:
        npy_headers.check_archive(path)
        raise ValueError(f"{name_shown(path)} is no plain NumPy archive; save it again")
    if array is None and len(heads) == 1:
        (array,) = heads
    if array not in heads:
        got = "no `array`" if array is None else f"array {array!r}"
        raise ValueError(
            f"got {got} of {name_shown(path)}, which holds {some([*heads]) or 'none'}; say which "
            "of these are the codes"
        )
    return array, heads[array].shape
