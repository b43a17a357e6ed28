"""The distribution function of a kernel density of one variable, and its inverse."""

from functools import lru_cache
from math import erfc, sqrt

import numpy as np

KNOTS = 20  # per bandwidth
POINTS = 32  # from one knot to the next
MOST_KNOTS = 2**20  # that are laid from end to end, without a look for gaps between codes
REACH = 8  # bandwidths past the outermost codes: less than 1e-15 of the mass lies outside
FRACTIONS = np.linspace(0, 1, POINTS + 1)
POWERS = np.vander(FRACTIONS, 4, increasing=True).T  # (4, POINTS + 1)


class KernelCDF:
    """F(x) = 1/n Σᵢ Φ((x - xᵢ) / h), tabulated so that |F(ppf(u)) - u| <= 1e-7 for any codes.

    F and its slope are found at knots every h/20: expanding Φ to third order about the knot next
    to each code makes them convolutions of four moments. Cubics lead from knot to knot, straight
    lines between points every h/640 of them. Each step errs for all codes by no more than it may
    for a single one, so outliers and clumps are no exceptions:

        expansion   (1/40)⁴/24 · max|Φ⁗| < 9.0e-9
        cubics      (1/20)⁴/384 · max|Φ⁗| < 9.0e-9, and 3e-10 for the error of their slopes
        lines       (1/640)²/8 · max|Φ″| < 7.4e-8

    The distance of the knots does not depend on the codes' range. Where no mass is between two of
    them they are left out: so few codes far away take no memory, however far they are.

    Args:
        x: codes, shape (n,).
        h: bandwidth, positive.

    References:
        Greengard & Strain (1991), "The fast Gauss transform", SIAM J. Scientific and
        Statistical Computing 12.
    """

    def __init__(self, x: np.ndarray, h: float):
        self._step = h / KNOTS
        x, firsts, self._firsts = _closed_up(x, self._step)
        self._starts = firsts - REACH * h  # of each group of codes
        place = x + REACH * KNOTS  # in knots from the start
        nearest = np.rint(place)
        offset = (nearest - place) / KNOTS  # in bandwidths
        nearest = nearest.astype(np.intp)
        stop = int(nearest.max()) + REACH * KNOTS + 1
        size = 1 << stop.bit_length()
        square = offset * offset / 2
        weights = (None, offset, square, offset * square / 3)  # offset**k / k!
        moments = np.array([np.bincount(nearest, w, size) for w in weights]) / len(x)
        spectra, derivatives = np.fft.rfft(moments), _spectra(size)
        # Φ is the unit step, whose convolution is a cumulative sum, and a bump that ends at
        # ±REACH. All mass is that far from both ends, so the convolution may wrap round.
        smooth = np.fft.irfft((spectra * derivatives[:4]).sum(axis=0), size)
        slope = np.fft.irfft((spectra * derivatives[1:]).sum(axis=0), size) / KNOTS  # per knot
        value = np.maximum.accumulate((moments[0].cumsum() + smooth)[:stop].clip(0, 1))
        rise = np.diff(value)
        self._left = np.flatnonzero(rise)  # knots before each rise
        rise = rise[self._left]
        # Rounding may tilt what is nearly flat; slopes up to 3 rises keep a cubic ascending.
        first, last = (slope[self._left + i].clip(0, 3 * rise) for i in (0, 1))
        self._cubics = np.column_stack(
            [value[self._left], first, 3 * rise - 2 * first - last, first + last - 2 * rise]
        )

    def cdf(self, x: np.ndarray) -> np.ndarray:
        """F at x of shape (m,)."""
        return _interpolate(x, *self._table())

    def ppf(self, u: np.ndarray) -> np.ndarray:
        """F⁻¹ at u of shape (m,) in [0, 1], of which 0 and 1 give the ends of the table."""
        return _interpolate(u, *self._table()[::-1])

    def _table(self):
        """Points and F at them, both ascending; made anew each time, being large."""
        group = np.searchsorted(self._firsts, self._left, side="right") - 1
        starts, own = self._starts[group, None], (self._left - self._firsts[group])[:, None]
        points = starts + self._step * (own + FRACTIONS)
        return points.ravel(), (self._cubics @ POWERS).ravel()


def _closed_up(x, step):
    """Codes without the gaps that no mass reaches into.

    Returns:
        The codes, in knots from the first one, shape (n,); and of each group between two gaps the
        first code, in ascending order, and the knot where it would begin.
    """
    order = np.argsort(x)
    ascending = x[order]
    gaps = np.diff(ascending) > (2 * REACH * KNOTS + 2) * step
    gaps &= ascending[-1] - ascending[0] > MOST_KNOTS * step
    begins = np.concatenate([[0], np.flatnonzero(gaps) + 1])
    firsts, lasts = ascending[begins], ascending[np.append(begins[1:], len(x)) - 1]
    widths = np.ceil((lasts - firsts) / step) + 2 * REACH * KNOTS + 1
    knots = np.cumsum(np.append(0, widths[:-1]))
    group = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(x))))
    places = np.empty(len(x))
    places[order] = (ascending - firsts[group]) / step + knots[group]
    return places, firsts, knots.astype(np.intp)


def _interpolate(x, points, values):
    order = np.argsort(x)  # in ascending order they are found ten times as fast
    result = np.empty(len(x))
    result[order] = np.interp(x[order], points, values)
    return result


@lru_cache(maxsize=8)
def _spectra(size):
    """Transforms of Φ less the unit step, and of its four derivatives, on a circle of knots."""
    lags = np.arange(-REACH * KNOTS, REACH * KNOTS + 1)
    t = lags / KNOTS
    density = np.exp(-(t**2) / 2) / np.sqrt(2 * np.pi)
    circle = np.zeros((5, size))
    circle[0, lags] = [erfc(-point / sqrt(2)) / 2 - (point >= 0) for point in t]
    circle[1:, lags] = density * np.array([np.ones_like(t), -t, t**2 - 1, 3 * t - t**3])
    return np.fft.rfft(circle)
