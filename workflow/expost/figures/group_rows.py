"""Blocks of rows of images drawn for groups: which row shows what, under which label."""

from collections.abc import Sequence

import numpy as np

from ..analyses import recombination
from ..datasets import image_groups
from . import gallery


def targeted_sampling(
    runs: Sequence[tuple], images: Sequence[np.ndarray], drawn: Sequence[np.ndarray]
) -> list[dict[str, np.ndarray]]:
    """Blocks for `gallery.sample_grid`: untargeted draws of every method, then each target's.

    Args:
        runs: (dataset, autoencoder, sampler, epoch, size, seed) of each.
        images: of each run, uint8 (n, c, h, w).
        drawn: what each image was drawn as, (n,) strings.
    """
    blocks = []
    for target in dict.fromkeys(drawn[0].tolist()):
        words = target if target == image_groups.NOBODY else image_groups.label(target)
        blocks.append(
            {f"{label}, {words}": images[i][drawn[i] == target] for i, label in gallery.order(runs)}
        )
    return blocks


def recombined(
    runs: Sequence[tuple],
    images: Sequence[np.ndarray],
    drawn: Sequence[np.ndarray],
    originals: Sequence[np.ndarray],
    first: int | str,
    second: int | str,
) -> list[dict[str, np.ndarray]]:
    """A block a method: a group, with the other's margins, nearest codes and originals, the other.

    Args:
        runs: (dataset, autoencoder, sampler, epoch, size, seed) of each.
        images: of each run, uint8 (n, c, h, w).
        drawn: what each image was drawn as, (n,) strings of `recombination.PARTS`.
        originals: of each run, the training images of the nearest codes.
        first: the group whose dependence is taken.
        second: the group whose margins are taken.
    """
    one, other = image_groups.label(first), image_groups.label(second)
    words = (one, f"{one} with margins of {other}", "nearest training codes", other)
    blocks = []
    for i, label in gallery.order(runs):
        rows = {}
        for part, name in zip(recombination.PARTS, words, strict=True):
            rows[f"{label}, {name}"] = images[i][drawn[i] == part]
            if part == "nearest":
                rows[f"{label}, their originals"] = originals[i]
        blocks.append(rows)
    return blocks
