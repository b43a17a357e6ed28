"""Many image files as one array."""

import math
from contextlib import suppress
from pathlib import Path

import numpy as np
from PIL import Image

from ..io import memory
from ..io.escaping import name_shown
from ..io.untrusted import Problems
from ..runtime.log import log
from ..runtime.progress import Progress
from . import image_file

COLORS = ("auto", "grey", "rgb")


def check_color(color: str) -> None:
    """Refuse what is none of `COLORS`."""
    if color not in COLORS:
        raise ValueError(f"color: got {color!r}, wanted one of {', '.join(COLORS)}")


def read(
    files: list[Path], whose: str, size: int | None, crop: int | None, color: str
) -> np.ndarray:
    """Images, uint8 (n, c, h, w), all alike.

    Args:
        files: one an image.
        whose: the path of the data set, for messages.
        size: pixels a side after bilinear resizing; None keeps the images' own, common size.
        crop: side of the centred square that is cut out before resizing; None cuts nothing.
        color: one of `COLORS`; "auto" is grey if all images are.

    Raises:
        ValueError: some cannot be read or are not what is wanted, all of which are named, twenty
            at most; or they differ in size, or memory cannot hold them.
    """
    problems, heads = Problems(), {}
    for file in files:
        with problems.caught():
            heads[file] = image_file.head(file, crop)
    if problems.count:
        _look_at_pixels(heads, crop, problems)
        problems.refuse(whose)
    width, height = _common_size(heads, whose, size)
    mode = _mode(heads, color)
    shape = (len(files), Image.getmodebands(mode), height, width)
    what = f"{whose}: {len(files)} images of {width} x {height} pixels"
    memory.check(math.prod(shape), what, "set `size` or `crop`, or take fewer images")
    images, progress = np.empty(shape, np.uint8), Progress(len(files))
    for row, file in enumerate(files):
        with problems.caught():
            images[row] = image_file.pixels(file, mode, crop, heads[file][1], (width, height))
        progress(row + 1, "images")
    problems.refuse(whose)
    return images


def shape(
    files: list[Path], whose: str, crop: int | None, color: str
) -> tuple[int, int, int] | None:
    """(c, h, w) of images that keep their size, by heads alone; None where none can be read.

    Arguments are those of `read`, which names all files that cannot be read.

    Raises:
        ValueError: they differ in size.
    """
    heads = {}
    for file in files:
        with suppress(ValueError, OSError):
            heads[file] = image_file.head(file, crop)
    if not heads:
        return None
    width, height = _common_size(heads, whose, None)
    return Image.getmodebands(_mode(heads, color)), height, width


def _mode(heads, color):
    colours = color == "rgb" or (color == "auto" and any(colour for colour, _ in heads.values()))
    return "RGB" if colours else "L"


def _look_at_pixels(heads, crop, problems):
    """What else is wrong with files whose heads are well."""
    for file, (_, own) in heads.items():
        with problems.caught():
            image_file.pixels(file, "L", crop, own, (1, 1))


def _common_size(heads, whose, size):
    """Width and height that all images will have."""
    sizes: dict[tuple[int, int], Path] = {}
    for file, (_, own) in heads.items():
        sizes.setdefault(own, file)
    if size is None and len(sizes) > 1:
        (one, first), (other, second) = list(sizes.items())[:2]
        raise ValueError(
            f"{whose}: images differ in size, {name_shown(first.name)} is {one[0]} x {one[1]} and "
            f"{name_shown(second.name)} is {other[0]} x {other[1]}; give `size` to resize them all"
        )
    if size is None:
        return next(iter(sizes))
    if squeezed := sum(width != height for _, (width, height) in heads.values()):
        log.warning(
            "%s: %d of %d images are not square and are squeezed to %d x %d; `crop` would keep "
            "their proportions", whose, squeezed, len(heads), size, size,
        )  # fmt: skip
    return size, size
