"""What may be asked of codes: each check returns its argument made uniform, or says why not."""

from numbers import Integral

import numpy as np

from ..io import real_arrays

MOST_SPREAD = 1e50  # half the range of a column; its inverse is the least


def real(codes: np.ndarray, shape: str, columns: int | None = None) -> np.ndarray:
    """A float64 copy of `codes`, so that the caller's array stays the caller's.

    Args:
        codes: whatever `real_arrays.real` can read.
        shape: that is wanted, in words.
        columns: how many, if it matters.

    Raises:
        TypeError: they are not real numbers.
        ValueError: they have another shape, or some are masked or missing.
    """
    codes = real_arrays.real(codes, "codes")
    if codes.ndim != 2 or codes.shape[1] < 1 or codes.shape[1] != (columns or codes.shape[1]):
        column = "; one column of them is codes[:, None]" if codes.ndim == 1 else ""
        raise ValueError(f"codes must have shape {shape}, got {codes.shape}{column}")
    with np.errstate(over="ignore"):  # of a longer type: `finite` refuses it
        return np.array(codes, dtype=np.float64, order="C")


def finite(codes: np.ndarray, names=None) -> np.ndarray:
    """The same codes of shape (n, d), which must be finite.

    Raises:
        ValueError: how many are not, and in which columns, by their names if they have some.
    """
    bad = ~np.isfinite(codes)
    if bad.any():
        raise ValueError(
            f"{bad.sum()} of {bad.size} code values are not finite, in columns "
            f"{listed(np.flatnonzero(bad.any(axis=0)), names)}; look at how the autoencoder was "
            "trained"
        )
    return codes


def drawn(codes: np.ndarray, shape: tuple[int, int], sampler: str) -> np.ndarray:
    """The same codes, as a sampler has drawn them.

    Raises:
        RuntimeError: they are no array of real numbers, have another shape, or are not finite.
    """
    if not isinstance(codes, np.ndarray) or codes.dtype.kind not in "fiu":
        kind = codes.dtype if isinstance(codes, np.ndarray) else type(codes).__name__
        raise RuntimeError(f"{sampler} drew {kind}; wanted an array of real numbers, {shape}")
    if codes.shape != shape or not np.isfinite(codes).all():
        raise RuntimeError(
            f"{sampler} drew shape {codes.shape} with {(~np.isfinite(codes)).sum()} values that "
            f"are not finite; wanted {shape}, all finite. Look at the scale of the fitted codes"
        )
    return codes


def columns(got: int, fewest: int, sampler: str) -> None:
    """Refuse too few dimensions.

    Raises:
        ValueError: how many there are, and how many the sampler wants.
    """
    if got < fewest:
        raise ValueError(
            f"{sampler} wants codes of at least {fewest} dimensions, got {got}; train with a "
            "larger latent size, or take another sampler"
        )


def enough(got: int, wanted: int, purpose: str, sampler: str) -> None:
    """Refuse too few codes.

    Raises:
        ValueError: how many there are, how many are wanted, and what for.
    """
    if got < wanted:
        raise ValueError(
            f"too few codes: {sampler} got {got}, {purpose} needs at least {wanted}; fit to more, "
            "or lower what needs so many"
        )


def spread(codes: np.ndarray, sampler: str, names=None) -> None:
    """Refuse codes of shape (n, d) with columns that are constant, or spread beyond all measure.

    Raises:
        ValueError: which columns, by their names if they have some, and for which sampler.
    """
    half = codes.max(axis=0) / 2 - codes.min(axis=0) / 2  # the whole may be more than float64 holds
    constant = np.flatnonzero(half == 0)
    if constant.size:
        raise ValueError(
            f"{constant.size} of {codes.shape[1]} columns of the codes are constant "
            f"({listed(constant, names)}), and {sampler} needs spread in each; train with a "
            "smaller latent size, or leave these columns out"
        )
    extreme = np.flatnonzero((half < 1 / MOST_SPREAD) | (half > MOST_SPREAD))
    if extreme.size:
        raise ValueError(
            f"{extreme.size} of {codes.shape[1]} columns of the codes ({listed(extreme, names)}) "
            f"have a spread beyond {1 / MOST_SPREAD:g} to {MOST_SPREAD:g}, {half[extreme[0]]:.3g} "
            f"say, whose square {sampler} could not compute with; multiply the codes by a number"
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
        TypeError: they are no numbers.
        ValueError: neither of the two, no row at all, or a row outside 0..size-1.
    """
    given = real_arrays.real(given, "`given` rows")
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


def listed(columns: np.ndarray, names=None) -> str:
    """The first few of these columns, for a message: their names, or else their numbers."""
    shown = columns[:8] if names is None else [names[column] for column in columns[:8]]
    return ", ".join(map(str, shown)) + (", ..." if columns.size > 8 else "")
