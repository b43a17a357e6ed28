"""Codes of mean zero and unit covariance, and which of them lie too far out for a normal law."""

import numpy as np

from ..stats import checks

SINGULAR = 1e-10  # an eigenvalue of the correlations below this is that of no spread
OUTLYING = 8, 30.0  # dimensions, and the squared distance beyond which an outlier begins there


def whitened(codes: np.ndarray) -> np.ndarray:
    """Codes moved, turned and scaled to the mean 0 and the covariance I.

    Args:
        codes: shape (n > d, d), whatever `io.real_arrays.real` can read.

    Raises:
        TypeError: the codes are not real numbers.
        ValueError: another shape, codes that are not finite, too few, constant columns, or columns
            that others add up to; says which.

    Example:
        >>> import numpy as np
        >>> from expost.divergences.whitening import whitened
        >>> codes = np.random.default_rng(0).normal(size=(100, 2)) @ [[1, 5], [0, 3]] + 7
        >>> bool(np.allclose(np.cov(whitened(codes).T), np.eye(2)))
        True
    """
    codes = checks.finite(checks.real(codes, "(n, d)"))
    n, d = codes.shape
    checks.enough(n, d + 1, f"a covariance of {d} dimensions", "whitening")
    checks.spread(codes, "whitening")
    codes -= codes.mean(axis=0)
    codes /= codes.std(axis=0, ddof=1)
    values, vectors = np.linalg.eigh(codes.T @ codes / (n - 1))
    if values[0] < SINGULAR:
        raise ValueError(
            f"the codes have a covariance of rank {np.count_nonzero(values >= SINGULAR)} in {d} "
            "dimensions, and whitening divides by each spread; leave out columns that others "
            "determine, or train with a smaller latent size"
        )
    return codes @ (vectors / np.sqrt(values))


def outliers(codes: np.ndarray) -> np.ndarray:
    """Which codes of mean 0 and covariance I are outliers, shape (n,), boolean.

    Mahalanobis' squared distance is ‖z‖² of such codes, and has a χ² law with d degrees of freedom
    if they are normal. An outlier's is above 30 in 8 dimensions, where 0.021 % of normal codes
    are; and in others above what as many are. Many outliers widen the covariance that they are
    measured by, and so may hide.

    Args:
        codes: shape (n, d), as of `whitened`.
    """
    return np.einsum("ij,ij->i", codes, codes) > farthest(codes.shape[1])


def farthest(dimensions: int) -> float:
    """The largest squared distance of Mahalanobis that is not that of an outlier."""
    from scipy.special import chdtri  # without the wait for scipy.stats

    return float(chdtri(dimensions, outlying()))


def outlying() -> float:
    """The share of a normal law's codes that are outliers, in any number of dimensions."""
    from scipy.special import chdtrc

    return float(chdtrc(*OUTLYING))
