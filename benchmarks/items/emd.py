"""Earth mover's distances; of MNIST as well, if `EXPOST_DATA_DIR` names a folder that has it."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from expost import datasets
from expost.metrics.distances import euclidean
from expost.metrics.emd import emd

from .. import data
from ..compare import Row, compare, rates, relative
from ..plain import emd as plain


def rows() -> Iterator[Row]:
    """How easy it is depends on the data: low dimensions and separate clusters are hardest."""
    for d in (3, 10, 100):
        both = data.codes(4000, d)
        yield _row(f"codes 2,000 + 2,000, d = {d}", euclidean(both[:2000], both[2000:]))
    x, y = (data.features(seed, 2000, 512) for seed in (1, 2))
    yield _row("features 2,000 + 2,000, d = 512", euclidean(x, y))
    if "EXPOST_DATA_DIR" in os.environ:
        for n in (2000, 10_000):
            yield _row(f"MNIST pixels {n:,} + {n:,}", _mnist(n))


def _mnist(n: int) -> np.ndarray:
    dataset = datasets.build("mnist", size=16)
    images = dataset.load(Path(os.environ["EXPOST_DATA_DIR"], "MNIST/raw"))
    parts = (images[f"images_{part}"][:n].reshape(n, -1) / 255 for part in ("test", "train"))
    return euclidean(*parts)


def _row(what: str, distances: np.ndarray) -> Row:
    """Compare on one matrix of distances; its floor is to read that once."""
    n = len(distances)
    return compare(
        f"EMD, {what}",
        ("POT `emd2`", lambda: plain.emd(distances)),
        lambda: emd(distances),
        relative,
        1e-6,
        floor=distances.nbytes / (rates()["copy"][0] * 1e9),
        rounds=5 if n < 5000 else 1,
    )
