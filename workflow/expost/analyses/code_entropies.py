"""The entropy of whitened codes, of several numbers of them, beside that of normal draws."""

from collections.abc import Iterable

import numpy as np

from ..divergences.entropy import entropy
from ..divergences.whitening import outliers, whitened
from ..runtime import seeding

NORMAL = "standard_normal"  # in place of an autoencoder
COLUMNS = ["dataset", "autoencoder", "size", "seed", "metric", "value"]


def of_codes(codes: np.ndarray, sizes: Iterable[int], rng: np.random.Generator) -> list[dict]:
    """Of so many codes each time, chosen at random, the fewer among the more.

    All codes are whitened, as the entropy is largest for normal ones among those of one covariance.

    Args:
        codes: shape (n, d).
        sizes: numbers of codes, at most n each.
        rng: chooses.

    Returns:
        Records of `size`, `metric` and `value`: the metrics are the `entropy` of all in nats, the
        number of `outliers`, and `entropy_trimmed`, of the others, whitened anew.

    Raises:
        ValueError: more codes are wanted than there are, or they cannot be whitened.
    """
    order, records = rng.permutation(len(codes)), []
    for size in sizes:
        if size > len(codes):
            raise ValueError(f"got {len(codes)} codes; wanted {size} of them, or more")
        chosen = whitened(codes[order[:size]])
        far = outliers(chosen)
        every = trimmed = entropy(chosen).nats
        if far.any():
            trimmed = entropy(whitened(chosen[~far])).nats
        found = {"entropy": every, "entropy_trimmed": trimmed, "outliers": float(far.sum())}
        records += [{"size": size, "metric": m, "value": value} for m, value in found.items()]
    return records


def of_normal(dimensions: int, sizes: Iterable[int], seed: int) -> list[dict]:
    """Of as many draws of N(0, I): the records of `of_codes`, and two metrics more.

    `entropy_raw` is of draws that are not whitened, and `entropy_true`, without a size, that of the
    law itself, d/2 log 2πe.

    Args:
        dimensions: of a code.
        sizes: numbers of draws.
        seed: names the sample.
    """
    rng, sizes = seeding.generator("entropy of normal draws", dimensions, seed), list(sizes)
    draws = rng.standard_normal((max(sizes), dimensions))
    raw = [
        {"size": size, "metric": "entropy_raw", "value": entropy(draws[:size]).nats}
        for size in sizes
    ]
    law = {"metric": "entropy_true", "value": dimensions / 2 * float(np.log(2 * np.pi * np.e))}
    return [*of_codes(draws, sizes, rng), *raw, law]
