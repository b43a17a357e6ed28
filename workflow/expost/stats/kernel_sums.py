"""Sums of Gaussian kernels, for many points and several bandwidths at once, fed tile by tile."""

import numpy as np

DOUBLINGS = 4  # squarings that may follow an exponential; each doubles its error
WIDEST = 40  # so that shared exponents stay within ±20, or they lose digits to float32


class KernelSums:
    """Logarithms of sums of kernels exp(-λs) over squared distances s.

        log Sᵢ(λ) = log Σⱼ exp(-λ sᵢⱼ)

    A sum is kept relative to its largest term so far, that of the nearest point, so what
    underflows is less than 1e-20 of it. A rate λ that is 2, 4, 8 or 16 times another costs no
    exponential, for exp(-2λs) = exp(-λs)². In float64 errors are those of rounding; in float32
    a logarithm is off by 1e-6 or so, at random, and by 1e-5 at the worst.

    Args:
        size: number of points i.
        rates: λ, shape (k,), positive.
        dtype: precision of a tile's kernels; the sums of tiles are float64 in any case.
        tile: the largest number of distances given at once.
    """

    def __init__(self, size: int, rates: np.ndarray, dtype: type, tile: int):
        self._exact, self._dtype = rates, dtype
        self._rates = rates.astype(dtype).astype(float)  # those the kernels have
        self._chains = _chains(rates)
        self._nearest = np.full(size, np.finfo(float).max)
        self._sums = np.zeros((len(rates), size))  # of exp(-λ (s - nearest))
        self._gaps, self._kernels = np.empty((2, tile), dtype)  # kept, for fresh memory is slow

    def add(self, rows: slice, squared: np.ndarray) -> None:
        """Add a tile (b, w) of squared distances to the sums of `rows`, which are b points."""
        self._approach(rows, squared.min(axis=1))
        self._add_along(1, rows, squared, self._chains)

    def add_both(self, rows: slice, columns: slice, squared: np.ndarray) -> None:
        """Add a tile (b, w) along its rows to the sums of `rows`, and down to those of `columns`.

        Kernels as wide as the differences between the tile's nearest distances (`WIDEST`) serve
        both sums.
        """
        near_row, near_column = squared.min(axis=1), squared.min(axis=0)
        self._approach(rows, near_row)
        self._approach(columns, near_column)
        low, high = near_row.min(), max(near_row.max(), near_column.max())
        shared = sum(self._rates[chain[-1][0]] * (high - low) <= WIDEST for chain in self._chains)
        if shared:
            self._add_once(rows, columns, squared, (low + high) / 2, self._chains[:shared])
        if shared < len(self._chains):
            self._add_along(1, rows, squared, self._chains[shared:])
            self._add_along(0, columns, squared, self._chains[shared:])

    def merge(self, other: "KernelSums") -> None:
        """Add what another one, of the same size and rates, has summed of other tiles."""
        self._approach(slice(None), other._nearest)
        self._sums += other._sums * self._decay(other._nearest - self._nearest)

    def log(self) -> np.ndarray:
        """Log Sᵢ(λ), shape (k, size)."""
        return np.log(self._sums) - self._exact[:, None] * self._nearest

    def _approach(self, points, nearest):
        """Make sums relative to nearer points, where there are such."""
        known, sums = self._nearest[points], self._sums[:, points]
        nearer = np.flatnonzero(nearest < known)
        if nearer.size:
            sums[:, nearer] *= self._decay(known[nearer] - nearest[nearer])
            known[nearer] = nearest[nearer]

    def _add_along(self, axis, points, squared, chains):
        """Sum kernels relative to each point's own nearest one."""
        sums, ones = self._sums[:, points], np.ones(squared.shape[axis], self._dtype)
        for k, kernels in self._each(squared, np.expand_dims(self._nearest[points], axis), chains):
            sums[k] += kernels @ ones if axis else ones @ kernels

    def _add_once(self, rows, columns, squared, origin, chains):
        """Sum kernels relative to one distance, along both axes."""
        scales = [self._decay(origin - self._nearest[points]) for points in (rows, columns)]
        down, along = (np.ones(length, self._dtype) for length in squared.shape)
        for k, kernels in self._each(squared, origin, chains):
            self._sums[k, rows] += scales[0][k] * (kernels @ along)
            self._sums[k, columns] += scales[1][k] * (down @ kernels)

    def _each(self, squared, origin, chains):
        """Yield each rate's index and exp(-λ (squared - origin)), always in the same memory."""
        shape, size = squared.shape, squared.size
        gaps, kernels = self._gaps[:size].reshape(shape), self._kernels[:size].reshape(shape)
        with np.errstate(over="ignore"):  # too far for float32 is far enough
            np.subtract(squared, origin, out=gaps, casting="same_kind")
        for chain in chains:
            for k, doublings in chain:
                if not doublings:
                    np.multiply(gaps, self._dtype(-self._rates[k]), out=kernels)
                    if self._dtype is np.float64:
                        np.maximum(kernels, -700, out=kernels)  # below, exp takes ten times longer
                    np.exp(kernels, out=kernels)
                for _ in range(doublings):
                    np.multiply(kernels, kernels, out=kernels)
                yield k, kernels

    def _decay(self, gap):
        """exp(-λ gap) for each rate, shape (k, len(gap))."""
        with np.errstate(over="ignore"):
            return np.exp(-np.clip(self._rates[:, None] * gap, -700, 700))


def _chains(rates):
    """Rates in chains, each rate with how often the kernels before it are squared: 0 starts one."""
    chains = []
    for k in np.argsort(rates):
        for chain in chains:
            ratio = rates[k] / rates[chain[-1][0]]
            doublings = round(np.log2(ratio))
            used = sum(before for _, before in chain)
            if 0 < doublings <= DOUBLINGS - used and abs(ratio / 2.0**doublings - 1) < 1e-13:
                chain.append((k, doublings))
                break
        else:
            chains.append([(k, 0)])
    return sorted(chains, key=lambda chain: rates[chain[-1][0]])
