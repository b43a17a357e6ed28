"""Codes on the way from one code to another."""

import numpy as np

from ..io.real_arrays import real
from ..runtime.option_values import choice, count
from ..samplers.numerics import spherical

PATHS = ("linear", "spherical")


def between(starts: np.ndarray, ends: np.ndarray, steps: int, path: str = "linear") -> np.ndarray:
    """Codes at equal steps on the way from `starts` to `ends`, both included.

        z(t) = (1 - t) a + t b,   t = 0, 1 / (steps - 1), ..., 1

    on straight lines; `numerics.spherical.between` has the formula of arcs.

    Both ends are exactly the given codes.

    Args:
        starts: codes a, shape (k, d), finite.
        ends: codes b, shape (k, d), finite.
        steps: codes a line, at least 2.
        path: `linear`, or `spherical`: on arcs as seen from 0, at equal steps of the angle.

    Returns:
        Shape (k, steps, d), of the codes' type where that is a float.

    Raises:
        TypeError: the codes are not real numbers.
        ValueError: shapes that differ, too few steps, an unknown path, or an arc between codes that
            lie opposite each other.

    References:
        EBCAE paper, Appendix E, of lines; RAE paper, section 7.2, of arcs.
    """
    starts, ends = real(starts, "starts"), real(ends, "ends")
    if starts.ndim != 2 or starts.shape != ends.shape:
        raise ValueError(
            f"starts and ends must have one shape (k, d), got {starts.shape} and {ends.shape}"
        )
    if bad := np.count_nonzero(~np.isfinite([starts, ends])):
        raise ValueError(f"{bad} of {2 * starts.size} numbers of both ends are not finite")
    count("steps, both ends included,", steps, least=2)
    choice("path", path, PATHS)
    t = np.linspace(0, 1, steps)[:, None]
    kind = np.result_type(starts, ends, np.float32)
    if path == "spherical":
        a, b = (codes.astype(np.float64)[:, None] for codes in (starts, ends))
        return spherical.between(a, b, t).astype(kind)
    codes = (1 - t) * starts[:, None] + t * ends[:, None]  # (k, steps, d)
    return codes.astype(kind)
