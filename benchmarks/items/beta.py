"""The empirical beta copula: its beta draws, and all of it, from the codes on."""

from collections.abc import Iterator

import numpy as np
from expost.samplers import EmpiricalBetaCopula

from ..compare import Row, alone, compare, rates
from ..data import codes
from ..plain import beta as plain
from . import margins


def rows() -> Iterator[Row]:
    """Of 2,000 codes, and of as many as MNIST and CelebA train on."""
    for d in (10, 100):
        yield draws(d)
        yield of_2000(d)
    yield draws(100, threads=2)
    for n in (60_000, 162_770):
        yield of_all(n)


def draws(d: int, threads: int = 1) -> Row:
    """One beta draw for each rank of 2,000 codes."""
    x, every, rng = codes(2000, d), np.arange(2000), np.random.default_rng(0)
    sampler = EmpiricalBetaCopula().fit(x)
    ranks = np.argsort(np.argsort(x, axis=0), axis=0) + 1
    return compare(
        f"beta draws, 2,000 rows, d = {d}",
        ("scipy.stats.beta.rvs a row", lambda: plain.draws(ranks, 2000, rng)),
        lambda: sampler._copula_near(every, rng),
        lambda *both: max(distance(u, ranks) for u in both),
        1.95 / np.sqrt(ranks.size),  # exceeded by chance once in a thousand
        floor=floor(ranks.size) / threads,
        threads=threads,
    )


def of_2000(d: int) -> Row:
    """Fit and draw, against a row at a time and a root at a time."""
    x, rng = codes(2000, d), np.random.default_rng(0)
    return compare(
        f"empirical beta copula, fit and draw 2,000 of 2,000 codes, d = {d}",
        ("beta.rvs a row, brentq", lambda: plain.sample(x, 20, rng)),
        lambda: EmpiricalBetaCopula().fit(x).sample(2000, 0),
        lambda expected, got: residual(x, got),
        margins.TOLERANCE,
        share=20 / 2000,
        floor=floor(x.size) + margins.floor(x),
    )


def of_all(n: int) -> Row:
    """Fit and draw as many as there are."""
    x = codes(n, 100)
    return alone(
        f"empirical beta copula, fit and draw {n:,} of {n:,} codes, d = 100",
        lambda: EmpiricalBetaCopula().fit(x).sample(n, 0),
        lambda got: margins.remark(residual(x, got)),
        floor=floor(x.size) + margins.floor(x),
        rounds=3,
    )


def distance(u: np.ndarray, ranks: np.ndarray) -> float:
    """Kolmogorov's distance of the draws from their laws, pooled by the distribution functions."""
    from scipy.special import betainc
    from scipy.stats import kstest

    return kstest(betainc(ranks, len(u) + 1 - ranks, u).ravel(), "uniform").statistic


def residual(x: np.ndarray, drawn: np.ndarray) -> float:
    """Largest |F(z) - u| in a few rows, where u is what the copula draws from the same seed."""
    return margins.residual(x, drawn, EmpiricalBetaCopula().fit(x).sample_copula(len(x), 0))


def floor(count: int) -> float:
    """Seconds for two normal variables a draw: one for each gamma variable that it is made of."""
    return 2 * count * rates()["normal"][0] / 1e9
