"""Units in which codes are comparable: as they are, by column, or in all directions."""

from dataclasses import dataclass

import numpy as np

from . import scales

RULES = ("none", "standardise", "whiten")
DEGREES = 3  # of freedom of the t law whose scatter whitens: far codes count little
STEPS = 1000  # at most, of an iteration that gains a digit in a few
SINGULAR = (
    "codes of {d} dimensions cannot be whitened where columns are sums of others, or most codes "
    "are equal in one; leave such columns out, or take scale='standardise'"
)


def fitted(codes: np.ndarray, rule: str) -> "Units":
    """The units of codes by a rule.

    `none` leaves all as it is. `standardise` divides each column by the scale of its bulk
    (`scales.robust`, nearly the standard deviation of normal codes): what is fitted in these units
    goes with any change of units of the columns. `whiten` goes with any affine map: A Aᵀ is the
    scatter of the t law of 3 degrees of freedom that fits the codes best, times a number, so that
    half of the codes are as near to the centre as half of a normal law is. Heavy tails and single
    codes far away decide neither.

    Args:
        codes: shape (n, d), constant in no column.
        rule: one of `RULES`.

    Raises:
        ValueError: the codes cannot be whitened.

    References:
        Kent, Tyler & Vardi (1994), "A curious likelihood identity for the multivariate
        t-distribution", Communications in Statistics - Simulation and Computation 23.
    """
    if rule == "none":
        return Units(np.ones(codes.shape[1]))
    unit = scales.robust(codes)
    if rule == "standardise":
        return Units(unit)
    return Units(unit[:, None] * _scatter_root(codes / unit))


@dataclass(frozen=True, eq=False)
class Units:
    """A linear map A, x = A y, in whose units y the columns of codes, or all directions, are alike.

    Attributes:
        factor: A, shape (d,) if it is diagonal, else lower triangular of shape (d, d).
    """

    factor: np.ndarray

    def divide(self, x: np.ndarray) -> np.ndarray:
        """A⁻¹ x of codes x, shape (m, d)."""
        if self.factor.ndim == 1:
            return x / self.factor
        unit = np.diag(self.factor)
        return np.linalg.solve(self.factor / unit[:, None], (x / unit).T).T

    def multiply(self, y: np.ndarray) -> np.ndarray:
        """A y of y in these units, shape (m, d)."""
        return y * self.factor if self.factor.ndim == 1 else y @ self.factor.T

    def covariances(self, inside: np.ndarray) -> np.ndarray:
        """A C Aᵀ of covariances C in these units, shape (k, d, d)."""
        if self.factor.ndim == 1:
            return inside * np.outer(self.factor, self.factor)
        return self.factor @ inside @ self.factor.T

    @property
    def log_volume(self) -> float:
        """Log |det A|."""
        return np.log(self.factor if self.factor.ndim == 1 else np.diag(self.factor)).sum()


def fewest(rule: str, d: int) -> tuple[int, str]:
    """The fewest codes in d dimensions that a rule needs, and what for."""
    return (d + 2, f"whitening {d} dimensions") if rule == "whiten" else (2, "a fit")


def _scatter_root(x: np.ndarray) -> np.ndarray:
    """The lower triangular root of the scatter of x, shape (n, d).

    c = Σᵢ wᵢ xᵢ / Σᵢ wᵢ,   S = Σᵢ wᵢ (xᵢ - c)(xᵢ - c)ᵀ / Σᵢ wᵢ,
    wᵢ = (3 + d) / (3 + δᵢ),   δᵢ = (xᵢ - c)ᵀ S⁻¹ (xᵢ - c)
    """
    d = x.shape[1]
    centre, root = np.median(x, axis=0), np.eye(d)
    for _ in range(STEPS):
        squares = _squares(x - centre, root)
        weights = 1 / (DEGREES + squares)
        weights /= weights.sum()
        centre = weights @ x
        around = np.sqrt(weights)[:, None] * (x - centre)
        before, root = root, _root(around.T @ around)
        if np.abs(root - before).max() <= 1e-12 * np.abs(root).max():
            break
    middle = np.median(_squares(x - centre, root))
    if middle == 0:
        raise ValueError(SINGULAR.format(d=d))
    return root * np.sqrt(middle / (d * (1 - 2 / (9 * d)) ** 3))  # the median of χ² of d degrees


def _squares(around: np.ndarray, root: np.ndarray) -> np.ndarray:
    return (np.linalg.solve(root, around.T) ** 2).sum(axis=0)


def _root(scatter: np.ndarray) -> np.ndarray:
    spread, d = np.sqrt(np.diag(scatter)), len(scatter)
    if spread.min() < 1e-9 * spread.max():
        raise ValueError(SINGULAR.format(d=d))
    alike = scatter / np.outer(spread, spread)
    if np.linalg.eigvalsh(alike)[0] <= 10 * d * np.finfo(float).eps:
        raise ValueError(SINGULAR.format(d=d))
    return spread[:, None] * np.linalg.cholesky(alike)
