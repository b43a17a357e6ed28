"""Fréchet distance between the normal laws fitted to two samples."""

import numpy as np

from ..runtime import compiled
from .base import Metric
from .points import checked, held, in_one_unit, same_width

METRIC = Metric(
    title="Fréchet distance",
    best="lower",
    family="moments",
    given=("real_features", "generated_features"),
)

UNSURE = 1e-7  # relative error above which digits are worth more than time


def frechet(real: np.ndarray, generated: np.ndarray) -> float:
    """Squared 2-Wasserstein distance of two normal laws, with sample means and covariances.

    |m_1 - m_2|^2 + tr(S_1 + S_2 - 2 (S_1 S_2)^(1/2)): on features of a network, the "FID".
    Biased upwards by small n; comparable only at one n.

    With S = R'R the last trace is the sum of the singular values of R_1 R_2'. Their squares are
    found first, as eigenvalues of a symmetric matrix, in a fraction of the time; but rounding
    leaves only noise of the smallest. If that may amount to more than 1e-7 of the distance, the
    singular values themselves are computed, from the data, and keep all digits.

    Covariances need no full rank. Rounding them moves the root of the distance by no more than
    the root of their error's trace norm (Powers and Størmer), about 1e-7 of the samples' spread;
    by far less unless one sample is flat in a direction in which the other is not.

    Args:
        real: shape (n >= 2, width), any real type; computed in float64.
        generated: shape (m >= 2, width).

    Returns:
        The distance, in squared units of the features.

    Raises:
        TypeError: a sample is not of real numbers.
        ValueError: fewer than two points, points that are not finite or of different widths, or a
            distance that float64 does not hold.

    References:
        Dowson & Landau (1982), "The Fréchet distance between multivariate normal
        distributions", J. Multivariate Analysis 12; Heusel et al. (2017), "GANs trained by a
        two time-scale update rule converge to a local Nash equilibrium", NeurIPS; Powers &
        Størmer (1970), "Free states of the canonical anticommutation relations", Communications
        in Mathematical Physics 16.
    """
    x, y = checked(real, "real features", 2), checked(generated, "generated features", 2)
    same_width(real=x, generated=y)
    (x, y), unit = in_one_unit(x, y, power=4)
    first_1, first_2 = x[0].astype(np.float64), y[0].astype(np.float64)
    x, y = x - first_1, y - first_2  # means of points far from the origin would lose digits
    mean_1, mean_2 = x.mean(axis=0), y.mean(axis=0)
    x -= mean_1
    y -= mean_2
    shift = np.sum((first_1 - first_2 + (mean_1 - mean_2)) ** 2)
    spread = np.vdot(x, x) / (len(x) - 1) + np.vdot(y, y) / (len(y) - 1)
    scale = np.sqrt((len(x) - 1) * (len(y) - 1))  # of x and y to roots of covariances
    overlap, error = (value / scale for value in _sum_of_roots(_squares(x, y)))
    if 2 * error > UNSURE * (shift + spread - 2 * overlap):
        overlap = np.linalg.svd(_root(x) @ _root(y).T, compute_uv=False).sum() / scale
    distance = float(shift + max(spread - 2 * overlap, 0.0))  # never negative but for rounding
    return held(distance / unit / unit, "the Fréchet distance")


def _root(x: np.ndarray) -> np.ndarray:
    """No more rows than columns, with the same x'x."""
    return np.linalg.qr(x, mode="r") if len(x) > x.shape[1] else x


def _squares(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Squared singular values of `_root(x) @ _root(y).T`, to the rounding of the largest."""
    if min(len(x), len(y)) <= x.shape[1]:
        products = x @ y.T if len(x) <= len(y) else y @ x.T
        return np.linalg.eigvalsh(products @ products.T)[1:]  # the first is 0: x has mean 0
    lapack = compiled.functions("scipy.linalg.lapack", "scipy.linalg._flapack")
    first, second, rank = x.T @ x, y.T @ y, x.shape[1]
    factor, failed = lapack.dpotrf(first, lower=1)  # x'x = L L'
    if failed:  # not of full rank: with pivots, L of `rank` columns
        factor, order, rank, _ = lapack.dpstrf(first, lower=1)
        order -= 1
        second = second.take(order, axis=0).take(order, axis=1)
    product, _ = lapack.dsygst(second.T, factor, itype=2, lower=1, overwrite_a=1)  # L' y'y L
    return np.linalg.eigvalsh(product[:rank, :rank])


def _sum_of_roots(squares: np.ndarray) -> tuple[float, float]:
    """Sum of the square roots of eigenvalues, and how far it may be off.

    Rounding moves all by about the same (Weyl); within that, one is as good as 0.
    """
    noise = np.sqrt(len(squares)) * np.finfo(float).eps * squares.max(initial=0.0)
    roots = np.sqrt(np.where(squares > noise, squares, 0.0))
    return roots.sum(), np.sum(noise / np.sqrt(np.maximum(squares, noise or 1.0)))
