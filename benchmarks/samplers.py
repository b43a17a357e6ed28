"""Fast paths of the samplers against the obvious slow ones; prints a markdown table.

Run from the repository's root: `OMP_NUM_THREADS=1 python benchmarks/samplers.py` (two minutes).
Both sides take turns in one process, and each time is the median of its turns. Where a row says
`scaled`, the slow side did that share of the work and its time was divided by the share.
"""

import sys
import time
from pathlib import Path

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr
from sklearn.model_selection import GridSearchCV, KFold
from sklearn.neighbors import KernelDensity

sys.path.insert(0, str(Path(__file__).parents[1] / "workflow"))
from expost.samplers import EmpiricalBetaCopula
from expost.samplers.kde import cross_validate
from expost.samplers.margins import KDEMargins

ROUNDS = 3
N = 2000
PAPER_SECONDS = 3.41 + 59.36  # EBCAE paper, Table 1: CelebA, fit and draw 2000 codes of 100 columns


def codes_like(d):
    """Clustered, correlated, skewed codes (N, d)."""
    rng = np.random.default_rng(d)
    centres = 2 * rng.standard_normal((10, d))[rng.integers(10, size=N)]
    x = centres + rng.standard_normal((N, d)) @ rng.standard_normal((d, d)) / np.sqrt(d)
    return x + 0.1 * x**2


def medians(*functions):
    """Median seconds of each function, taking turns, and what each last returned."""
    seconds, results = np.empty((ROUNDS, len(functions))), [None] * len(functions)
    for turn in range(ROUNDS):
        for i, function in enumerate(functions):
            start = time.perf_counter()
            results[i] = function()
            seconds[turn, i] = time.perf_counter() - start
    return np.median(seconds, axis=0), results


def quantiles(d, share=0.01):
    """Margins' quantiles at N points per column."""
    codes = codes_like(d)
    u = np.random.default_rng(0).random((N, d))
    few = round(share * N)

    def roots():
        bandwidths = KDEMargins(codes).bandwidths
        found = np.empty((few, d))
        for j, (column, h) in enumerate(zip(codes.T, bandwidths, strict=True)):
            ends = column.min() - 9 * h, column.max() + 9 * h
            for i in range(few):
                found[i, j] = brentq(
                    lambda x, c=column, h=h, p=u[i, j]: ndtr((x - c) / h).mean() - p, *ends
                )
        return found

    (slow, fast), (exact, table) = medians(roots, lambda: KDEMargins(codes).ppf(u))
    error = np.abs(table[:few] - exact).max()
    row(
        f"KDE quantiles, d={d}",
        f"brentq, scaled ({share:.0%})",
        slow / share,
        fast,
        f"largest difference {error:.0e}",
    )


def bandwidth(d):
    """Ten-fold cross-validation of 40 bandwidths."""
    codes = codes_like(d) / codes_like(d).std()
    tried = np.linspace(0.1, 2.0, 40)
    shuffled = codes[np.random.default_rng(0).permutation(N)]

    def search():
        grid = GridSearchCV(KernelDensity(), {"bandwidth": tried}, cv=KFold(10), refit=False)
        return grid.fit(shuffled).cv_results_["mean_test_score"] * 10 / N

    (slow, fast), (tree, exact) = medians(
        search, lambda: cross_validate(codes, tried, 10, np.random.default_rng(0))
    )
    worst = np.argmax(np.abs(tree - exact))
    row(
        f"KDE bandwidth, d={d}",
        "GridSearchCV",
        slow,
        fast,
        f"log-likelihood at h={tried[worst]:.2f} is {tree[worst]:.4g}, exact {exact[worst]:.4g}; "
        f"chosen h {tried[tree.argmax()]:.3f} and {tried[exact.argmax()]:.3f}",
    )


def empirical_beta(d=100):
    """Fit and draw, end to end."""
    codes = codes_like(d)
    (fast,), _ = medians(lambda: EmpiricalBetaCopula().fit(codes).sample(N, 0))
    row(f"EBC fit and draw, d={d}", "EBCAE paper (their machine)", PAPER_SECONDS, fast, "")


def row(what, against, slow, fast, remark):
    """One line of the table."""
    print(
        f"| {what} | {against} | {slow:.3g} | {fast:.3g} | {slow / fast:.0f}x | {remark} |",
        flush=True,
    )


if __name__ == "__main__":
    print(f"n = {N} codes, {N} draws, seconds\n")
    print("| what | against | slow | expost | ratio | remark |\n|---|---|---|---|---|---|")
    for dimensions in (10, 100):
        quantiles(dimensions)
    for dimensions in (10, 100):
        bandwidth(dimensions)
    empirical_beta()
