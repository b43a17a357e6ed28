"""All metrics of distances from one sweep, against each from distances of its own."""

from collections.abc import Iterator

from expost.metrics.coverage import coverage
from expost.metrics.density import density
from expost.metrics.emd import emd
from expost.metrics.mmd import mmd
from expost.metrics.one_nn import one_nn
from expost.metrics.pairwise_sweep import Pairs, sweep
from expost.metrics.precision import precision
from expost.metrics.recall import recall

from ..compare import Row, compare, rates, relative
from ..data import features
from ..plain import distances as plain


def rows() -> Iterator[Row]:
    """Of 2,000 and 2,000 points of three widths; of 10,000 and 10,000, all but the EMD."""
    for width in (128, 512, 1024):
        x, y = (features(seed, 2000, width).astype(float) for seed in (1, 2))
        yield compare(
            f"EMD, MMD, 1NN, precision, recall, density, coverage, 2,000 + 2,000, d = {width}",
            ("POT, scikit-learn", lambda x=x, y=y: [plain.emd(x, y), *plain.without_emd(x, y)]),
            lambda x=x, y=y: _with_emd(sweep(x, y)),
            relative,
            1e-6,
            floor=_floor(2000, width),
        )
    x, y = (features(seed, 10_000, 512).astype(float) for seed in (1, 2))
    yield compare(
        "the same without EMD, 10,000 + 10,000, d = 512",
        ("scikit-learn, once", lambda: plain.without_emd(x, y)),
        lambda: _without_emd(sweep(x, y, distances=False)),
        relative,
        1e-6,
        floor=_floor(10_000, 512),
        rounds=1,
    )


def _with_emd(pairs: Pairs) -> list[float]:
    return [emd(pairs.rg), *_without_emd(pairs)]


def _without_emd(pairs: Pairs) -> list[float]:
    return [metric(pairs) for metric in (mmd, one_nn, precision, recall, density, coverage)]


def _floor(n: int, width: int) -> float:
    """Two products of n x width matrices (one of two samples, two halves), and 2 n^2 exponentials.

    Those in float64 take twice as long as in float32. The assignment is not counted.
    """
    products = 2 * 2 * n * n * width / (rates()["dgemm"][0] * 1e9)
    return products + 2 * n * n * 2 * rates()["exp32"][0] * 1e-9
