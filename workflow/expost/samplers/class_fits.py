"""Labels that say which codes are of which class, and which class a fit failed for."""

from collections.abc import Iterable, Iterator
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
        try:
            found = real_arrays.real(by, "labels")
        except TypeError as error:
            raise TypeError(
                f"got labels that are neither all texts nor all numbers ({_types(by)}); wanted "
                "whole numbers, texts or truth values, of one type and none missing"
            ) from error
    if found.shape != (size,):
        raise ValueError(f"got labels of shape {found.shape} for {size} codes; wanted one of each")
    if found.dtype.kind == "f":
        raise TypeError("got labels with a point; wanted whole numbers, texts or truth values")
    return found


def _types(by) -> str:
    """The types of labels, some of which are not what they should be."""
    labels = by if isinstance(by, Iterable) and np.ndim(by) else [by]
    return ", ".join(sorted({type(label).__name__ for label in labels}))
