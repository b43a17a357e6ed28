"""Cells of k-means, the same for any order of the points."""

import numpy as np

ENOUGH = 10_000  # points that centres are found from, the first ones: cells need no more
STEPS = 100  # most moves of the centres


def centres(points: np.ndarray, number: int) -> np.ndarray:
    """Centres of k-means.

    Lloyd's algorithm, from means of parts: as often as needed, the part with the largest sum of
    squares is cut at its mean across its widest axis. No chance, and for up to 10,000 points no
    dependence on their order.

    Args:
        points: shape (n, width).
        number: of centres.

    Returns:
        Shape (k, width); k is `number`, or less where there are fewer different points.

    References:
        Su & Dy (2007), "In search of deterministic methods for initializing K-means and Gaussian
        mixture clustering", Intelligent Data Analysis 11 ("Var-Part").
    """
    points = points[:ENOUGH]
    found = np.array([part.mean(axis=0) for part in _parts(points, number)])
    before = None
    for _ in range(STEPS):
        cell = assign(points, found)
        if np.array_equal(cell, before):
            break
        member = (cell == np.arange(len(found))[:, None]).astype(points.dtype)  # (k, n)
        size = member.sum(axis=1)
        found[size > 0] = (member @ points)[size > 0] / size[size > 0, None]
        before = cell
    return found


def assign(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """The number of the nearest centre, shape (n,), the first of several."""
    middle = centres.mean(axis=0)
    around = centres - middle  # |x - c|^2 / 2 less what all centres share
    return np.argmin((around**2).sum(axis=1) / 2 + around @ middle - points @ around.T, axis=1)


def _parts(points: np.ndarray, number: int) -> list[np.ndarray]:
    parts, variances = [points], [points.var(axis=0)]
    while len(parts) < number:
        i = int(np.argmax([len(p) * v.sum() for p, v in zip(parts, variances, strict=True)]))
        across = parts[i][:, variances[i].argmax()]
        low = across <= across.mean()
        if low.all() == low.any():  # all or none: the points of each part are equal
            break
        parts[i : i + 1] = halves = [parts[i][low], parts[i][~low]]
        variances[i : i + 1] = [half.var(axis=0) for half in halves]
    return parts
