"""Codes on the way from one code to another."""

import numpy as np

from ..io.real_arrays import real


def between(starts: np.ndarray, ends: np.ndarray, steps: int) -> np.ndarray:
    """Codes at equal steps on the straight lines from `starts` to `ends`, both included.

        z(t) = (1 - t) a + t b,   t = 0, 1 / (steps - 1), ..., 1

    Both ends are exactly the given codes.

    Args:
        starts: codes a, shape (k, d), finite.
        ends: codes b, shape (k, d), finite.
        steps: codes a line, at least 2.

    Returns:
        Shape (k, steps, d), of the codes' type where that is a float.

    Raises:
        TypeError: the codes are not real numbers.
        ValueError: shapes that differ, or too few steps.

    References:
        EBCAE paper, Appendix E.
    """
    starts, ends = real(starts, "starts"), real(ends, "ends")
    if starts.ndim != 2 or starts.shape != ends.shape:
        raise ValueError(
            f"starts and ends must have one shape (k, d), got {starts.shape} and {ends.shape}"
        )
    if steps < 2:
        raise ValueError(f"got {steps} steps; wanted at least 2, the ends")
    t = np.linspace(0, 1, steps)[:, None]
    codes = (1 - t) * starts[:, None] + t * ends[:, None]  # (k, steps, d)
    return codes.astype(np.result_type(starts, ends, np.float32))
