"""Gaussian kernel densities of codes, exact, and their likelihood by cross-validation."""

import numpy as np

from ...runtime.progress import Progress
from ...stats.kernel_tiles import log_kernel_sums, spans


def cross_validate(
    codes: np.ndarray, bandwidths: np.ndarray, folds: int, rng: np.random.Generator
) -> np.ndarray:
    """Log-density of each code under the kernel density of the other folds, per bandwidth.

    Kernels are summed in float32, relative to each code's nearest other one (see `KernelSums`):
    means over the codes are right to a relative 1e-7, mostly 1e-8. Bandwidths in ratios of √2,
    2, 2√2 or 4 share an exponential.

    Args:
        codes: shape (n, d).
        bandwidths: shape (k,), in any order.
        folds: number of contiguous folds of a permutation of the codes by `rng`.
        rng: random generator.

    Returns:
        Shape (k, n).
    """
    n, d = codes.shape
    bandwidths = np.asarray(bandwidths, dtype=float)
    order = rng.permutation(n)
    ordered = codes[order]
    sizes = [len(fold) for fold in np.array_split(order, folds)]
    stops = np.cumsum(sizes).tolist()
    # Each pair of codes of two folds once: the rows of a fold with all codes that come after it.
    panels = [
        (rows, stop)
        for size, stop in zip(sizes, stops, strict=True)
        for rows in spans(stop - size, stop, 400)
    ]
    progress = Progress(len(panels), brief=True)
    sums = log_kernel_sums(ordered, ordered, bandwidths, panels, np.float32, True, progress)
    sums -= np.log(n - np.repeat(sizes, sizes)) + _log_volume(bandwidths, d)[:, None]
    return sums[:, np.argsort(order)]


def log_density(queries: np.ndarray, codes: np.ndarray, bandwidths: np.ndarray) -> np.ndarray:
    """Exact log kernel density at `queries` for each bandwidth, in log space throughout.

        log f(q) = log Σᵢ exp(-‖q - zᵢ‖² / 2h²) - log n - d log h - d/2 log 2π

    Args:
        queries: shape (m, d).
        codes: the kernels' centres, shape (n, d).
        bandwidths: shape (k,), positive.

    Returns:
        Shape (k, m).
    """
    n, d = codes.shape
    bandwidths = np.asarray(bandwidths, dtype=float)
    panels = [(rows, 0) for rows in spans(0, len(queries), 200)]
    sums = log_kernel_sums(queries, codes, bandwidths, panels, np.float64)
    return sums - np.log(n) - _log_volume(bandwidths, d)[:, None]


def _log_volume(bandwidths, d):
    return d * np.log(bandwidths) + d / 2 * np.log(2 * np.pi)
