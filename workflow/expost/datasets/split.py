"""A fixed split into training and test part for sets that come without one."""

import numpy as np

from ..runtime.seeding import generator


def held_out_count(n: int, test: int | float) -> int:
    """How many of `n` images `test`, a count or a fraction in (0, 1), leaves for testing.

    Raises:
        ValueError: it is neither, or leaves one of the two parts empty.
    """
    whole = isinstance(test, int) and not isinstance(test, bool)
    if not whole and not (isinstance(test, float) and 0 < test < 1):
        raise ValueError(f"test: got {test!r}, wanted a number of images or a fraction in (0, 1)")
    count = test if whole else round(test * n)
    if not 0 < count < n:
        raise ValueError(
            f"test: {test} of {n} images leaves {n - count} for training and {count} for testing; "
            "both parts need some"
        )
    return count


def split(n: int, test: int | float, *identity) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers of the training and of the test part, in random but fixed order.

    The rows are shuffled, so the first m of a part are a random sample of it even where the
    images came sorted by class.

    Args:
        n: number of images.
        test: how many, or which fraction, to hold out.
        identity: names the split; the same names and `n` give the same permutation for ever.
    """
    count = held_out_count(n, test)
    rows = generator("split", *identity).permutation(n)
    return rows[count:], rows[:count]
