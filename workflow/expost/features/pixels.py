"""Pixel space."""

import numpy as np

from .base import Features, check_images

TITLE = "pixels"


class Pixels:
    """Every pixel a coordinate, from 0 (black) to 1."""

    def __call__(self, images: np.ndarray) -> Features:
        """Features of `images`, uint8 (n, c, h, w): vectors of width c * h * w."""
        images = check_images(images)
        return Features(images.reshape(len(images), -1).astype(np.float32) / 255)
