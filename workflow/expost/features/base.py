"""What a space of comparison makes of images."""

from dataclasses import dataclass

import numpy as np

from ..io.real_arrays import real


@dataclass(frozen=True, eq=False)
class Features:
    """Images as a space sees them.

    Attributes:
        vectors: shape (n, width), float32; of a caller's own any that `real_arrays.real` can read.
        probabilities: of each class, shape (n, classes), float32; None where there are none.
        attributes: the probability of having each attribute, shape (n, k), float32; None where
            the space tells none. They are no law over classes: a row need not sum to 1.
    """

    vectors: np.ndarray
    probabilities: np.ndarray | None = None
    attributes: np.ndarray | None = None


def check_images(images: np.ndarray) -> np.ndarray:
    """An array of a batch of images; what is none is refused.

    Raises:
        TypeError: `images` are not real numbers.
        ValueError: `images` is not uint8 of shape (n, c, h, w) with n >= 1.
    """
    images = real(images, "images")
    if images.ndim != 4 or images.dtype != np.uint8 or len(images) == 0:
        raise ValueError(
            f"images must be uint8 of shape (n >= 1, c, h, w), got {images.dtype} {images.shape}"
        )
    return images
