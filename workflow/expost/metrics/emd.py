"""Earth mover's distance."""

import numpy as np

from ..io.real_arrays import floating
from ..runtime import compiled
from .base import Metric
from .points import unit_of

METRIC = Metric(title="EMD", best="lower", family="two_sample", given=("rg",))

FIRST, LEVELS = 2**-4, 4  # entropic regularisation in mean distances, then a quarter of the last
STEPS = 30  # most scalings at one level
ENOUGH = 0.03  # mean relative error of the column sums that ends a level
RELAXATION = 1.8  # below 2; 1 is Sinkhorn's algorithm


def emd(rg: np.ndarray) -> float:
    """Exact optimal transport cost between two samples of equal size.

    EMD = min over permutations s of (1/n) sum_i |x_i - y_s(i)|: between n and n equally
    weighted points some optimal plan is an assignment. Grows with width and falls with n,
    so its value means something only beside that of held-out real images.

    A constant taken from a column changes no assignment's rank. SciPy's exact solver gets the
    distances less a price of each column, near the optimal ones: then it has little left to search.
    However rough the prices, the result is exact.

    Args:
        rg: distances of real (rows) to generated (columns) points, shape (n, n).

    Returns:
        The distance, in the units of `rg`.

    Raises:
        TypeError: distances are not real numbers.
        ValueError: the samples have different sizes, or distances are not finite.

    References:
        Xu et al. (2018), "An empirical study on evaluation metrics of generative adversarial
        networks". Solver: Crouse (2016), "On implementing 2D rectangular assignment
        algorithms", IEEE Transactions on Aerospace and Electronic Systems 52. Prices: Thibault
        et al. (2021), "Overrelaxed Sinkhorn-Knopp algorithm for regularized optimal transport",
        Algorithms 14.
    """
    rg = floating(rg, "distances")
    if rg.ndim != 2 or not rg.size:
        raise ValueError(f"distances must have shape (n >= 1, n), got {rg.shape}")
    if rg.shape[0] != rg.shape[1]:
        raise ValueError(
            f"EMD compares samples of equal size, got {rg.shape[0]} real and {rg.shape[1]} "
            "generated; score as many of the one as of the other"
        )
    optimize = compiled.functions("scipy.optimize", "scipy.optimize._lsap")
    if (unit := unit_of(rg.max())) != 1:
        rg = rg * unit
    chosen = rg[optimize.linear_sum_assignment(rg - _prices(rg))]
    return float(chosen.mean(dtype=np.float64) / unit)


def _prices(costs: np.ndarray) -> np.ndarray:
    """Dual prices of the columns, shape (n,), by scaling exp((u + v - costs) / level) to sums of 1.

    In float32: prices only guide the search. Scalings that overflow end it with the prices so far.
    """
    scale = costs.mean()
    prices = np.zeros(len(costs), np.float32)
    if not 0 < scale < np.inf:
        return prices
    kernel = (costs / -scale).astype(np.float32)  # (n, n)
    kernel -= kernel.max(axis=1, keepdims=True)
    kernel /= np.float32(FIRST)
    np.exp(kernel, out=kernel)
    with np.errstate(all="ignore"):
        for level in FIRST / 4.0 ** np.arange(LEVELS):
            a, b = _scalings(kernel)
            if not np.isfinite(a.sum() + b.sum()) or min(a.min(), b.min()) == 0:
                break
            prices += np.float32(level) * np.log(b)
            for row in range(0, len(costs), 64):  # blocks stay in cache between the operations
                block = kernel[row : row + 64]
                block *= a[row : row + 64, None]
                block *= b
                block *= block  # a quarter of the level is the fourth power
                block *= block
    return prices * scale


def _scalings(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Factors of rows and columns, (n,) each, that bring all sums of the kernel near to 1."""
    a = b = np.ones(len(kernel), np.float32)
    for step in range(STEPS):
        power = np.float32(-RELAXATION if step > 1 else -1)
        a = a * (a * (kernel @ b)) ** power
        columns = b * (a @ kernel)
        b = b * columns**power
        if step > 1 and np.abs(columns - 1).mean() < ENOUGH:
            break
    return a, b
