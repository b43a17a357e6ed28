"""A two-way table of scores, once a seed: what rows, columns and chance have to do with them."""

from itertools import combinations
from typing import NamedTuple

import numpy as np

from .intervals import t_half_width

PARTS = ("rows", "columns", "both", "seeds")  # of the variance
SEED, ROW, COLUMN = range(3)  # axes of the scores
EFFECTS = {"rows": (ROW,), "columns": (COLUMN,), "both": (ROW, COLUMN)}


class Effect(NamedTuple):
    """Sum of squares of an effect, and the test that there is none.

    Attributes:
        squares: sum of squares.
        freedom: its degrees of freedom.
        error_squares: of the effect's interaction with the seeds, which it is tested against.
        error_freedom: its degrees of freedom.
        f: ratio of both mean squares.
        p: of so large an f without the effect, if differences between levels vary alike.
        cautious_p: an upper bound of p that wants no such thing (1 and n - 1 degrees of freedom).
    """

    squares: float
    freedom: int
    error_squares: float
    error_freedom: int
    f: float
    p: float
    cautious_p: float


class TwoWay(NamedTuple):
    """What `decompose` gives.

    Attributes:
        effects: rows, columns and both -> their sums of squares and tests.
        seed_squares: sum of squares of the seeds' own means.
        eta: of each of `PARTS`, its share of the total sum of squares; they sum to 1.
        omega: likewise, without bias; they sum to 1, and chance makes some negative.
        half_width: of the 95 % interval of each omega; NaN of fewer than three seeds.
        lead: omega of rows less that of columns.
        lead_half_width: of its 95 % interval.
    """

    effects: dict[str, Effect]
    seed_squares: float
    eta: dict[str, float]
    omega: dict[str, float]
    half_width: dict[str, float]
    lead: float
    lead_half_width: float


def decompose(values: np.ndarray) -> TwoWay:
    r"""How much of the variance of scores is the rows', the columns', of both together, or chance.

        y_kij = m + R_i + C_j + (RC)_ij + S_k + (SR)_ki + (SC)_kj + e_kij

    Scores of one seed k share data, and those of one seed and row share a training: rows vary
    between trainings, columns within them, as in a split plot whose blocks are seeds. So each
    effect is tested against its own interaction with the seeds: rows against (SR), which is the
    luck of trainings, columns against (SC), both together against e. That is right with all, some
    or none of these if differences between levels vary alike; the cautious p needs no such thing.

    With V the sum of squares of an effect, f its degrees of freedom, E the mean square it is tested
    against, T the total, and M the mean square of the seeds:

        eta² = V / T,   omega² = (V - f E) / (T + M).

    eta² of many levels and few seeds is far above 0 where there is no effect. The numerators of
    omega² over their number of cells are unbiased for the mean squares of R, C and (RC), as they
    are the mean products of the effect in one seed and in another; the denominator is for these and
    the variance over seeds of a cell, which is the rest.

    Intervals are Tukey's jackknife, with Student's t, leaving one seed out. Simulated with normal
    errors and 3 seeds, 91 to 99 % of them held the true difference of rows and columns. A bootstrap
    of three seeds has ten different samples and is not sound.

    Args:
        values: shape (seeds >= 2, rows >= 2, columns >= 2), finite.

    Raises:
        ValueError: another shape, values that are not finite, or all equal.

    References:
        Yates (1935), "Complex experiments", J. Royal Statistical Society Supplement 2; Geisser &
        Greenhouse (1958), "An extension of Box's results on the use of the F distribution", Annals
        of Mathematical Statistics 29; Olejnik & Algina (2003), "Generalized eta and omega squared
        statistics", Psychological Methods 8; Arvesen (1969), "Jackknifing U-statistics", Annals of
        Mathematical Statistics 40.
    """
    values = np.asarray(values, float)
    if values.ndim != 3 or min(values.shape) < 2:
        raise ValueError(
            f"got scores of shape {values.shape}; wanted (seeds, rows, columns), each 2 or more"
        )
    if not np.isfinite(values).all():
        raise ValueError("got scores that are not finite; a decomposition wants numbers alone")
    if np.ptp(values) == 0:
        raise ValueError(f"got scores that are all {values.flat[0]:g}: there is no variance")
    n, squares = len(values), _squares(values)
    total = sum(squares.values())
    effects = {name: _effect(squares, axes, values.shape) for name, axes in EFFECTS.items()}
    eta = {name: effect.squares / total for name, effect in effects.items()}
    omega = _omega(values)
    left = [_omega(np.delete(values, k, axis=SEED)) for k in range(n)] if n > 2 else []
    half = dict.fromkeys(omega, float("nan"))
    if left:
        spread = {name: np.std([one[name] for one in left], ddof=1) for name in omega}
        half = {name: t_half_width((n - 1) * spread[name], n) for name in omega}
    return TwoWay(
        effects,
        squares[(SEED,)],
        eta | {"seeds": 1 - sum(eta.values())},
        {name: omega[name] for name in PARTS},
        {name: half[name] for name in PARTS},
        omega["lead"],
        half["lead"],
    )


def _squares(values: np.ndarray) -> dict[tuple[int, ...], float]:
    """Sums of squares of all effects and interactions, by their axes."""
    found = {}
    for axes in (axes for k in (1, 2, 3) for axes in combinations(range(3), k)):
        others = tuple(axis for axis in range(3) if axis not in axes)
        part = values.mean(axis=others, keepdims=True)
        for axis in axes:
            part = part - part.mean(axis=axis, keepdims=True)
        found[axes] = float(np.sum(part**2)) * values.size / part.size
    return found


def _effect(squares: dict, axes: tuple[int, ...], shape: tuple[int, ...]) -> Effect:
    """The F test of an effect against its own interaction with the seeds."""
    from scipy.special import fdtrc  # of F, without the wait for scipy.stats

    freedom, n = int(np.prod([shape[axis] - 1 for axis in axes])), shape[SEED]
    own, error = squares[axes], squares[(SEED, *axes)]
    with np.errstate(divide="ignore", invalid="ignore"):  # without error it is infinite, or unknown
        f = float(np.float64(own * (n - 1)) / error)  # of n - 1 times as many degrees of freedom
    p, cautious = (float(fdtrc(freedoms, freedoms * (n - 1), f)) for freedoms in (freedom, 1))
    return Effect(own, freedom, error, freedom * (n - 1), f, p, max(p, cautious))


def _omega(values: np.ndarray) -> dict[str, float]:
    """The unbiased shares, and by how much that of rows is larger than that of columns."""
    n, squares = len(values), _squares(values)
    whole = sum(squares.values()) + squares[(SEED,)] / (n - 1)
    if not whole:
        return dict.fromkeys([*PARTS, "lead"], float("nan"))
    unbiased = {k: squares[axes] - squares[(SEED, *axes)] / (n - 1) for k, axes in EFFECTS.items()}
    found = {name: value / whole for name, value in unbiased.items()}
    found["seeds"] = 1 - sum(found.values())
    return found | {"lead": found["rows"] - found["columns"]}
