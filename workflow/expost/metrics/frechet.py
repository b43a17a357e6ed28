"""Fréchet distance between the normal laws fitted to two samples."""

import numpy as np


def frechet(real: np.ndarray, generated: np.ndarray) -> float:
    """Squared 2-Wasserstein distance of two normal laws, with sample means and covariances.

    |m_1 - m_2|^2 + tr(S_1 + S_2 - 2 (S_1 S_2)^(1/2)): on features of a network, the "FID".
    With S = R'R the last trace is the sum of the singular values of R_1 R_2', which needs
    no full rank and, unlike roots of eigenvalues, keeps all digits where they are near 0.
    Biased upwards by small n; comparable only at one n.

    Args:
        real: shape (n, width).
        generated: shape (m, width).

    Returns:
        The distance, in squared units of the features.

    References:
        Dowson & Landau (1982), "The Fréchet distance between multivariate normal
        distributions", J. Multivariate Analysis 12; Heusel et al. (2017), "GANs trained by a
        two time-scale update rule converge to a local Nash equilibrium", NeurIPS.
    """
    (mean_1, root_1), (mean_2, root_2) = _moments(real), _moments(generated)
    shift = np.sum((mean_1 - mean_2) ** 2)
    overlap = np.linalg.svd(root_1 @ root_2.T, compute_uv=False).sum()
    spread = np.sum(root_1**2) + np.sum(root_2**2) - 2 * overlap
    return float(shift + max(spread, 0.0))  # the spread is never negative but for rounding


def _moments(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x = np.asarray(x, dtype=np.float64)
    mean = x.mean(axis=0)
    root = np.linalg.qr((x - mean) / np.sqrt(len(x) - 1), mode="r")  # (min(n, width), width)
    return mean, root
