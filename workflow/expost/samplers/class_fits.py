"""Labels that say which codes are of which class, and which class a fit failed for."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from ..io import real_arrays


@contextmanager
def named(label, count: int) -> Iterator[None]:
    """Say of a class with `count` codes that it was this one which a sampler refused.

    Raises:
        ValueError: if one was raised inside.
    """
    try:
        yield
    except ValueError as error:
        raise ValueError(f"class {label!r}, of {count} codes: {error}") from None


def labels(by, size: int) -> np.ndarray:
    """Labels as an array of whole numbers, truth values or texts, shape (size,).

    Raises:
        TypeError: they are of other types.
        ValueError: there are not so many, or some are missing.
    """
    if isinstance(by, str):
        by = [by]
    if np.ndim(by) == 1 and all(isinstance(label, str) for label in by):
        found = np.array(list(by), dtype=str)
    else:
        found = real_arrays.real(by, "labels that are no texts")
    if found.shape != (size,):
        raise ValueError(f"got labels of shape {found.shape} for {size} codes; wanted one of each")
    if found.dtype.kind == "f":
        raise TypeError("got labels with a point; wanted whole numbers, texts or truth values")
    return found
