"""How many dimensions data really have, by what two estimates say of nearest neighbours."""

import numpy as np

from ..runtime.log import log
from ..stats import intervals

GROUPS = 10  # of the jackknife
NEIGHBOURS = 20  # of the second estimate
METHODS = ("two_nn", "levina_bickel")
COLUMNS = ("method", "items", "value", "half_width")


def records(items: np.ndarray, most: int, rng: np.random.Generator) -> list[dict]:
    """Two estimates of the intrinsic dimension, with their intervals.

        two_nn          the ratio r2 / r1 of the distances to an item's two nearest neighbours has
                        the density d r^-(d + 1); d is the slope of a line through its logarithms,
                        without the largest tenth
        levina_bickel   the maximum of the likelihood of the distances to 20 neighbours, where
                        these are a Poisson process in d dimensions; inverses averaged over items

    Both suppose that items are spread evenly as far as those neighbours reach. Of few items in many
    dimensions neighbours are far, and both fall short: of 2,000 points of a cube they find 4.8 and
    4.5 in five dimensions, 8.5 and 8.1 in ten, 16.0 and 14.3 in twenty.

    Args:
        items: images or vectors, shape (n, ...); items that are there twice count once.
        most: of more items so many are looked at, chosen at random.
        rng: chooses them, and the groups of Tukey's jackknife, which gives the intervals.

    Returns:
        A record a method: `COLUMNS`, with half the width of the 95 % interval.

    Raises:
        ValueError: fewer different items than the neighbours of all groups but one want.

    References:
        Facco, d'Errico, Rodriguez & Laio (2017), "Estimating the intrinsic dimension of datasets by
        a minimal neighborhood information", Scientific Reports 7; Levina & Bickel (2004), "Maximum
        likelihood estimation of intrinsic dimension", NeurIPS 17.
    """
    vectors = np.asarray(items, np.float64).reshape(len(items), -1)
    chosen = vectors[rng.permutation(len(vectors))[:most]]
    different = chosen[np.sort(np.unique(chosen, axis=0, return_index=True)[1])]
    if repeated := len(chosen) - len(different):
        log.info("%d of %d items are there twice, and count once", repeated, len(chosen))
    n = len(different)
    if n < 2 * NEIGHBOURS:
        raise ValueError(
            f"got {n} different items, whose intrinsic dimension is to be found; wanted at least "
            f"{2 * NEIGHBOURS}, as {NEIGHBOURS} neighbours of each are looked at"
        )
    parts = list(intervals.without_each(different, GROUPS))
    found = []
    for method in METHODS:
        left = np.array([_estimate(method, part) for part in parts])
        half = intervals.jackknife_half_width(left)
        values = method, n, _estimate(method, different), half
        found.append(dict(zip(COLUMNS, values, strict=True)))
    return found


def _estimate(method: str, vectors: np.ndarray) -> float:
    from skdim import id as estimators  # compiles what it wants when it is loaded

    if method == "two_nn":
        return float(estimators.TwoNN().fit(vectors).dimension_)
    return float(estimators.MLE().fit(vectors, n_neighbors=NEIGHBOURS).dimension_)
