"""Points as metrics take them: checked, of a type that keeps them, in a unit that keeps squares."""

import numpy as np

from ..io.real_arrays import floating

ROUNDED = 0.01  # how far sums of probabilities may be from 1: bfloat16 has digits for no less


def checked(values, what: str, least: int = 1, advice: str = "") -> np.ndarray:
    """Rows of finite numbers, float32 or float64, out of what `real_arrays.real` can read.

    No number is changed but those that float64 cannot hold; arrays of these types are not copied.

    Args:
        values: shape (n, width).
        what: they are, a plural, for errors.
        least: rows that are wanted.
        advice: what to do about values that are not finite.

    Raises:
        TypeError: they are not real numbers.
        ValueError: another shape, too few, or not all finite.
    """
    array = floating(values, what)
    if array.ndim != 2 or len(array) < least or not array.shape[1]:
        raise ValueError(
            f"{what} must have shape (n >= {least}, width >= 1), got {array.shape}"
            + ("; hand in more" if array.ndim == 2 and len(array) < least else "")
        )
    if len(array) and not np.isfinite([array.min(), array.max()]).all():
        bad = np.count_nonzero(~np.isfinite(array).all(axis=1))
        raise ValueError(
            f"{bad} of {len(array)} {what} are not finite; {advice or 'leave these out'}"
        )
    return array


def laws(values, what: str, least: int = 1, advice: str = "") -> np.ndarray:
    """Laws over classes, a row each, checked as any points are.

    Raises:
        TypeError, ValueError: see `checked`; or rows are no laws.
    """
    p = checked(values, what, least, advice)
    if (p < 0).any() or np.abs(p.sum(axis=1, dtype=np.float64) - 1).max() > ROUNDED:
        raise ValueError(
            f"{what} must be >= 0 with rows that sum to 1, got values from {p.min():.3g} to "
            f"{p.max():.3g}; were these logits? apply the softmax"
        )
    return p


def same_width(**samples: np.ndarray) -> None:
    """Refuse samples, by name, of different widths.

    Raises:
        ValueError: which widths.
    """
    widths = {name: sample.shape[1] for name, sample in samples.items()}
    if len(set(widths.values())) > 1:
        got = ", ".join(f"{name} ones of width {width}" for name, width in widths.items())
        raise ValueError(f"got {got}; take all points from one space")


def in_one_unit(*samples: np.ndarray, power: int = 2) -> tuple[list[np.ndarray], float]:
    """Samples times one number, so that powers of their distances neither vanish nor overflow.

    It is 1 but for extreme spreads, and then a power of 2, so that all digits stay.

    Args:
        samples: shape (n >= 1, width) each, float32 or float64, finite.
        power: the highest that is taken, 2 or 4.

    Returns:
        The samples, not copied if the number is 1, and the number.
    """
    if all(sample.dtype == np.float32 for sample in samples):  # its extremes are not extreme
        return list(samples), 1.0
    low = np.min([sample.min(axis=0) for sample in samples], axis=0)
    high = np.max([sample.max(axis=0) for sample in samples], axis=0)
    half = float(np.max(high / 2 - low / 2))  # the whole may be more than float64 holds
    unit = unit_of(half, power)
    return [sample if unit == 1 else sample * unit for sample in samples], unit


def unit_of(extent: float, power: int = 2) -> float:
    """What to multiply an extreme extent with, a power of 2; 1 for any other.

    A large one stays as large as may be, as one outlier can be the reason for it.
    """
    largest = 10.0 ** (240 / power)
    if extent == 0 or 1 / largest < extent < largest:
        return 1.0
    wanted = largest if extent > 1 else 1.0
    return float(np.exp2(np.clip(np.rint(np.log2(wanted) - np.log2(extent)), -1000, 1000)))


def held(value: float, what: str) -> float:
    """A value, unless it is more than float64 holds.

    Raises:
        ValueError: it overflowed.
    """
    if not np.isfinite(value):
        raise ValueError(
            f"{what} is more than float64 holds; divide the points by their scale before"
        )
    return float(value)
