"""Scores by which an autoencoder that knows one class tells others, and how well they do."""

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


def of_densities(
    known: np.ndarray, codes: np.ndarray, rng: np.random.Generator
) -> dict[str, np.ndarray]:
    """Scores by the density of codes alone, for reference: of a mixture and of a kernel density.

    The number of the mixture's components is the best of 1 to 64 by BIC, the bandwidth that of
    cross-validation in whitened units, so that neither depends on the codes' own.

    Args:
        known: codes that the densities are fitted to, shape (m, l).
        codes: those that are judged, shape (n, l).
        rng: of the fits.

    Returns:
        Negative log-densities, shape (n,) each.
    """
    from ..samplers.gmm import GMM
    from ..samplers.kde import KDE

    laws = {"gmm": GMM(n_components="auto"), "kde": KDE(scale="whiten")}
    return {
        name: -law.fit(known, rng=rng).score_samples(codes.astype(float))
        for name, law in laws.items()
    }


def separation(scores: np.ndarray, inside: np.ndarray) -> dict[str, float]:
    """How well a score tells the items of a class from all others.

        auc                 how likely an item of the class has a lower score than another
        average_precision   precision of the class among the lowest scores, a mean over its items

    By chance they are 1/2 and the share of the class.

    Args:
        scores: the larger, the less an item is known, shape (n,).
        inside: whether it is of the class, shape (n,).

    Raises:
        ValueError: all items are of the class, or none.
    """
    from sklearn.metrics import average_precision_score, roc_auc_score

    if inside.all() or not inside.any():
        raise ValueError(
            f"got {np.count_nonzero(inside)} of {len(inside)} items of the class; wanted some, and "
            "some others"
        )
    return {
        "auc": float(roc_auc_score(~inside, scores)),
        "average_precision": float(average_precision_score(inside, -scores)),
    }


def records(scores: dict[str, np.ndarray], inside: np.ndarray) -> list[dict]:
    """Both measures of every score, and what chance gives, as rows: score, metric, value.

    Raises:
        ValueError: see `separation`.
    """
    found = {name: separation(values, inside) for name, values in scores.items()}
    found[CHANCE] = dict(zip(METRICS, (0.5, float(inside.mean())), strict=True))
    return [
        {"score": name, "metric": metric, "value": value}
        for name, values in found.items()
        for metric, value in values.items()
    ]


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
