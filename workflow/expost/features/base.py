"""What a space of comparison makes of images."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Features:
    """Images as a space sees them.

    Attributes:
        vectors: shape (n, width), float32.
        probabilities: of each class, shape (n, classes), float32; None where there are none.
        attributes: the probability of having each attribute, shape (n, k), float32; None where
            the space tells none. They are no law over classes: a row need not sum to 1.
    """

    vectors: np.ndarray
    probabilities: np.ndarray | None = None
    attributes: np.ndarray | None = None


def check_images(images: np.ndarray) -> None:
    """Refuse what is no batch of images.

    Raises:
        ValueError: `images` is not uint8 of shape (n, c, h, w) with n >= 1.
    """
    if images.ndim != 4 or images.dtype != np.uint8 or len(images) == 0:
        raise ValueError(
            f"images must be uint8 of shape (n >= 1, c, h, w), got {images.dtype} {images.shape}"
        )
