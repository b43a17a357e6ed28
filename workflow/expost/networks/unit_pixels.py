"""Pixels as networks take them, without PyTorch; `networks.inputs` has the same with it."""

import numpy as np


def unit(images: np.ndarray) -> np.ndarray:
    """Pixels, uint8, as float32 in [0, 1]."""
    return images.astype(np.float32) / np.float32(255)
