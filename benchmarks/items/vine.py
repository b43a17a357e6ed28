"""Vines: what each option saves, and what it costs in fidelity.

Nothing plain is compared, as pyvinecopulib does the work. Two threads; of 100 dimensions one run.
"""

from collections.abc import Iterator

import numpy as np
from expost.samplers import Vine
from scipy.stats import ks_2samp, spearmanr

from ..compare import ROUNDS, Row, alone
from ..data import codes

GAUSSIAN = {"family": "gaussian", "truncation": None}
SMOOTHED = 0.15  # kde1d fills the gap between two clusters, whatever the copula


def rows() -> Iterator[Row]:
    """Of 2,000 codes, the fastest options first; of 60,000."""
    of_10 = {"truncation": 1}, {"truncation": 5}, GAUSSIAN, {"grid": 10}, {}
    of_20 = {"truncation": 5}, GAUSSIAN, {}, {"truncation": None, "grid": 10}, {"truncation": None}
    yield from of(2000, 10, of_10)
    yield from of(2000, 20, of_20, rounds=3)
    yield from of(2000, 100, of_20, rounds=1)
    yield from of(60_000, 10, (GAUSSIAN, {}), rounds=1)


def of(n: int, d: int, vines: tuple[dict, ...], rounds: int = ROUNDS) -> Iterator[Row]:
    """Fit to codes and draw as many, at most 2,000, with each of these options."""
    x, fresh = np.split(codes(2 * n, d), 2)
    drawn = min(n, 2000)
    noise = distance(x, fresh[:drawn])

    def check(new):
        margins = max(ks_2samp(*columns).statistic for columns in zip(x.T, new.T, strict=True))
        remark = (
            f"largest Spearman error {distance(x, new):.2f}, of fresh codes {noise:.2f}; "
            f"KS distance of margins {margins:.2f} ≤ {SMOOTHED}"
        )
        return remark, margins <= SMOOTHED

    for options in vines:
        what = ", ".join(f"{name} {value}" for name, value in options.items()) or "defaults"
        yield alone(
            f"vine, fit to {n:,} codes and draw {drawn:,}, d = {d}: {what}",
            lambda options=options: Vine(**options).fit(x, 0).sample(drawn, 1),
            check,
            threads=2,
            rounds=rounds,
        )


def distance(x: np.ndarray, y: np.ndarray) -> float:
    """Largest absolute difference of the rank correlations of two columns."""
    return np.abs(spearmanr(x).statistic - spearmanr(y).statistic).max()
