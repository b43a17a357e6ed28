"""Bernstein copulas: draws, the density, and the degree that makes held-out codes likeliest."""

import numpy as np

from ...runtime.threads import limited
from ...stats.kernel_tiles import spans

BLOCK = 2**15  # beta draws of one generator: a millisecond
TILE = 2**18  # pairs of a point and a code at once: 2 MB, which stay in cache
FOLDS = 10
SCORED = 2000  # held-out codes at most, in all folds together: time grows with this times n


def ranks(codes: np.ndarray) -> np.ndarray:
    """Ranks 1..n in each column, shape (n, d), of equal values in the order they come."""
    columns = codes.T.copy()
    found = np.empty(columns.shape, dtype=np.int32)
    for column, rank in zip(columns, found, strict=True):
        order = np.argsort(column)
        ascending = column[order]
        if (ascending[1:] == ascending[:-1]).any():  # a stable order takes five times as long
            order = np.argsort(column, kind="stable")
        rank[order] = np.arange(1, len(codes) + 1)
    return found.T.copy()


def coarsen(ranks: np.ndarray, degree: int) -> np.ndarray:
    """⌈R m / n⌉ for ranks R of n codes, shape (n, d): the cells 1..m of a grid of degree m."""
    cells = -(-ranks.astype(np.int64) * degree // len(ranks))
    return cells.astype(np.int32)


def draws(cells: np.ndarray, degree: int, rng: np.random.Generator) -> np.ndarray:
    """Beta(r, m + 1 - r) for each of the cells r, independently.

    Many are drawn in blocks with a generator each, which threads share out among themselves: the
    draws do not depend on how many threads there are.

    Args:
        cells: r, integers 1..m, shape (n, d).
        degree: m.
        rng: random generator.

    Returns:
        Shape (n, d), in [0, 1].
    """
    blocks = -(-cells.size // BLOCK)
    if blocks < 2:
        return rng.beta(cells, degree + 1 - cells)
    from concurrent.futures import ThreadPoolExecutor

    generators = [np.random.default_rng(seed) for seed in rng.integers(2**63, size=(blocks, 2))]
    with ThreadPoolExecutor(limited()) as pool:
        parts = pool.map(
            lambda part, generator: generator.beta(part, degree + 1 - part),
            np.array_split(cells, blocks),
            generators,
        )
        return np.concatenate(list(parts))


def log_density(u: np.ndarray, cells: np.ndarray, degree: int) -> np.ndarray:
    """Log-density of a Bernstein copula, in log space throughout.

        c(u) = 1/n Σᵢ Πⱼ m B(rᵢⱼ - 1; m - 1, uⱼ),   B(k; m, p) = (m over k) pᵏ (1 - p)ᵐ⁻ᵏ

    As log B(k; m, p) = log (m over k) + k logit p + m log(1 - p), the sum over j is a product of
    matrices. Errors are those of rounding: about 1e-16 m d.

    Args:
        u: points inside the unit cube, shape (q, d); 0 and 1 are outside.
        cells: r, integers 1..m, shape (n, d).
        degree: m.

    Returns:
        Shape (q,). Memory beside the arguments is that of `cells` in float64.
    """
    n, d = cells.shape
    successes = (cells - 1).astype(float)
    ways = _log_binomials(degree - 1)[cells - 1].sum(axis=1)
    log_odds = np.log(u) - np.log1p(-u)
    sums = np.empty(len(u))
    for rows in spans(0, len(u), max(1, TILE // n)):
        exponents = log_odds[rows] @ successes.T  # (rows, n)
        exponents += ways
        highest = exponents.max(axis=1)
        exponents -= highest[:, None]
        np.maximum(exponents, -700, out=exponents)  # below, exp takes ten times longer
        sums[rows] = highest + np.log(np.exp(exponents, out=exponents).sum(axis=1))
    failures = (degree - 1) * np.log1p(-u).sum(axis=1)  # as if all trials were
    return sums + failures + d * np.log(degree) - np.log(n)


def log_weights(u: np.ndarray, cells: np.ndarray, degree: int) -> np.ndarray:
    """How likely each code makes points, but for a number that is the same for all codes.

        log Πⱼ B(rᵢⱼ - 1; m - 1, uⱼ)

    Args:
        u: points inside the unit cube, shape (q, k); 0 and 1 are outside.
        cells: r, integers 1..m, shape (n, k).
        degree: m.

    Returns:
        Shape (q, n).
    """
    log_odds = np.log(u) - np.log1p(-u)
    ways = _log_binomials(degree - 1)[cells - 1].sum(axis=1)
    return log_odds @ (cells - 1).astype(float).T + ways


def degrees_to(n: int) -> np.ndarray:
    """The degrees tried for n codes: 1, 2, 3, 4, 6, 8, 12, ... in ratios of 3/2 and 4/3, and n.

    Those for which a fold leaves too few codes are left out, as they would be n there too.
    """
    steps = {2**k * base // 2 for k in range(n.bit_length() + 1) for base in (2, 3)}
    return np.array([*sorted(m for m in steps if m * FOLDS < n * (FOLDS - 1)), n])


def cross_validate(codes: np.ndarray, degrees: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Mean copula log-density of held-out codes under the ranks of the other folds, per degree.

    A held-out code x becomes the point with u_j = (number of the other codes below x_j, one that
    ties counting half, + ½) / (their number + 1): its place among them. Like the copula it depends
    on ranks only, so that margins, which are the same for all degrees, play no part; on principal
    components of digits, the margins' own F in its place chose the same degree. In a fold, a degree
    is at most the number of codes that the copula is made of.

    Args:
        codes: shape (n, d), n at least `FOLDS`. Of more than `SCORED` a random part is held out.
        degrees: m, shape (k,).
        rng: random generator.

    Returns:
        Shape (k,); that of degree 1, independence, is 0.
    """
    total, count = np.zeros(len(degrees)), 0
    for fold in np.array_split(rng.permutation(len(codes)), FOLDS):
        others = np.delete(codes, fold, axis=0)
        u, known = _places(codes[fold[: SCORED // FOLDS]], others), ranks(others)
        for k, degree in enumerate(np.minimum(degrees, len(others)).tolist()):
            total[k] += log_density(u, coarsen(known, degree), degree).sum()
        count += len(u)
    return total / count


def _places(codes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Where codes (q, d) lie among others, shape (q, d), inside the unit cube."""
    u = np.empty(codes.shape)
    for j, column in enumerate(np.sort(others, axis=0).T):
        below, up_to = (np.searchsorted(column, codes[:, j], side) for side in ("left", "right"))
        u[:, j] = (below + up_to + 1) / (2 * len(others) + 2)
    return u


def _log_binomials(m: int) -> np.ndarray:
    """Log (m over k) for k = 0..m."""
    factorials = np.concatenate([[0.0], np.log(np.arange(1, m + 1)).cumsum()])
    return factorials[m] - factorials - factorials[::-1]
