"""The arrays of a data set of vectors, and what must be true of them."""

import numpy as np

from ..io.files import load_npz
from .arrays import PARTS

KEYS = tuple(f"vectors_{part}" for part in PARTS)
COLUMNS = "column_names"


def check(arrays: dict[str, np.ndarray], name: str) -> dict[str, np.ndarray]:
    """The arrays, checked; numbers become float32.

    Args:
        arrays: `vectors_train` and `vectors_test`, real numbers (n, d), and perhaps `column_names`,
            (d,) strings.
        name: whose they are, for the messages.

    Raises:
        ValueError: an array is missing, or no finite vectors, or the two differ in length.
    """
    check_shapes(arrays, name)
    checked = {}
    for key in KEYS:
        with np.errstate(over="ignore"):  # what float32 cannot hold becomes infinite
            checked[key] = arrays[key].astype(np.float32)
        bad = np.flatnonzero(~np.isfinite(checked[key]).all(axis=1))
        if bad.size:
            raise ValueError(
                f"{key} of {name}: {bad.size} of {len(checked[key])} vectors are not finite in "
                f"float32, as row {bad[0]} (the first is 0); leave them out, or give them values "
                "below 3e38"
            )
    return checked | {key: arrays[key] for key in (COLUMNS,) if key in arrays}


def columns(path) -> list[str] | None:
    """The names of the columns in the archive of a data set; None where they have none."""
    found = load_npz(path, COLUMNS)
    return list(map(str, found[COLUMNS])) if found else None


def check_shapes(arrays: dict[str, np.ndarray], name: str) -> tuple[int]:
    """The shape of each vector, (d,); arguments and errors are those of `check`."""
    for key in KEYS:
        if key not in arrays:
            raise ValueError(f"{name} has no {key}; got {', '.join(arrays) or 'nothing'}")
        vectors = arrays[key]
        if vectors.ndim != 2 or vectors.dtype.kind not in "fiu" or not vectors.size:
            raise ValueError(
                f"{key} of {name}: got {vectors.dtype} of shape {vectors.shape}, wanted real "
                "numbers of shape (n, d)"
            )
    train, test = (arrays[key].shape[1] for key in KEYS)
    if train != test:
        raise ValueError(f"{name}: training vectors have {train} numbers, test vectors {test}")
    return (train,)
