"""Draws of a fitted vine given the values of some columns."""

import numpy as np

from ...runtime.threads import limited


def check(conditioning_set: list[int] | None, d: int) -> None:
    """Refuse columns that codes in d dimensions have not, or that leave none to draw.

    Raises:
        ValueError: which, and which there are.
    """
    wanted = conditioning_set or ()
    if any(column >= d for column in wanted) or len(wanted) >= d:
        raise ValueError(
            f"got conditioning_set {list(wanted)} for codes of {d} dimensions; wanted fewer than "
            f"{d} columns of 0..{d - 1}"
        )


def sample(vine, columns: np.ndarray, values: np.ndarray, seeds: list[int]) -> np.ndarray:
    """One draw for each row of values, by the inverse Rosenblatt transform.

        u_1 = F_1(v_1), ..., u_k = F_k(v_k),   u_{k+1} = C⁻¹(w_{k+1} | u_1, ..., u_k), ...

    Args:
        vine: a `pyvinecopulib.Vinedist`.
        columns: those that have values, shape (k,), k < d.
        values: shape (n, k).
        seeds: of the uniforms w.

    Returns:
        Shape (n, d).

    Raises:
        ValueError: no order in which this vine can be drawn begins with these columns, or a value
            is where a margin has no density.

    References:
        Czado (2019), "Analyzing dependent data with vine copulas", chapter 6.
    """
    for column, given in zip(columns.tolist(), values.T, strict=True):
        margin = vine.margins[column]
        nowhere = given[margin.pdf(np.ascontiguousarray(given)) <= 0]
        if nowhere.size:
            raise ValueError(
                f"got the `given` value {nowhere[0]:g} for column {column}, where the vine's "
                f"margin has no density; it reaches from about {margin.grid_points[0]:.3g} to "
                f"{margin.grid_points[-1]:.3g}"
            )
    try:
        codes = vine.sample_conditional(
            values,
            conditioning_set=(columns + 1).tolist(),
            num_threads=limited(),
            seeds=seeds,
        )
    except RuntimeError as error:
        if "admissible" not in str(error):
            raise
        raise ValueError(
            f"this vine cannot be drawn from given columns {sorted(columns.tolist())} together, as "
            "its trees allow no order that begins with them; fit one with "
            f"conditioning_set={sorted(columns.tolist())}, or give one column"
        ) from None
    return np.ascontiguousarray(codes)
