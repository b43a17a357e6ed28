"""The images at both ends of an order, side by side, a block of rows for each order."""

import numpy as np

from ..study.count_checks import COLUMNS
from . import gallery, pictures, style

CELL = 0.13  # inches an image, about
MARGIN, APART, BESIDE = 6, 14, 20  # dots: around all; between blocks; between the ends
HEAD = 0.13  # inches: a line of text above
LETTERS = 12  # of a line of a label


def ends(found: dict[str, tuple[np.ndarray, np.ndarray]], headings: tuple[str, str]):
    """A block of rows of images for each label, the one end on the left, the other on the right.

    A block is as high as its label at least.

    Args:
        found: label -> images of the one end and of the other, uint8, as many of both, shape
            (n, c, h, w); of which whole rows of `COLUMNS` are shown.
        headings: of both ends.

    Returns:
        A matplotlib figure, as wide as a column.

    Raises:
        ValueError: nothing to show, or images that are too few, of another shape or type.
    """
    from matplotlib.figure import Figure

    if not found:
        raise ValueError("got no orders of images to show; does the figure list runs?")
    shape = next(iter(found.values()))[0].shape[1:]
    blocks = [[_canvas(images, label, shape) for images in both] for label, both in found.items()]
    scale = pictures.dots(shape[-1], CELL)
    width = scale * blocks[0][0].shape[1]
    heights = [scale * one.shape[0] for one, _ in blocks]
    look = {"fontsize": style.SMALL, "linespacing": 1.0}
    with style.context():
        figure = Figure()
        beside = 2 * width + BESIDE + 4 * MARGIN
        labels = [gallery.in_lines(label, LETTERS) for label in found]
        left = 3 * MARGIN + pictures.fit(figure, beside, labels, style.COLUMN, **look)
        rooms = np.maximum(heights, pictures.sizes(figure, labels, **look)[:, 1])
        head = round(HEAD * figure.dpi)
        total = head + rooms.sum() + APART * (len(blocks) - 1) + MARGIN
        pictures.resize(figure, left + 2 * width + BESIDE + MARGIN, total)
        places, top = (left, left + width + BESIDE), head
        for heading, x in zip(headings, places, strict=True):
            pictures.write(figure, heading, x + width / 2, 0.7 * head, ha="center", **look)
        for label, both, height, room in zip(labels, blocks, heights, rooms, strict=True):
            for picture, x in zip(both, places, strict=True):
                pictures.place(figure, picture, x, top + (room - height) // 2, scale)
            name = {"ha": "right", "va": "center", "multialignment": "right"}
            pictures.write(figure, label, left - 2 * MARGIN, top + room / 2, **name, **look)
            top += room + APART
    return figure


def _canvas(images: np.ndarray, label: str, shape: tuple[int, ...]) -> np.ndarray:
    rows = len(images) // COLUMNS
    lines = {f"{label}, row {i + 1}": images[i * COLUMNS :] for i in range(max(1, rows))}
    return pictures.canvas(lines, COLUMNS, shape)
