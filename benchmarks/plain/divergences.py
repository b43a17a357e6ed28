"""Divergences and entropies of codes by SciPy, from all distances."""

import numpy as np


def jsd(codes, target, drawn, held_out, bandwidth: float) -> tuple[float, float]:
    """The Jensen-Shannon divergence in bits and its derivative by the bandwidth.

    Args:
        codes: whose kernels the density is made of, shape (n, d).
        target: with a method `log_density`.
        drawn: from the target, shape (k, d).
        held_out: shape (j, d); None for the codes themselves, each without its own kernel.
        bandwidth: of the kernels.
    """
    from scipy.spatial.distance import cdist

    sides = [(codes if held_out is None else held_out, held_out is None), (drawn, False)]
    squares = [cdist(points, codes, "sqeuclidean") for points, _ in sides]
    if held_out is None:
        np.fill_diagonal(squares[0], np.inf)
    logs = [target.log_density(points) for points, _ in sides]
    return from_squares(squares, logs, codes.shape[1], held_out is None, bandwidth)


def from_squares(squares, log_targets, d: int, own: bool, bandwidth: float) -> tuple[float, float]:
    """The same from squared distances of both sides, as equations 1 and 2 of the supplement are."""
    from scipy.special import expit, log_expit, logsumexp

    (value, slope), h = (np.log(2), 0.0), bandwidth
    for side, (square, log_target) in enumerate(zip(squares, log_targets, strict=True)):
        kernels = square.shape[1] - (own and side == 0)
        exponents = -square / (2 * h**2)
        total = logsumexp(exponents, axis=1)
        mean = np.sum(
            np.exp(exponents - total[:, None]) * np.where(np.isinf(square), 0, square), axis=1
        )
        ratio = total - np.log(kernels) - d / 2 * np.log(2 * np.pi * h**2) - log_target
        sign = 1 if side == 0 else -1
        value += log_expit(sign * ratio).mean() / 2
        slope += sign * np.mean(expit(-sign * ratio) * (mean / h**3 - d / h)) / 2
    return value / np.log(2), slope / np.log(2)


def best_bandwidth(codes, target, drawn, held_out) -> float:
    """Where the derivative is zero, by Brent's method over [0.1, 1.5]; distances are made once."""
    from scipy.optimize import brentq
    from scipy.spatial.distance import cdist

    squares = [cdist(points, codes, "sqeuclidean") for points in (held_out, drawn)]
    logs = [target.log_density(points) for points in (held_out, drawn)]
    d = codes.shape[1]
    return brentq(lambda h: from_squares(squares, logs, d, False, h)[1], 0.1, 1.5, xtol=1e-6)


def entropy(codes, bandwidth: float) -> float:
    """Leave-one-out entropy in nats."""
    return entropy_from_squares(squares_without_own(codes), codes.shape[1], bandwidth)


def squares_without_own(codes):
    """Squared distances of all codes, infinite on the diagonal."""
    from scipy.spatial.distance import cdist

    squares = cdist(codes, codes, "sqeuclidean")
    np.fill_diagonal(squares, np.inf)
    return squares


def entropy_from_squares(squares, d: int, bandwidth: float) -> float:
    """The same from squared distances."""
    from scipy.special import logsumexp

    sums = logsumexp(-squares / (2 * bandwidth**2), axis=1)
    constant = np.log(len(squares) - 1) + d / 2 * np.log(2 * np.pi * bandwidth**2)
    return float(constant - sums.mean())


def least_entropy(codes) -> tuple[float, float]:
    """Bandwidth and entropy where it is least, by Brent's method; distances are made once."""
    from scipy.optimize import minimize_scalar

    squares, d = squares_without_own(codes), codes.shape[1]
    found = minimize_scalar(
        lambda x: entropy_from_squares(squares, d, np.exp(x)), np.log([0.05, 1.5]), tol=1e-9
    )
    return float(np.exp(found.x)), float(found.fun)
