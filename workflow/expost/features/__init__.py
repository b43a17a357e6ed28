"""The spaces in which images are compared: one a module, from `build`."""

from collections.abc import Callable

import numpy as np

from ..runtime import registry
from .base import Features

# Name in config and results, and of the module -> class. Imported on demand: only
# the networks need torch.
FEATURES = {
    "pixels": "Pixels",
    "classifier": "Classifier",
    "resnet34": "ResNet34",
}


def build(name: str, **options) -> Callable[[np.ndarray], Features]:
    """The space called `name`: a function of images, uint8 (n, c, h, w), that gives `Features`.

    Raises:
        ValueError: there is no such space, or it has no such option.
    """
    return registry.build("feature space", FEATURES, __name__, name, options)
