"""Which codes a sampler is fitted to, which it is compared with, and which are the control."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..datasets.codes import MOST_DRAWS, MOST_FITTED
from ..runtime.seeding import generator
from . import codes_given

FOLDS = 4  # a quarter of the codes is held out
FEWEST = 6  # codes on either side of a comparison: balls reach to the fifth neighbour


@dataclass(frozen=True, eq=False)
class Parts:
    """The codes of one seed, float64, no row of `codes` or of `test` in two of them.

    Attributes:
        seed: which.
        fitted: what samplers are fitted to, in random order, (size, d).
        reference: held-out codes that draws are compared with, (m, d).
        other: as many other ones, the control `held_out`, (m, d).
    """

    seed: int
    fitted: np.ndarray
    reference: np.ndarray
    other: np.ndarray


def sizes(
    n: int, n_test: int | None, size: int | None, draws: int | None
) -> tuple[int, int, int, int]:
    """How many codes are fitted and drawn, and of how many each.

    Args:
        n: codes that were given.
        n_test: test codes, None where a share of the codes is held out.
        size: codes a fit, None for all, at most `MOST_FITTED`.
        draws: new codes, None for half of the held-out ones, at most `MOST_DRAWS`.

    Returns:
        Fitted and drawn, and how many could be of each.

    Raises:
        ValueError: there are too few codes for that; says how many are wanted.
    """
    held = n // FOLDS if n_test is None else n_test
    left = n - -(-n // FOLDS) if n_test is None else n
    if held < 2 * FEWEST:
        wanted = 2 * FEWEST * FOLDS
        raise ValueError(
            f"got {n} codes; wanted at least {wanted}, as a quarter is held out and scores need "
            f"{2 * FEWEST}"
            if n_test is None
            else f"got {n_test} test codes; wanted at least {2 * FEWEST}: half of them are "
            "compared with draws, half are the control held_out"
        )
    whose = "held-out codes" if n_test is None else "test codes"
    for name, got, least, most, of in (
        ("size", size, 2, left, "codes are left to fit to"),
        ("draws", draws, FEWEST, held // 2, f"is half of the {whose}"),
    ):
        if got is not None and not least <= got <= most:
            raise ValueError(f"got {name} {got}; wanted {least} to {most}, as {most} {of}")
    return size or min(left, MOST_FITTED), draws or min(held // 2, MOST_DRAWS), left, held // 2


def split(
    codes: np.ndarray, test: np.ndarray | None, seeds: list[int], size: int, draws: int
) -> Iterator[Parts]:
    """The parts of each seed; which rows they are depends on the seed and their number only.

    Without test codes, a random order is cut into quarters, of which each of four seeds holds out
    another one; so no code is held out by two of them. With test codes, each seed takes them, and
    those to fit to, in an order of its own.

    Args:
        codes: (n, d), of any real type.
        test: (m, d) or None.
        seeds: a part each.
        size: see `sizes`.
        draws: see `sizes`.

    Raises:
        ValueError: values that are not finite among those that are taken.
    """
    for seed in seeds:
        if test is None:
            order = generator("compare", "folds", seed // FOLDS).permutation(len(codes))
            quarters = np.array_split(order, FOLDS)
            held, source, name = quarters.pop(seed % FOLDS), codes, "codes"
            rest = generator("compare", "fitted", seed).permutation(np.concatenate(quarters))
        else:
            held, source, name = (
                generator("compare", "test", seed).permutation(len(test)),
                test,
                "test",
            )
            rest = generator("compare", "fitted", seed).permutation(len(codes))
        held_out = codes_given.finite(source[held[: 2 * draws]], name)
        yield Parts(
            seed,
            codes_given.finite(codes[rest[:size]]),
            held_out[:draws],
            held_out[draws:],
        )
