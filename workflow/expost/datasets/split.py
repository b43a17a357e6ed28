"""A fixed split into training and test part for sets that come without one."""

from collections.abc import Sequence

import numpy as np

from ..io.untrusted import Problems
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


def stratified(
    labels: np.ndarray, names: Sequence[str], test: int | float, *identity
) -> tuple[np.ndarray, np.ndarray]:
    """As `split`, with each class in both parts, in the proportions of all images up to rounding.

    Where fewer images are held out than there are classes, some classes have none among them.

    Args:
        labels: classes 0, 1, ..., integers (n,), each of which some image has.
        names: of the classes.
        test: how many, or which fraction, to hold out.
        identity: names the split.

    Raises:
        ValueError: a class has a single image, or `test` leaves too few images for training.
    """
    n, sizes = len(labels), np.bincount(labels, minlength=len(names))
    count, problems = held_out_count(n, test), Problems()
    for label in np.flatnonzero(sizes < 2):
        problems.add(
            f"class {names[label]} has one image, and a random split needs two, one for each part: "
            "add images, remove the class, or give folders `train` and `test`"
        )
    problems.refuse("classes of one image")
    if n - count < len(names):
        raise ValueError(
            f"test: {test} of {n} images leaves {n - count} for training, fewer than there are "
            f"classes, {len(names)}; hold out {n - len(names)} at most"
        )
    held = _shares(sizes, count)
    rows = generator("split", *identity).permutation(n)
    by_class = np.argsort(labels[rows], kind="stable")
    place = np.empty(n, int)  # of a row among the rows of its class
    place[by_class] = np.arange(n) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    tested = place < held[labels[rows]]
    return rows[~tested], rows[tested]


def _shares(sizes, count):
    """How many of each class are held out: of exact shares the floors, and one more of the rest."""
    exact = sizes * (count / sizes.sum())
    least = int(count >= len(sizes))
    shares = np.clip(np.floor(exact).astype(int), least, sizes - 1)
    while missing := count - shares.sum():
        step = np.sign(missing)
        free = shares < sizes - 1 if step > 0 else shares > least
        order = np.argsort(step * (shares - exact), kind="stable")
        shares[order[free[order]][: abs(missing)]] += step
    return shares
