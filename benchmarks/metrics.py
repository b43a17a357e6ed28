"""Times of the metrics' fast paths beside the obvious ones, as a markdown table.

CPU seconds, medians of interleaved runs in one process. From the project's folder:
`OMP_NUM_THREADS=1 PYTHONPATH=workflow python benchmarks/metrics.py`
"""

import time
from collections.abc import Callable

import numpy as np
from expost.features import Features
from expost.metrics.distances import euclidean
from expost.metrics.emd import emd
from expost.metrics.frechet import frechet
from expost.metrics.mmd import mmd
from expost.metrics.one_nn import one_nn
from expost.metrics.scoring import score
from scipy.linalg import sqrtm
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

try:
    from lap import lapjvs  # lapx, compared with but not used
except ImportError:
    lapjvs = None

ROUNDS = 3


def sample(seed: int, n: int, width: int) -> np.ndarray:
    """Rectified features of ten overlapping kinds, like those a network makes."""
    rng = np.random.default_rng(seed)
    kinds = np.random.default_rng(0).normal(size=(10, width))
    x = kinds[rng.integers(10, size=n)] + rng.normal(size=(n, width))
    return np.maximum(x, 0).astype(np.float32)


def separately(x: np.ndarray, y: np.ndarray) -> tuple[float, float, float]:
    """The three metrics of distances, each from distances of its own, by SciPy and NumPy."""
    costs = cdist(x, y)
    mean_cost = costs[linear_sum_assignment(costs)].mean()
    squares = [cdist(a, b, "sqeuclidean") for a, b in ((x, x), (y, y), (x, y))]
    scale = 2 * squares[0].mean()
    k = [np.exp(-s / scale).mean() for s in squares]
    pool = cdist(np.concatenate([x, y]), np.concatenate([x, y]))
    np.fill_diagonal(pool, np.inf)
    own = (pool.argmin(axis=1) < len(x)) == (np.arange(len(pool)) < len(x))
    return mean_cost, np.sqrt(k[0] + k[1] - 2 * k[2]), own.mean()


def shared(x: np.ndarray, y: np.ndarray) -> tuple[float, float, float]:
    """The same three from one set of distances, as `score` computes them."""
    rr, gg, rg = euclidean(x), euclidean(y), euclidean(x, y)
    return emd(rg), mmd(rr, gg, rg), one_nn(rr, gg, rg)


def frechet_by_sqrtm(x: np.ndarray, y: np.ndarray) -> float:
    """The formula as it is usually typed."""
    s_1, s_2 = np.cov(x.T, dtype=float), np.cov(y.T, dtype=float)
    shift = x.mean(axis=0, dtype=float) - y.mean(axis=0, dtype=float)
    return shift @ shift + np.trace(s_1 + s_2 - 2 * sqrtm(s_1 @ s_2).real)


def row(what: str, ways: dict[str, Callable]) -> None:
    """Time the ways in turn, and print their medians and how far their results differ."""
    times, results = {way: [] for way in ways}, {}
    for _ in range(ROUNDS):
        for way, function in ways.items():
            start = time.process_time()
            results[way] = np.atleast_1d(function())
            times[way].append(time.process_time() - start)
    medians = {way: float(np.median(seconds)) for way, seconds in times.items()}
    slow, *fast = ways
    for way in fast:
        gap = np.max(
            np.abs(results[way] - results[slow]) / np.maximum(np.abs(results[slow]), 1e-12)
        )
        print(
            f"| {what} | {slow} | {medians[slow]:.3f} | {way} | {medians[way]:.3f} "
            f"| {medians[slow] / medians[way]:.1f} | {gap:.0e} |",
            flush=True,
        )


def main() -> None:
    """Print the table."""
    print("| what | one way | s | another | s | ratio | relative difference |")
    print("|---|---|---|---|---|---|---|")
    for n, width in ((2000, 128), (2000, 512), (2000, 1024)):
        x, y, size = sample(1, n, width), sample(2, n, width), f"{n} x {width}"
        rg = euclidean(x, y)
        row(
            f"distances, {size}",
            {"cdist": lambda x=x, y=y: cdist(x, y), "euclidean": lambda x=x, y=y: euclidean(x, y)},
        )
        if lapjvs:
            row(
                f"assignment, {size}",
                {
                    "SciPy (used)": lambda rg=rg: rg[linear_sum_assignment(rg)].sum(),
                    "lapjvs float32": lambda rg=rg: lapjvs(rg)[0],
                    "lapjvs float64": lambda rg=rg: lapjvs(rg, prefer_float32=False)[0],
                },
            )
        row(
            f"EMD + MMD + 1NN, {size}",
            {
                "separate": lambda x=x, y=y: separately(x, y),
                "shared": lambda x=x, y=y: shared(x, y),
            },
        )
    x, y = sample(1, 2000, 512), sample(2, 2000, 512)
    row(
        "Fréchet, 2000 x 512",
        {"sqrtm": lambda: frechet_by_sqrtm(x, y), "singular values": lambda: frechet(x, y)},
    )
    p = [np.exp(3 * np.random.default_rng(s).normal(size=(2000, 1000))) for s in (1, 2)]
    real, generated = (
        Features(v, q / q.sum(axis=1, keepdims=True)) for v, q in zip((x, y), p, strict=True)
    )
    start = time.process_time()
    score(real, generated)
    print(f"\nAll six of `score`, 512 features, 1000 classes: {time.process_time() - start:.2f} s")


if __name__ == "__main__":
    main()
