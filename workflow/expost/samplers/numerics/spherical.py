"""Spherical interpolation of codes."""

import numpy as np

NEAREST = 1e-7  # that the sum of two directions may come to 0, or rounding takes half of the digits


def between(starts: np.ndarray, ends: np.ndarray, t: np.ndarray | float) -> np.ndarray:
    """Codes on the arcs from `starts` to `ends`, seen from 0.

        z(t) = sin((1 - t) w) / sin w a + sin(t w) / sin w b,   w the angle between a and b

    Where w = 0 this is its limit, (1 - t) a + t b; a code at 0 itself has no direction, and counts
    as parallel to any. Norms are kept where those of a and b are equal. Both ends are exactly the
    given codes.

    Args:
        starts: codes a, float64 of shape (..., d).
        ends: codes b, of that shape.
        t: from 0 to 1, of a shape that broadcasts with (..., 1).

    Returns:
        float64, of the shape that these broadcast to.

    Raises:
        ValueError: codes lie opposite each other, w = π, where no arc is shorter than all others.

    References:
        Shoemake (1985), "Animating rotation with quaternion curves", SIGGRAPH; White (2016),
        "Sampling generative networks", arXiv:1609.04468.
    """
    a, b = _directions(starts), _directions(ends)
    apart, together = (np.linalg.norm(c, axis=-1, keepdims=True) for c in (a - b, a + b))
    known = a.any(axis=-1, keepdims=True) & b.any(axis=-1, keepdims=True)
    if (opposite := known & (together < NEAREST)).any():
        raise ValueError(
            f"{opposite.sum()} of {opposite.size} pairs of codes lie opposite each other as seen "
            f"from 0, the first is pair {np.flatnonzero(opposite)[0]}, and no arc between such is "
            "the shortest; take other pairs, or interpolate linearly"
        )
    angle = np.where(known, 2 * np.arctan2(apart, together), 0.0)  # of small ones to all digits
    flat = angle == 0
    sine = np.where(flat, 1.0, np.sin(angle))
    first = np.where(flat, 1 - t, np.sin((1 - t) * angle) / sine)
    second = np.where(flat, t, np.sin(t * angle) / sine)
    return first * starts + second * ends


def _directions(codes: np.ndarray) -> np.ndarray:
    """Codes of length 1, or 0 where they are 0; squares of any length are held."""
    largest = np.abs(codes).max(axis=-1, keepdims=True)
    codes = codes / np.where(largest > 0, largest, 1.0)
    length = np.linalg.norm(codes, axis=-1, keepdims=True)
    return codes / np.where(length > 0, length, 1.0)
