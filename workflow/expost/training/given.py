"""What trainings are given: data of the kind that they take, and as much memory as they want."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from ..io.real_arrays import real


def checked(data: np.ndarray, what: str = "training data") -> np.ndarray:
    """Data as networks take them; other numbers would be trained on in silence, and for nothing.

    Args:
        data: uint8 images (n, c, h, w), or vectors (n, d) of any real type.
        what: they are, for errors.

    Returns:
        The images, or the vectors in float32.

    Raises:
        TypeError: they are no real numbers.
        ValueError: images are of another type, or vectors not all finite.
    """
    array = real(data, what)
    if array.ndim == 4 and array.dtype != np.uint8:
        raise ValueError(
            f"got {what} of images of {array.dtype}; wanted uint8, black 0 and white 255: "
            "images.astype(np.uint8), or of those in [0, 1] (255 * images).round().astype(np.uint8)"
        )
    if array.ndim != 4:
        with np.errstate(over="ignore"):
            array = array.astype(np.float32, copy=False)
        if bad := np.count_nonzero(~np.isfinite(array)):
            raise ValueError(
                f"{bad} of {array.size} numbers of {what} are not finite in float32; leave out "
                "their rows, or divide by a scale before"
            )
    return array


@contextmanager
def memory_for(settings: Mapping) -> Iterator[None]:
    """Say what a training is that wants more memory than there is; PyTorch knows bytes alone.

    Raises:
        MemoryError: what the sizes are, and that they are to be lowered.
    """
    try:
        yield
    except RuntimeError as error:
        said = str(error)
        if not any(word in said for word in ("allocate", "calculation overflowed")):
            raise
        sizes = {key: settings[key] for key in ("networks", "width", "latent", "batch", "options")}
        listed = ", ".join(f"{key} {value}" for key, value in sizes.items())
        raise MemoryError(
            f"there is too little memory for a training of {listed} ({said.splitlines()[0]}); "
            "lower what is large of these"
        ) from error
