"""The spaces in which images are compared: one a module, from `build`."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .. import registry

# Name in config and results, and of the module -> class. Imported on demand: only
# the networks need torch.
FEATURES = {
    "pixels": "Pixels",
    "classifier": "Classifier",
    "resnet34": "ResNet34",
}


@dataclass(frozen=True, eq=False)
class Features:
    """Images as a space sees them.

    Attributes:
        vectors: shape (n, width), float32.
        probabilities: of each class, shape (n, classes), float32; None where there are none.
    """

    vectors: np.ndarray
    probabilities: np.ndarray | None = None


def build(name: str, **options) -> Callable[[np.ndarray], Features]:
    """The space called `name`: a function of images, uint8 (n, c, h, w), that gives `Features`.

    Raises:
        ValueError: there is no such space, or it has no such option.
    """
    return registry.build("feature space", FEATURES, __name__, name, options)


def check_images(images: np.ndarray) -> None:
    """Refuse what is no batch of images.

    Raises:
        ValueError: `images` is not uint8 of shape (n, c, h, w) with n >= 1.
    """
    if images.ndim != 4 or images.dtype != np.uint8 or len(images) == 0:
        raise ValueError(
            f"images must be uint8 of shape (n >= 1, c, h, w), got {images.dtype} {images.shape}"
        )
