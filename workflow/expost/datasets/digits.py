"""Scikit-learn's bundled digits: real images that need no download."""

import numpy as np

from . import class_names
from .base import Dataset
from .split import held_out_count, split


class Digits(Dataset):
    """1,797 handwritten digits, 8 x 8 scans with 17 grey levels, in 10 classes.

    They are the test part of the UCI "Optical Recognition of Handwritten Digits" set as
    scikit-learn carries it. Grey 0..16 is stretched to 0..255 and the images are enlarged by
    bilinear interpolation; the split is a fixed random one.

    Args:
        size: pixels a side after resizing; None keeps 8.
        test: how many, or which fraction, to hold out.

    References:
        Alpaydin & Kaynak (1998), "Optical Recognition of Handwritten Digits", UCI Machine
        Learning Repository.
    """

    COUNT = 1797
    shape = (1, 8, 8)
    names = class_names.DIGITS

    def __init__(self, size: int | None = 32, test: int | float = 800):
        self.size, self.test = size, test

    @property
    def counts(self):
        """Numbers of training and test images."""
        test = held_out_count(self.COUNT, self.test)
        return self.COUNT - test, test

    def _load(self, folder):
        from sklearn.datasets import load_digits

        bundled = load_digits()
        grey = np.rint(bundled.images * (255 / 16)).astype(np.uint8)  # (1797, 8, 8)
        images = grey[:, None]  # (1797, 1, 8, 8)
        train, test = split(len(images), self.test, "digits")
        return {
            "images_train": images[train],
            "images_test": images[test],
            "labels_train": bundled.target[train],
            "labels_test": bundled.target[test],
        }
