"""Images of another size."""

import numpy as np
from PIL import Image

from ..io import memory
from ..runtime.log import log


def resize(images: np.ndarray, size: int | None) -> np.ndarray:
    """All images scaled to `size` x `size` pixels; None leaves them as they are.

    Bilinear interpolation by Pillow: between pixel centres when enlarging, a triangle as wide as
    the scale when reducing, so nothing aliases. Images that are not square get squeezed, which the
    log says.

    Args:
        images: uint8 (n, c, h, w), c = 1 or 3.
        size: pixels a side.

    Raises:
        ValueError: `size` is not a positive whole number, or more than memory can hold.
    """
    if size is None:
        return images
    check_size(size)
    n, channels, height, width = images.shape
    if (height, width) == (size, size):
        return images
    if height != width:
        log.warning("%d x %d images are squeezed to %d x %d", height, width, size, size)
    what = f"{n} images of {size} x {size} pixels"
    memory.check(n * channels * size**2, what, "set a smaller size")
    resized = np.empty((n, channels, size, size), np.uint8)
    planes = images.reshape(-1, height, width)  # scaled channel by channel: (n c, h, w)
    for target, plane in zip(resized.reshape(-1, size, size), planes, strict=True):
        target[:] = Image.fromarray(plane).resize((size, size), Image.Resampling.BILINEAR)
    return resized


def check_size(size: int, option: str = "size") -> None:
    """Refuse what is not a positive whole number of pixels."""
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        raise ValueError(f"{option}: got {size!r}, wanted a positive number of pixels")
