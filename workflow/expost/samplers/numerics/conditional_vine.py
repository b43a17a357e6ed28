"""Draws of a fitted vine given the values of some columns."""

import numpy as np

from ...runtime.threads import limited


def conditioning_set(sampler, d: int) -> list[int]:
    """The numbers of the columns that a vine's trees are to begin with.

    Args:
        sampler: the vine; it knows the names of the columns if it is fitted to a data frame.
        d: dimensions of the codes.

    Raises:
        ValueError: they are not among the columns, or leave none to draw; says which there are.
    """
    wanted = list(sampler.conditioning_set or ())
    names = list(getattr(sampler, "feature_names_in_", ()))
    found = [names.index(one) if one in names else one for one in wanted]
    known = all(not isinstance(one, str) and one < d for one in found)
    if not known or len(set(found)) >= d or len(set(found)) < len(found):
        called = f", or of the names {', '.join(names)}" if names else " (these have no names)"
        raise ValueError(
            f"got conditioning_set {wanted} for codes of {d} dimensions; wanted fewer than {d} "
            f"different columns of 0..{d - 1}{called}"
        )
    return [int(one) for one in found]


def sample(vine, measured, columns: np.ndarray, values: np.ndarray, seeds: list[int]) -> np.ndarray:
    """One draw for each row of values, by the inverse Rosenblatt transform.

        u_1 = F_1(v_1), ..., u_k = F_k(v_k),   u_{k+1} = C⁻¹(w_{k+1} | u_1, ..., u_k), ...

    Args:
        vine: a `pyvinecopulib.Vinedist`, of scores of the codes.
        measured: what makes codes scores, and back: `ColumnScores`, or `Identity`.
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
    scores = measured.scores(values, columns)
    ends = [vine.margins[column].grid_points[[0, -1]] for column in columns]
    low, high = measured.codes(np.transpose(ends), columns)
    for j, column in enumerate(columns.tolist()):
        density = vine.margins[column].pdf(np.ascontiguousarray(scores[:, j]))
        if (density <= 0).any():
            raise ValueError(
                f"got the `given` value {values[density <= 0, j][0]:g} for column {column}, where "
                f"the vine's margin has no density; it reaches from about {low[j]:.3g} to "
                f"{high[j]:.3g}"
            )
    try:
        drawn = vine.sample_conditional(
            scores,
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
    return measured.codes(np.ascontiguousarray(drawn))
