"""What may be asked of a sampler: each check returns its argument made uniform, or says why not."""

from numbers import Integral

import numpy as np


def real(codes: np.ndarray) -> np.ndarray:
    """A float64 copy of `codes`, so that the caller's array stays the caller's.

    Raises:
        TypeError: they are not real numbers.
    """
    codes = np.asarray(codes)
    if codes.dtype.kind not in "fiu":
        raise TypeError(f"codes must be real numbers, got dtype {codes.dtype}")
    return np.array(codes, dtype=np.float64, order="C")


def finite(codes: np.ndarray) -> None:
    """Refuse codes of shape (n, d) with values that are not finite.

    Raises:
        ValueError: how many they are, and in which columns.
    """
    bad = ~np.isfinite(codes)
    if bad.any():
        raise ValueError(
            f"{bad.sum()} of {bad.size} code values are not finite, in columns "
            f"{listed(np.flatnonzero(bad.any(axis=0)))}; look at how the autoencoder was trained"
        )


def count(n: int) -> int:
    """The number of draws asked for.

    Raises:
        TypeError: it is no integer.
        ValueError: it is less than 1.
    """
    if not isinstance(n, Integral) or isinstance(n, bool):
        raise TypeError(f"n, the number of draws, must be an integer, got {n!r}")
    if n < 1:
        raise ValueError(f"n, the number of draws, must be at least 1, got {n}")
    return int(n)


def rows(given: np.ndarray, size: int) -> np.ndarray:
    """Row numbers from row numbers, shape (m,), or from a boolean mask, shape (size,).

    Raises:
        ValueError: neither of the two, no row at all, or a row outside 0..size-1.
    """
    given = np.asarray(given)
    if given.dtype == bool and given.shape == (size,):
        given = np.flatnonzero(given)
    if given.ndim != 1 or (given.size and given.dtype.kind not in "iu"):
        raise ValueError(
            f"`given` must be row numbers of shape (m,) or a boolean mask of shape ({size},); "
            f"got {given.dtype} of shape {given.shape}"
        )
    if not given.size:
        raise ValueError("`given` names no row; wanted at least one")
    if given.min() < 0 or given.max() >= size:
        raise ValueError(
            f"`given` must name rows 0..{size - 1} of the fitted codes; "
            f"got {given.min()}..{given.max()}"
        )
    return given


def listed(columns: np.ndarray) -> str:
    """The first few of these column numbers, for a message."""
    return ", ".join(map(str, columns[:8])) + (", ..." if columns.size > 8 else "")
