"""Histograms of two samples over clusters of both together, several times."""

import numpy as np

from .points import checked, in_one_unit, same_width

CLUSTERS, RUNS = 20, 10  # as Sajjadi et al. have them
MOST_STEPS = 100  # of Lloyd's algorithm
TIE = 1e-9  # squared distances that differ by less of |x|^2 are equal: they are not more exact


def histograms(real: np.ndarray, generated: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shares of the real and of the generated points in clusters of their union.

    Clusters are those of k-means: Lloyd's algorithm from a start of k-means++ (Arthur and
    Vassilvitskii, 2007), with other random numbers in each run, the same in every call. Points are
    drawn by their places along a random direction, so that neither their order nor which sample is
    called real changes anything. A larger sample draws the clusters towards itself.

    Args:
        real: shape (n >= 1, width), any real type; computed in float64.
        generated: shape (m >= 1, width).

    Returns:
        Two arrays of shape (10, 20), rows that sum to 1. Where there are fewer than 20 different
        points, some clusters are empty.

    Raises:
        TypeError: a sample is not of real numbers.
        ValueError: no points, points that are not finite or of different widths.
    """
    real, generated = checked(real, "real points"), checked(generated, "generated points")
    same_width(real=real, generated=generated)
    (real, generated), _ = in_one_unit(real, generated)
    points = np.concatenate([real, generated], dtype=np.float64)
    middle = len(points) // 2  # the median, which one outlier, however far, does not move
    points -= np.partition(points, middle, axis=0)[middle]
    clusters = _lloyd(points, _starts(points))  # (points, runs)
    members = clusters[:, :, None] == np.arange(CLUSTERS)
    return members[: len(real)].mean(axis=0), members[len(real) :].mean(axis=0)


def _starts(points: np.ndarray) -> np.ndarray:
    """Centres to start each run from, shape (runs, clusters, width).

    The first is any point, and each further one a point drawn in proportion to its squared distance
    from the nearest centre that is there already.
    """
    rngs = [np.random.default_rng(run) for run in range(RUNS)]
    directions = [rng.standard_normal(points.shape[1]) for rng in rngs]
    order = np.argsort(points @ np.transpose(directions), axis=0, kind="stable")
    drawn = np.transpose([rng.random(CLUSTERS) for rng in rngs])  # (clusters, runs)
    runs, norms = np.arange(RUNS), np.einsum("ij,ij->i", points, points)
    centres = np.empty((RUNS, CLUSTERS, points.shape[1]))
    weights = np.ones(order.shape)
    for k, place in enumerate(drawn):
        heights = np.cumsum(np.take_along_axis(weights, order, axis=0), axis=0)
        rows = (heights <= place * heights[-1]).sum(axis=0).clip(max=len(points) - 1)
        centres[:, k] = points[order[rows, runs]]
        squared = _squared(points, norms, centres[:, k])
        squared[squared <= TIE * norms[:, None]] = 0  # equal points, but for rounding
        weights = np.minimum(weights, squared) if k else squared
    return centres


def _lloyd(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """The nearest centre of each point in each run, shape (n, runs), when none changes any more.

    Of centres that are equally near the first counts. An empty cluster keeps its centre.
    """
    norms = np.einsum("ij,ij->i", points, points)
    found = np.full((len(points), len(centres)), -1)
    going = np.arange(len(centres))  # runs in which a point still changes its cluster
    for _ in range(MOST_STEPS):
        flat = centres[going].reshape(-1, points.shape[1])
        squared = _squared(points, norms, flat).reshape(len(points), len(going), CLUSTERS)
        least = squared.min(axis=2, keepdims=True)
        near = squared <= least + TIE * (norms[:, None, None] + least)
        nearest = near.argmax(axis=2)
        changed = (nearest != found[:, going]).any(axis=0)
        found[:, going] = nearest
        going = going[changed]
        if not len(going):
            break
        members = nearest[:, changed, None] == np.arange(CLUSTERS)
        sizes = members.sum(axis=0)[:, :, None]  # (runs, clusters, 1)
        sums = members.reshape(len(points), -1).T.astype(np.float64) @ points
        means = sums.reshape(len(going), CLUSTERS, -1) / np.maximum(sizes, 1)
        centres[going] = np.where(sizes > 0, means, centres[going])
    return found


def _squared(points: np.ndarray, norms: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Squared distances of all points to all centres; rounding may leave some a bit below 0."""
    squared = points @ (-2 * centres.T)
    squared += norms[:, None]
    squared += np.einsum("ij,ij->i", centres, centres)
    return squared
