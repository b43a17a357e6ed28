"""Divergences of codes from their target: the best bandwidth, the entropy, the paper's table."""

import time
from collections.abc import Callable, Iterator

import numpy as np
from expost.divergences.bandwidth import largest_divergence
from expost.divergences.entropy import entropy
from expost.divergences.targets import Mixture

from ..compare import Row, alone, compare, rates, relative
from ..plain import divergences as plain
from .kde import peak, restart_peak

POINTS = 2000  # held-out codes, and draws
SIZES = (250, 500, 1000, 2000, 4000, 8000)  # of the GENs paper's table 1
DIMENSIONS = (2, 5, 10, 20, 40)


def rows() -> Iterator[Row]:
    """Beside SciPy by the CPU's clock, and sizes at which its distances take gigabytes."""
    for d in (2, 40):
        yield bandwidth(8000, d)
        yield least_entropy(4000, d)
    yield in_bounds("bandwidth of 20,000 codes, d = 40", lambda: best(20_000, 40), 0.909, 0.005)
    yield in_bounds(
        "entropy of 20,000 codes, d = 40",
        lambda: entropy(np.random.default_rng(0).standard_normal((20_000, 40))).nats,
        60.9,
        0.1,
    )
    yield in_bounds("table 1 of the GENs paper, ten trials of 30 cells", table_1, 0.644, 0.01)


def best(size: int, d: int, seed: int = 0) -> float:
    """The bandwidth of a trial."""
    return largest_divergence(d, size, points=POINTS, rng=seed)


def bandwidth(size: int, d: int) -> Row:
    """Brent's method on all distances, which are kept: 256 MB here."""

    def by_scipy():
        target, rng = Mixture.standard_normal(d), np.random.default_rng(0)
        codes, held_out, drawn = (target.sample(n, rng) for n in (size, POINTS, POINTS))
        return plain.best_bandwidth(codes, target, drawn, held_out)

    return compare(
        f"bandwidth of the JSD, {size:,} codes, {POINTS:,} held out and as many draws, d = {d}",
        ("cdist, logsumexp, brentq", by_scipy),
        lambda: best(size, d),
        relative,
        1e-5,
        floor=2 * POINTS * size * pair(d, evaluations=5),
        rounds=3,
        clock=time.process_time,
    )


def least_entropy(n: int, d: int) -> Row:
    """Brent's method on the entropy, of distances that are kept: 128 MB here."""
    codes = np.random.default_rng(0).standard_normal((n, d))
    return compare(
        f"entropy with its bandwidth, {n:,} codes, d = {d}",
        ("cdist, logsumexp, minimize_scalar", lambda: plain.least_entropy(codes)[1]),
        lambda: entropy(codes).nats,
        relative,
        1e-9,
        floor=n**2 * pair(d, evaluations=6),
        rounds=3,
        clock=time.process_time,
    )


def in_bounds(item: str, ours: Callable[[], float], expected: float, bound: float) -> Row:
    """Of a size that SciPy is not tried with, with the memory it took."""

    def with_memory():
        before = restart_peak()
        return ours(), peak() - before

    def check(result):
        value, memory = result
        return (
            f"{value:.3f}, wanted {expected} ± {bound}; takes {memory:.0f} MB",
            abs(value - expected) <= bound and memory < 1024,
        )

    return alone(item, with_memory, check, rounds=1, clock=time.process_time)


def table_1() -> float:
    """Ten trials of each cell; the mean of all, of which the printed cells have 0.644."""
    cells = [
        np.mean([best(size, d, seed) for seed in range(10)]) for d in DIMENSIONS for size in SIZES
    ]
    printed = [cell for cell, d in zip(cells, np.repeat(DIMENSIONS, 6), strict=True) if d < 40]
    return float(np.mean(printed + cells[-3:]))


def pair(d: int, evaluations: int) -> float:
    """Seconds for a pair's distance and exponential in float64, which takes twice the bytes."""
    flops, exp = rates()["dgemm"][0] * 1e9, rates()["exp32"][0] / 1e9
    return evaluations * (2 * d / flops + 2 * exp)
