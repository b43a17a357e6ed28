"""How well scores tell the items of a class from all others."""

import numpy as np

from .novelty import CHANCE, METRICS


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
