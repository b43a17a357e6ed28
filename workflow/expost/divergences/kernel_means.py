"""Sums of Gaussian kernels at points, and mean squared distances under them."""

from collections.abc import Callable

import numpy as np

from ..stats.kernel_tiles import in_threads, spans

ROWS, COLUMNS = 128, 1000  # of a tile, which is worked on in cache
LEAST = -700  # exponents below are as good as this one, and exp takes ten times as long for them
FAR = 3e4  # bandwidths from the mean, beyond which matrix products lose an exponent's digits


class KernelMeans:
    """What kernels say at points, asked again and again for other bandwidths.

        log Sᵢ(h) = log Σⱼ exp(-sᵢⱼ / 2h²),   Wᵢ(h) = Σⱼ sᵢⱼ exp(-sᵢⱼ / 2h²) / Sᵢ(h)

    of squared distances sᵢⱼ = ‖qᵢ - zⱼ‖². W is what derivatives are made of: ∂ log S / ∂h = W / h³.

    Everything is float64. Exponents are taken relative to each point's nearest code, so nothing
    underflows that counts. Distances are matrix products of centred codes, made anew a tile at a
    time: memory is that of codes and points, whatever their number of pairs. Work is divided among
    `threads.limited()` threads, and results do not depend on their number.

    Args:
        codes: the kernels' centres z, shape (n, d), finite.
        points: q, shape (k, d), finite; None for the codes themselves, or each `every`-th of them,
            where a code is without its own kernel, so that n must be at least 2.
        every: see `points`.

    Attributes:
        kernels: how many kernels are summed at each point.
        nearest: squared distance of each point to the nearest code, shape (k,), but for rounding.
    """

    def __init__(self, codes: np.ndarray, points: np.ndarray | None = None, every: int = 1):
        own = points is None
        centre = codes.mean(axis=0)
        self._codes = codes - centre
        self._points = self._codes[::every] if own else points - centre
        self._without = np.arange(0, len(codes), every) if own else None
        self.kernels = len(codes) - own
        self._norms, norms = (np.einsum("ij,ij->i", x, x) for x in (self._points, self._codes))
        self._right = np.column_stack([self._codes, np.ones(len(codes)), norms])
        self.nearest = np.full(len(self._points), np.inf)
        self._over_tiles(1.0, 0.0, self._approach)

    def at(self, bandwidth: float) -> tuple[np.ndarray, np.ndarray]:
        """Log S and W of a bandwidth h > 0, shape (k,) each."""
        rate = 0.5 / bandwidth**2
        sums, moments = np.zeros((2, len(self._points)))

        def add(rows, exponents, kernels):
            np.maximum(exponents, LEAST, out=exponents)
            np.exp(exponents, out=kernels)
            sums[rows] += kernels.sum(axis=1)
            moments[rows] += np.einsum("ij,ij->i", kernels, exponents)

        self._over_tiles(rate, self.nearest, add)
        return np.log(sums) - rate * self.nearest, self.nearest - moments / sums / rate

    def _approach(self, rows, exponents, _):
        np.minimum(self.nearest[rows], -exponents.max(axis=1), out=self.nearest[rows])

    def _over_tiles(self, rate: float, origin: np.ndarray | float, use: Callable):
        """Hand each tile of exponents rate (origin - s) to `use`, with memory of the same shape."""
        origin = np.broadcast_to(origin, self._norms.shape)
        left = np.empty((len(self._points), self._right.shape[1]))
        np.multiply(self._points, 2 * rate, out=left[:, :-2])
        left[:, -2] = rate * (origin - self._norms)
        left[:, -1] = -rate

        def panel(rows):
            memory = np.empty((2, ROWS * COLUMNS))
            for columns in spans(0, len(self._codes), COLUMNS):
                shape = rows.stop - rows.start, columns.stop - columns.start
                exponents, other = (m[: shape[0] * shape[1]].reshape(shape) for m in memory)
                if self._are_far(rows, columns, rate):
                    self._subtract(rows, columns, rate, origin, exponents)
                else:
                    np.matmul(left[rows], self._right[columns].T, out=exponents)
                if self._without is not None:
                    self._leave_out(rows, columns, exponents)
                use(rows, exponents, other)

        in_threads(panel, spans(0, len(left), ROWS))

    def _are_far(self, rows, columns, rate):
        return 2 * rate * min(self._norms[rows].max(), self._right[columns, -1].max()) > FAR**2

    def _subtract(self, rows, columns, rate, origin, exponents):
        from scipy.spatial.distance import cdist

        cdist(self._points[rows], self._codes[columns], "sqeuclidean", out=exponents)
        np.subtract(origin[rows, None], exponents, out=exponents)
        exponents *= rate

    def _leave_out(self, rows, columns, exponents):
        column = self._without[rows] - columns.start
        row = np.flatnonzero((column >= 0) & (column < exponents.shape[1]))
        exponents[row, column[row]] = -np.inf
