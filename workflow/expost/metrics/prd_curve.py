"""The curve of precision and recall for distributions (PRD), from joint clusters."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..io import files
from ..runtime.option_values import number
from .joint_clusters import histograms
from .points import laws

ANGLES = 1001


@dataclass(frozen=True, eq=False)
class Curve:
    """What a generated law can have of precision and of recall at the same time.

    Attributes:
        precision: at each angle, rising, shape (angles,).
        recall: at each angle, falling, shape (angles,).
    """

    precision: np.ndarray
    recall: np.ndarray

    def highest(self, beta: float) -> float:
        """The largest F_beta = (1 + beta^2) p r / (beta^2 p + r) of precisions p and recalls r.

        It weighs recall beta times as much as precision: F_8 is near the highest recall, F_1/8 near
        the highest precision.

        Raises:
            ValueError: beta is no number above 0.
        """
        number("beta", beta, above=0)
        p, r = self.precision, self.recall
        below = beta**2 * p + r
        f = np.divide((1 + beta**2) * p * r, below, out=np.zeros_like(p), where=below > 0)
        return float(f.max())

    def thinned(self) -> dict[str, list[float]]:
        """Every tenth of its points, both ends among them, as `read` takes them: for a picture."""
        return {"precision": self.precision[::10].tolist(), "recall": self.recall[::10].tolist()}


def curve(real: np.ndarray, generated: np.ndarray) -> Curve:
    """The curve of two laws over the same clusters, or of the means of several pairs of laws.

    At an angle t of 1,001 equal steps from 0 to pi / 2, with l = tan t,

        precision = sum over clusters of min(l P, Q),   recall = precision / l,

    P the share of the real points in a cluster and Q that of the generated ones. At the ends these
    are limits: without precision, the recall is the share of real points in clusters that have
    generated ones; without recall, the precision is the share of generated points in clusters that
    have real ones. With P and Q exchanged, precision and recall are.

    Args:
        real: shares, rows that sum to 1, shape (clusters,) or (runs, clusters).
        generated: of the same shape.

    Returns:
        The means of precision and of recall over the rows, at each angle.

    Raises:
        TypeError: shares are not real numbers.
        ValueError: they are no laws, or not over the same clusters.

    References:
        Sajjadi et al. (2018), "Assessing generative models via precision and recall", NeurIPS.
    """
    p, q = (laws(np.atleast_2d(shares), "shares") for shares in (real, generated))
    if p.shape != q.shape:
        raise ValueError(f"got shares of shape {p.shape} and {q.shape}; wanted the same clusters")
    p, q = p[:, None], q[:, None]  # (runs, 1, clusters)
    rising = np.sin(np.linspace(0, np.pi / 2, ANGLES))[:, None]
    falling = rising[::-1].copy()  # cosines, and the same numbers
    rising[0] = falling[-1] = 0
    return Curve(_share(q, p, falling, rising), _share(p, q, rising, falling))


def _share(of: np.ndarray, other: np.ndarray, weight: np.ndarray, by: np.ndarray) -> np.ndarray:
    """The sum over clusters of min(of, other by / weight), its mean over runs, at each angle."""
    inside = weight > 0  # elsewhere the limit
    held = np.minimum(weight * of, by * other) / np.where(inside, weight, 1)
    sums = np.where(inside, held, np.where(other > 0, of, 0)).sum(axis=2)
    return np.minimum(sums.mean(axis=0), 1)  # rounding may leave a bit more


def measure(real: np.ndarray, generated: np.ndarray) -> Curve:
    """The curve of two samples: the mean over ten runs of k-means on both together.

    Args:
        real: shape (n, width), any real type.
        generated: shape (m, width).

    Raises:
        TypeError, ValueError: as `joint_clusters.histograms`.
    """
    return curve(*histograms(real, generated))


def read(path: str | Path, space: str) -> Curve:
    """The points of a curve, as `Curve.thinned` gives them, out of a run's scores.

    Args:
        path: of `scores.json`, in whose `curves` they stand by space.
        space: the feature space.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is damaged, or has no curve of this space.
    """
    found = files.load_json(path)
    for key in ("curves", space):
        found = found.get(key) if isinstance(found, dict) else None
    try:
        sides = [np.array(found[side], dtype=np.float64) for side in ("precision", "recall")]
    except (TypeError, KeyError, ValueError, OverflowError):
        sides = []
    alike = len({side.shape for side in sides}) == 1 and sides[0].ndim == 1 and sides[0].size > 0
    if not alike or not all(((side >= 0) & (side <= 1)).all() for side in sides):
        raise ValueError(
            f"{path} holds no PRD curve in the space {space!r}, shares from 0 to 1; make it again"
        )
    return Curve(*sides)
