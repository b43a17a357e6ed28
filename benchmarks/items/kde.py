"""Kernel densities: the bandwidth by cross-validation, and log-densities."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from expost.samplers.numerics.kernel_density import cross_validate, log_density

from ..compare import Row, alone, compare, rates, relative
from ..data import codes
from ..plain import kde as plain

LINEAR = np.linspace(0.1, 2, 40)  # the EBCAE paper's
GEOMETRIC = 0.1 * np.sqrt(2) ** np.arange(10)
FOLDS = 10


def rows() -> Iterator[Row]:
    """Of 2,000 codes, and of 60,000, where scikit-learn would take hours."""
    for d in (10, 100):
        yield bandwidth("geometric", GEOMETRIC, d, share=1)
        yield bandwidth("linear", LINEAR, d, share=1 / 4)
        yield density(d)
    for d in (10, 100):
        yield of_60000("geometric", GEOMETRIC, d)
    yield of_60000("linear", LINEAR, 100)


def bandwidth(name: str, tried: np.ndarray, d: int, share: float) -> Row:
    """Cross-validation against scikit-learn's, which takes as long for each bandwidth."""
    x, few = scaled(2000, d), slice(None, None, round(1 / share))
    return compare(
        f"KDE, 10-fold CV of {len(tried)} {name} bandwidths, 2,000 codes, d = {d}",
        (
            "GridSearchCV of KernelDensity(leaf_size=10**6)",
            lambda: plain.grid_search(x, tried[few], FOLDS, np.random.default_rng(0)),
        ),
        lambda: cross_validate(x, tried, FOLDS, np.random.default_rng(0)).mean(axis=1),
        lambda expected, got: relative(expected, got[few]),
        1e-6,
        share=share,
        floor=floor(2000, d, tried),
    )


def density(d: int) -> Row:
    """Log-densities of other codes, in float64."""
    both = scaled(4000, d)
    x, queries = both[:2000], both[2000:]
    return compare(
        f"KDE, log-density at 2,000 of 2,000 codes, d = {d}",
        ("cdist, logsumexp", lambda: plain.log_density(queries, x, 0.5)),
        lambda: log_density(queries, x, [0.5])[0],
        relative,
        1e-10,
        # A distance and an exponential a pair; of eight bytes it takes twice as long as of four.
        floor=2000**2 * (2 * d / dgemm() + 2 * exp32()),
    )


def of_60000(name: str, tried: np.ndarray, d: int) -> Row:
    """Cross-validation on two threads, checked at twenty codes, with the memory it took."""
    n = 60_000
    x = scaled(n, d)

    def ours():
        before = restart_peak()
        densities = cross_validate(x, tried, FOLDS, np.random.default_rng(0))
        return densities, peak() - before

    def check(result):
        densities, memory = result
        order = np.random.default_rng(0).permutation(n)
        held = np.array_split(order, FOLDS)[3]
        some, rest = held[:20], np.setdiff1d(order, held)
        exact = [plain.log_density(x[some], x[rest], h) for h in tried]
        gap = np.abs(densities[:, some] - exact).max()
        return f"{gap:.0e} ≤ 1e-05 nats at 20 codes; takes {memory:.0f} MB", gap <= 1e-5

    return alone(
        f"KDE, 10-fold CV of {len(tried)} {name} bandwidths, {n:,} codes, d = {d}",
        ours,
        check,
        floor=floor(n, d, tried) / 2,
        threads=2,
        rounds=1,
    )


def floor(n: int, d: int, tried: np.ndarray) -> float:
    """Seconds for a distance in float64 and the exponentials of each pair in different folds."""
    exponentials = len(tried) if tried is LINEAR else 2
    pairs = n * (n - n / FOLDS) / 2
    return pairs * (2 * d / dgemm() + exponentials * exp32())


def restart_peak() -> float:
    """Memory of this process now, in MB, from which the peak counts anew (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


def peak() -> float:
    """The most memory that this process has had, in MB."""
    (line,) = (s for s in Path("/proc/self/status").read_text().split("\n") if "VmHWM" in s)
    return int(line.split()[1]) / 1024


def dgemm() -> float:
    """Operations a second."""
    return rates()["dgemm"][0] * 1e9


def exp32() -> float:
    """Seconds each."""
    return rates()["exp32"][0] / 1e9


def scaled(n: int, d: int) -> np.ndarray:
    """Codes of unit spread."""
    x = codes(n, d)
    return x / x.std()
