"""A smooth ascending map that makes a column nearly normal, through its letter values."""

from statistics import NormalDist

import numpy as np

BEYOND = 4  # codes at least past the outermost letter values, unless these are the quartiles


class NormalScores:
    """A map T of one column, such that T(x) is nearly N(0, 1) for codes x of whatever law.

    T takes the median, the quartiles, the eighths and so on, as long as 4 codes lie past them, to
    the same quantiles of N(0, 1). From point to point it is a ratio of quadratic polynomials, past
    the outermost point q a logarithm,

        T(x) = T(q) + log(1 + T'(q) (x - q)),   x > q, and likewise downwards,

    so that heavy tails and single codes far away come no farther than their logarithm. T and T' are
    continuous and T' is positive. Letter values that are equal, as many codes may be, are one
    point, at the mean of their quantiles; if all are, T' there is 1 over the standard deviation.

    Args:
        column: codes, shape (n,), not all equal.

    References:
        Ruppert & Cline (1994), "Bias reduction in kernel density estimation by smoothed empirical
        transformations", Annals of Statistics 22.
        Hofmann, Wickham & Kafadar (2017), "Letter-value plots: boxplots for large data",
        J. Computational and Graphical Statistics 26.
        Gregory & Delbourgo (1982), "Piecewise rational quadratic interpolation to monotonic data",
        IMA J. Numerical Analysis 2.
    """

    def __init__(self, column: np.ndarray):
        levels = _levels(len(column))
        scores = [NormalDist().inv_cdf(level) for level in levels]
        self._x, which = np.unique(np.quantile(column, levels), return_inverse=True)
        self._y = np.bincount(which, scores) / np.bincount(which)
        self._slopes = np.full(len(self._x), 1 / column.std(ddof=1))
        if len(self._x) > 1:
            self._slopes = _slopes(np.diff(self._x), np.diff(self._y))

    def scores(self, x: np.ndarray) -> np.ndarray:
        """T at x of shape (m,)."""
        inside, past, slope = self._ends(x, self._x)
        return self._within(inside)[0] + np.sign(past) * _log1p(slope, past)

    def log_slopes(self, x: np.ndarray) -> np.ndarray:
        """Log T' at x of shape (m,)."""
        inside, past, slope = self._ends(x, self._x)
        return np.log(self._within(inside)[1]) - _log1p(slope, past)

    def codes(self, y: np.ndarray) -> np.ndarray:
        """T⁻¹ at y of shape (m,)."""
        inside, past, slope = self._ends(y, self._y)
        return self._back(inside) + np.sign(past) * np.expm1(np.abs(past)) / slope

    def _ends(self, values, points):
        """The values, clipped to the outermost points; how far they are past these; T' there."""
        inside = values.clip(points[0], points[-1])
        past = values - inside
        return inside, past, np.where(past < 0, self._slopes[0], self._slopes[-1])

    def _piece(self, values, points):
        """Where the pieces of these values begin, their sizes, secants, and slopes at both ends."""
        i = np.searchsorted(points[1:-1], values, side="right")
        width, height = np.diff(self._x)[i], np.diff(self._y)[i]
        ends = self._x[i], self._y[i], width, height
        return *ends, height / width, self._slopes[i], self._slopes[i + 1]

    def _within(self, x):
        """T and T' between the outermost points."""
        if len(self._x) == 1:
            return np.full(len(x), self._y[0]), np.full(len(x), self._slopes[0])
        x0, y0, width, height, secant, first, last = self._piece(x, self._x)
        part = (x - x0) / width
        both = part * (1 - part)
        below = secant + (first + last - 2 * secant) * both
        y = y0 + height * (secant * part**2 + first * both) / below
        rise = last * part**2 + 2 * secant * both + first * (1 - part) ** 2
        return y, (secant / below) ** 2 * rise

    def _back(self, y):
        """T⁻¹ between the outermost points: the root of a quadratic that lies in the piece."""
        if len(self._x) == 1:
            return np.full(len(y), self._x[0])
        x0, y0, width, height, secant, first, last = self._piece(y, self._y)
        part = (y - y0) / height
        bend = part * (first + last - 2 * secant)
        a, b, c = secant - first + bend, first - bend, -secant * part
        return x0 + width * 2 * c / (-b - np.sqrt((b * b - 4 * a * c).clip(min=0)))


def _levels(n: int) -> np.ndarray:
    """½, ¼ and ¾, ⅛ and ⅞ and so on, ascending."""
    low = [0.25]
    while low[-1] / 2 * n >= BEYOND:
        low.append(low[-1] / 2)
    return np.array([*low[::-1], 0.5, *(1 - level for level in low)])


def _slopes(widths: np.ndarray, heights: np.ndarray) -> np.ndarray:
    """T' at the points: between two pieces the weighted harmonic mean, at the ends the secant's.

    Weights as Fritsch & Butland (1984) have them.
    """
    left, right = widths[:-1], widths[1:]
    flatness = widths / heights
    weights = (left + 2 * right) * flatness[:-1] + (2 * left + right) * flatness[1:]
    inner = 3 * (left + right) / weights
    secants = heights / widths
    return np.concatenate([secants[:1], inner, secants[-1:]])


def _log1p(slope: np.ndarray, past: np.ndarray) -> np.ndarray:
    """Log(1 + slope |past|), also where the product is more than float64 holds."""
    with np.errstate(divide="ignore"):
        return np.logaddexp(0, np.log(slope) + np.log(np.abs(past)))
