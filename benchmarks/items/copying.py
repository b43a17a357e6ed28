"""Metrics of copying and variety, which want a third sample or the features alone."""

from collections.abc import Iterator

from expost.metrics.authenticity import authenticity
from expost.metrics.c_t import c_t
from expost.metrics.copying_search import search
from expost.metrics.kid import kid
from expost.metrics.nearest_training import nearest_training
from expost.metrics.vendi import vendi

from ..compare import Row, alone, compare, rates, relative
from ..data import features
from ..plain import copying as plain

WIDTH = 512


def rows() -> Iterator[Row]:
    """Of 2,000 points a sample, as they are scored here, and of 10,000."""
    for n in (2000, 10_000):
        samples = [features(seed, n, WIDTH).astype(float) for seed in (1, 2, 3)]
        _, real, generated = samples
        rounds, size = (5 if n == 2000 else 1), f"{n:,} of each, d = {WIDTH}"
        yield compare(
            f"C_T, authenticity, distance to training, {size}",
            ("scikit-learn, SciPy", lambda samples=samples: plain.copying(*samples)),
            lambda samples=samples: _copying(*samples),
            _apart,
            1e-6,
            floor=_product(3 * n * n * WIDTH),  # among the training points and from both others
            rounds=rounds,
        )
        yield compare(
            f"KID, {size}",
            ("scikit-learn", lambda two=(real, generated): plain.kid(*two)),
            lambda two=(real, generated): kid(*two),
            relative,
            1e-6,
            floor=_product(2 * n * n * WIDTH),
            rounds=rounds,
        )
    yield compare(
        f"Vendi Score, 2,000, d = {WIDTH}",
        ("scikit-learn, NumPy", lambda: plain.vendi(generated[:2000])),
        lambda: vendi(generated[:2000]),
        relative,
        1e-6,
    )
    yield alone(
        f"Vendi Score, 10,000, d = {WIDTH}",
        lambda: vendi(generated),
        lambda score: (f"{score:.1f} in 1 to {WIDTH}", 1 < score < WIDTH),
    )


def _copying(training, real, generated) -> list[float]:
    nearest = search(training, real, generated)
    return [metric(nearest) for metric in (c_t, authenticity, nearest_training)]


def _apart(expected, got) -> float:
    """C_T may differ by 1e-3 standard deviations, as distances equal to 1e-7 tie in ours alone."""
    return max(1e-3 * abs(got[0] - expected[0]), relative(expected[1:], got[1:]))


def _product(multiplications: float) -> float:
    return 2 * multiplications / (rates()["dgemm"][0] * 1e9)
