"""Scores by which an autoencoder that knows one class tells others, and the ends of their order."""

import numpy as np

# In the order of tables: what an autoencoder gives, then densities of codes alone.
SCORES = ("reconstruction", "in_manifold", "full", "gmm", "kde")
CHANCE = "chance"
METRICS = ("auc", "average_precision")
COLUMNS = ["dataset", "autoencoder", "group", "score", "seed", "metric", "value"]


def outlyingness(
    errors: np.ndarray,
    log_density: np.ndarray,
    log_volume: np.ndarray,
    numbers: int,
    variance: float,
) -> dict[str, np.ndarray]:
    """The paper's scores of each item, negative log-densities: the larger, the less it is known.

        in_manifold      -log p(z) + v(z),   v(z) = 1/2 log det(Jᵀ J) of the decoder at z = E(x)
        full             in_manifold - log N(x; D(z), σ² I)
        reconstruction   |x - D(z)|² / D

    Args:
        errors: |x - D(z)|², shape (n,).
        log_density: log p(z), of the law of the codes, shape (n,).
        log_volume: v(z), see `volumes`, shape (n,).
        numbers: D, pixels and channels of an image, or the dimensions of a vector.
        variance: σ² > 0, the mean of |x - D(z)|² / D over items that were held out.

    References:
        Saha, Elhabian & Whitaker (2020), "GENs: generative encoding networks", equations 10, 11.
    """
    in_manifold = log_volume - log_density
    off_manifold = errors / (2 * variance) + numbers / 2 * np.log(2 * np.pi * variance)
    return {
        "reconstruction": errors / numbers,
        "in_manifold": in_manifold,
        "full": in_manifold + off_manifold,
    }


def extremes(scores: np.ndarray, among: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows with the lowest scores and with the highest, the lowest and the highest first.

    Args:
        scores: shape (n,).
        among: rows that are looked at.
        count: how many of each.

    Raises:
        ValueError: there are not twice as many rows.
    """
    if 2 * count > len(among):
        raise ValueError(
            f"got {len(among)} test images to show {count} of each end of; wanted "
            f"{2 * count} or more, so show fewer rows, of {len(among) // 2} images at most"
        )
    order = among[np.argsort(scores[among], kind="stable")]
    return order[:count], order[::-1][:count]
