"""Codes and the modes of a mixture that they were drawn towards: which is whose, ways in each."""

import numpy as np

from ..divergences.targets import Mixture

WITHIN = 3  # standard deviations of a mode
METRICS = ("accuracy", "assigned", "within")


def nearest(codes: np.ndarray, law: Mixture) -> np.ndarray:
    """The component that each code, (n, d), most likely is of; shape (n,)."""
    best, found = np.full(len(codes), -np.inf), np.zeros(len(codes), dtype=int)
    for k, (mean, spread) in enumerate(zip(law.means, law.spreads, strict=True)):
        one = np.log(law.weights[k]) - np.log(spread).sum()
        one = one - 0.5 * (((codes - mean) / spread) ** 2).sum(axis=1)
        found[one > best] = k
        best = np.maximum(best, one)
    return found


def within(codes: np.ndarray, law: Mixture) -> float:
    """The share of codes that lie within `WITHIN` standard deviations of the mean of their mode.

    Of draws from a component of two dimensions it is 1 - exp(-9 / 2) = 0.989.
    """
    modes = nearest(codes, law)
    far = (((codes - law.means[modes]) / law.spreads[modes]) ** 2).sum(axis=1)
    return float((far <= WITHIN**2).mean())


def accuracy(modes: np.ndarray, labels: np.ndarray) -> float:
    """The share of items whose mode has the number of their class."""
    return float((modes == labels).mean())


def assigned(modes: np.ndarray, labels: np.ndarray) -> float:
    """The same, with the classes given to the modes that suit them best, one each.

    As the items themselves choose, chance gives more than one in so many modes.

    Args:
        modes: of each item, (n,), 0, 1, ...
        labels: of each, (n,), 0, 1, ...
    """
    from scipy.optimize import linear_sum_assignment

    counts = np.zeros((modes.max() + 1, labels.max() + 1), dtype=int)
    np.add.at(counts, (modes, labels), 1)
    return float(counts[linear_sum_assignment(counts, maximize=True)].sum() / len(labels))


def measures(
    codes: np.ndarray, labels: np.ndarray, law: Mixture, labelled: bool
) -> dict[str, float]:
    """What of `METRICS` can be said of codes.

    Args:
        codes: shape (n, d).
        labels: of the items, (n,), 0, 1, ...
        law: that they were drawn towards.
        labelled: whether modes were given to classes, by the labels of some items; elsewhere their
            numbers mean nothing, and there is no accuracy.
    """
    found = nearest(codes, law)
    told = {"accuracy": accuracy(found, labels)} if labelled else {}
    return told | {"assigned": assigned(found, labels), "within": within(codes, law)}


def ways(law: Mixture, steps: int, reach: float) -> np.ndarray:
    """Codes on lines through the mean of each component along its first two axes.

    Args:
        law: of d dimensions.
        steps: codes a line, at equal distances.
        reach: where a line ends, in standard deviations on either side of the mean.

    Returns:
        Shape (components, axes, steps, d), of two axes, or one if d = 1.
    """
    places = np.linspace(-reach, reach, steps)
    lines = np.eye(law.dimensions)[: min(2, law.dimensions), None] * places[:, None]
    return law.means[:, None, None] + law.spreads[:, None, None] * lines
