"""Maximum mean discrepancy."""

import numpy as np


def mmd(rr: np.ndarray, gg: np.ndarray, rg: np.ndarray, sigma: float = 1.0) -> float:
    """Kernel two-sample distance with a Gaussian kernel as wide as the real data.

    MMD = sqrt(mean k(rr) + mean k(gg) - 2 mean k(rg)), k(d) = exp(-d^2 / (2 sigma^2 s)),
    s = mean of rr^2. Both means within a sample run over all n^2 pairs, each point with
    itself included: the biased (V-)statistic. s as well is such a mean, and of the real
    sample only, so MMD is not symmetric in its samples.

    Args:
        rr: distances among real points, shape (n, n), zero on the diagonal.
        gg: distances among generated points, shape (m, m).
        rg: distances of real to generated points, shape (n, m).
        sigma: width of the kernel in root mean square distances of real points.

    Returns:
        MMD in [0, sqrt(2)].

    Raises:
        ValueError: all real points are equal.

    References:
        Gretton et al. (2012), "A kernel two-sample test", JMLR 13; the scale is that of
        Xu et al. (2018), "An empirical study on evaluation metrics of generative
        adversarial networks".
    """
    scale = 2 * sigma**2 * np.mean(rr * rr)
    if scale == 0:
        raise ValueError("all real points are equal and give the MMD no scale; check the images")

    def mean_kernel(distances: np.ndarray) -> float:
        exponent = distances * distances
        exponent /= -scale
        return np.exp(exponent, out=exponent).mean()

    squared = mean_kernel(rr) + mean_kernel(gg) - 2 * mean_kernel(rg)
    return float(np.sqrt(max(squared, 0.0)))  # never negative but for rounding, at equal samples
