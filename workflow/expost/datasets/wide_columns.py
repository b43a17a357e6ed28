"""Columns of vectors that decide all distances between these."""

from pathlib import Path

import numpy as np

from .arrays import load_part
from .vector_arrays import columns

WIDE = 0.9  # of the variance: the share of one column that decides all distances


def found(vectors: np.ndarray, names: list | None = None) -> str | None:
    """Which column has nearly all of the variance, in words; None if none has.

    Args:
        vectors: shape (n, d).
        names: of the columns; their numbers where they have none.
    """
    shares = np.asarray(vectors, dtype=np.float64).var(axis=0)
    whole, widest = shares.sum(), int(shares.argmax())
    if len(shares) < 2 or shares[widest] <= WIDE * whole:
        return None
    name = names[widest] if names else widest
    share = f"{shares[widest] / whole:.0%} of the variance"
    return f"column {name!r} has {share}, and distances are its alone"


def remark(wide: str) -> str:
    """What `found` gives as a sentence, with what to do."""
    text = f"{wide}: divide columns by their standard deviations if all count the same."
    return text[:1].upper() + text[1:]


def of_archive(path: str | Path) -> str | None:
    """Such a sentence of the training codes in the archive of a data set of codes."""
    wide = found(load_part(path, "train"), columns(path))
    return wide and remark(wide)
