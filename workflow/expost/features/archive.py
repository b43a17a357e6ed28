"""Features of images in several spaces, as the named arrays of one archive and back."""

from dataclasses import fields
from pathlib import Path

import numpy as np

from .. import features
from .base import Features

PARTS = tuple(field.name for field in fields(Features))


def compute(
    images: np.ndarray, weights: dict[str, Path], device: str, precision: str = "float32"
) -> dict[str, np.ndarray]:
    """Features of images in every space that has a network.

    Args:
        images: uint8 (n, c, h, w).
        weights: name of a space -> the file with its network's weights.
        device: where to compute.
        precision: of the networks; another one than float32 becomes part of the space's name, so
            that every score says so.

    Returns:
        "{space}/vectors" (n, width) and, where the space has them, "{space}/probabilities" of the
        classes (n, classes) and "{space}/attributes", the probability of each (n, k); float32.
    """
    arrays = {}
    for space, path in weights.items():
        made = features.build(space, weights=path, device=device, precision=precision)(images)
        if precision != "float32":
            space = f"{space}_{precision}"
        arrays |= {
            f"{space}/{part}": array for part in PARTS if (array := getattr(made, part)) is not None
        }
    return arrays


def load(
    images: np.ndarray, arrays: dict[str, np.ndarray], codes: np.ndarray | None = None
) -> dict[str, Features]:
    """What `compute` gave, by space, after the pixels themselves and before the images' codes.

    Of vectors, float (n, d), in place of images the first space is that of the vectors.
    """
    if images.ndim == 2:
        spaces = {"vectors": Features(images)}
    else:
        spaces = {"pixels": features.build("pixels")(images)}
    for name in arrays:
        space, _, part = name.partition("/")
        if part == "vectors":
            spaces[space] = Features(*(arrays.get(f"{space}/{name}") for name in PARTS))
    return spaces if codes is None else spaces | {"codes": Features(codes)}
