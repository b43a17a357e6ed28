"""Images along lines through the modes of a mixture, a row a mode."""

import numpy as np

from . import pictures, style

CELL = 0.22  # inches an image, about
MARGIN, APART = 6, 20  # dots: around all; between the axes
HEAD = 0.13  # inches: a line of text above


def traversals(found: np.ndarray, labels: list[str], headings: list[str]):
    """A row a mode, a block an axis; in the middle of each the image at the mode's mean.

    Args:
        found: images, uint8, shape (modes, axes, steps, c, h, w).
        labels: of the modes.
        headings: of the axes.

    Returns:
        A matplotlib figure, as wide as a column.

    Raises:
        ValueError: nothing to show, or images of another shape or type.
    """
    from matplotlib.figure import Figure

    if not len(found):
        raise ValueError("got no modes to show; does the figure list an autoencoder?")
    steps, shape = found.shape[2], found.shape[3:]
    parts = [
        pictures.canvas(dict(zip(labels, found[:, axis], strict=True)), steps, shape)
        for axis in range(found.shape[1])
    ]
    scale = pictures.dots(shape[-1], CELL)
    height, width = (scale * side for side in parts[0].shape[:2])
    look = {"fontsize": style.SMALL}
    with style.context():
        figure = Figure()
        beside = len(parts) * width + (len(parts) - 1) * APART + 4 * MARGIN
        left = 3 * MARGIN + pictures.fit(figure, beside, labels, style.COLUMN, **look)
        head = round(HEAD * figure.dpi)
        pictures.resize(figure, left + beside - 3 * MARGIN, head + height + MARGIN)
        for i, (picture, heading) in enumerate(zip(parts, headings, strict=True)):
            x = left + i * (width + APART)
            pictures.place(figure, picture, x, head, scale)
            pictures.write(figure, heading, x + width / 2, 0.7 * head, ha="center", **look)
        for i, label in enumerate(labels):
            y = head + (i + 0.5) * height / len(labels)
            place = {"ha": "right", "va": "center"}
            pictures.write(figure, label, left - 2 * MARGIN, y, **place, **look)
    return figure
