"""Metrics of distances between two samples, each from distances of its own."""

import numpy as np

from . import emd as plain


def emd(x: np.ndarray, y: np.ndarray) -> float:
    """Earth mover's distance, by POT."""
    import ot

    return plain.emd(ot.dist(x, y, metric="euclidean"))


def without_emd(x: np.ndarray, y: np.ndarray) -> list[float]:
    """MMD, 1NN accuracy, precision, recall, density and coverage."""
    return [mmd(x, y), one_nn(x, y), *neighbours(x, y)]


def mmd(x: np.ndarray, y: np.ndarray) -> float:
    """Biased MMD with a Gaussian kernel as wide as the real data, by scikit-learn."""
    from sklearn.metrics.pairwise import euclidean_distances, rbf_kernel

    gamma = 1 / (2 * euclidean_distances(x, squared=True).mean())
    means = [rbf_kernel(a, b, gamma).mean() for a, b in ((x, x), (y, y), (x, y))]
    return float(np.sqrt(means[0] + means[1] - 2 * means[2]))


def one_nn(x: np.ndarray, y: np.ndarray) -> float:
    """Leave-one-out accuracy of the nearest neighbour, by scikit-learn; wants no ties."""
    from sklearn.neighbors import NearestNeighbors

    pool, kind = np.concatenate([x, y]), np.repeat([0, 1], [len(x), len(y)])
    search = NearestNeighbors(n_neighbors=1).fit(pool)  # of no other point: each leaves itself out
    nearest = search.kneighbors(return_distance=False)[:, 0]
    return float(np.mean(kind[nearest] == kind))


def neighbours(x: np.ndarray, y: np.ndarray, k: int = 5) -> tuple[float, ...]:
    """Precision, recall, density and coverage, by scikit-learn; wants no ties."""
    from sklearn.metrics import pairwise_distances
    from sklearn.neighbors import NearestNeighbors

    radius_x, radius_y = (
        NearestNeighbors(n_neighbors=k).fit(z).kneighbors()[0][:, -1] for z in (x, y)
    )
    rg = pairwise_distances(x, y)
    in_real, in_generated = rg <= radius_x[:, None], rg <= radius_y
    return (
        float(in_real.any(axis=0).mean()),
        float(in_generated.any(axis=1).mean()),
        float(in_real.sum(axis=0).mean() / k),
        float(in_real.any(axis=1).mean()),
    )
