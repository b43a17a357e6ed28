"""Features of images in several spaces, as the named arrays of one archive and back."""

from pathlib import Path

import numpy as np

from . import features
from .features.base import Features


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
        "{space}/vectors" (n, k) and "{space}/probabilities" (n, classes), float32.
    """
    arrays = {}
    for space, path in weights.items():
        found = features.build(space, weights=path, device=device, precision=precision)(images)
        if precision != "float32":
            space = f"{space}_{precision}"
        arrays[f"{space}/vectors"] = found.vectors
        arrays[f"{space}/probabilities"] = found.probabilities
    return arrays


def load(
    images: np.ndarray, arrays: dict[str, np.ndarray], codes: np.ndarray | None = None
) -> dict[str, Features]:
    """What `compute` gave, by space, after the pixels themselves and before the images' codes."""
    spaces = {"pixels": features.build("pixels")(images)}
    for name in arrays:
        space, part = name.split("/")
        if part == "vectors":
            spaces[space] = Features(arrays[name], arrays.get(f"{space}/probabilities"))
    return spaces if codes is None else spaces | {"codes": Features(codes)}
