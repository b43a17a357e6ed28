"""One sweep over all pairs of points of two samples, for the metrics that compare these."""

from dataclasses import dataclass

import numpy as np

from .distances import squared_tiles, up_to_ties
from .points import checked, in_one_unit, same_width

K = 5  # a ball around a point reaches to its K-th nearest neighbour


@dataclass(frozen=True, eq=False)
class Side:
    """What the sweep finds for one of the two samples.

    Each point has a ball that reaches to its K-th nearest neighbour in the same sample, and so
    much farther that points which tie with this neighbour (see `distances.TIE`) are inside. A copy
    of a point is therefore always in its ball, even if K duplicates make the ball's radius 0.

    Squares are in another unit if the spread of the points is extreme (see `points.in_one_unit`).

    Attributes:
        points: the sample, shape (n, width).
        nearest: squared distance of each point to the nearest other one of the sample, shape (n,).
        reach: squared radius of each point's ball, shape (n,).
        across: squared distance of each point to the nearest one of the other sample, shape (n,).
        inside: in how many balls of the other sample each point lies, shape (n,).
        kernel: mean of the kernel over all n^2 pairs of the sample, pairs of a point with itself
            included.
    """

    points: np.ndarray
    nearest: np.ndarray
    reach: np.ndarray
    across: np.ndarray
    inside: np.ndarray
    kernel: float


@dataclass(frozen=True, eq=False)
class Pairs:
    """What the sweep finds for both samples.

    Attributes:
        real: of the n real points.
        generated: of the m generated points.
        kernel: mean of the kernel over all n m pairs of a real and a generated point.
        rg: distances of real points (rows) to generated ones (columns), shape (n, m), float64;
            None if they were not asked for.
    """

    real: Side
    generated: Side
    kernel: float
    rg: np.ndarray | None


def sweep(real: np.ndarray, generated: np.ndarray, distances: bool = True) -> Pairs:
    """Compute the distance of each pair of points once, and keep what metrics need of it.

    The kernel of a pair at distance d is k(d) = exp(-d^2 / (2 s)), with s the mean of d^2 over all
    pairs of real points. Memory grows with n + m, or with n m if the distances are kept.

    Args:
        real: shape (n > K, width), any real type.
        generated: shape (m > K, width).
        distances: whether to keep those of real to generated points, n m numbers of 8 bytes.

    Raises:
        TypeError: a sample is not of real numbers.
        ValueError: a sample of at most K points, all real points equal, or points that are not
            finite or of different widths.
    """
    real, generated = checked(real, "real points", 0), checked(generated, "generated points", 0)
    same_width(real=real, generated=generated)
    for name, sample in (("real", real), ("generated", generated)):
        if len(sample) <= K:
            raise ValueError(
                f"got {len(sample)} {name} points, wanted at least {K + 1}, as neighbourhoods "
                f"reach to the {K}th neighbour; score more images"
            )
    (real, generated), unit = in_one_unit(real, generated)
    shifted = real - real[0].astype(np.float64)  # if all points are equal, exactly 0
    scale = 4 * shifted.var(axis=0).sum()  # 2 s: a mean square difference is twice the variance
    if scale == 0:
        raise ValueError("all real points are equal and give the MMD no scale; check the images")
    r, g = _side(real, scale), _side(generated, scale)
    rg, total = np.empty((len(real), len(generated))) if distances else None, 0.0
    for rows, columns, squared in squared_tiles(real, generated):
        r.across[rows] = np.minimum(r.across[rows], squared.min(axis=1))
        g.across[columns] = np.minimum(g.across[columns], squared.min(axis=0))
        r.inside[rows] += (squared <= g.reach[columns]).sum(axis=1, dtype=np.int16)
        g.inside[columns] += (squared <= r.reach[rows, None]).sum(axis=0, dtype=np.int16)
        if distances:
            np.sqrt(squared, out=rg[rows, columns])
        total += _kernel_sum(squared, scale)
    if distances and unit != 1:
        rg /= unit
    return Pairs(r, g, total / (len(real) * len(generated)), rg)


def _side(sample: np.ndarray, scale: float) -> Side:
    """What the pairs within one sample say; `across` and `inside` are left for the other sample."""
    n = len(sample)
    lowest, total = np.full((n, K), np.inf), float(n)  # the kernel of a point with itself is 1
    for rows, columns, squared in squared_tiles(sample):
        _keep(lowest, rows, squared)
        if rows != columns:
            _keep(lowest, columns, squared.T)
        total += (1 if rows == columns else 2) * _kernel_sum(squared, scale)
    reach = up_to_ties(lowest.max(axis=1))
    return Side(
        sample, lowest.min(axis=1), reach, np.full(n, np.inf), np.zeros(n, dtype=int), total / n**2
    )


def _keep(lowest: np.ndarray, rows: slice, squared: np.ndarray) -> None:
    """Replace the K lowest squared distances of these rows, if some of `squared` are lower."""
    known = np.concatenate([lowest[rows], squared], axis=1)
    known.partition(K - 1, axis=1)
    lowest[rows] = known[:, :K]


def _kernel_sum(squared: np.ndarray, scale: float) -> float:
    with np.errstate(over="ignore"):  # so far apart that the kernel is 0
        squared /= -scale
    return np.exp(squared, out=squared).sum()
