"""Generated images above the nearest training images: what is new, and what is a copy."""

from dataclasses import dataclass

import numpy as np

from . import pictures, style

CELL = 0.3  # inches an image, as near as whole dots allow
ACROSS = 3  # methods beside each other
# Dots: around all; between methods; a method's name; the distances; the lines' names and air.
MARGIN, APART, NAME, NUMBERS, AIR = 14, 52, 64, 48, 26
LINES = ("Sample", "Nearest, decoded", "Its original", "Distance")


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Draws of one method and the training codes nearest to them.

    Attributes:
        generated: images of the draws, uint8, (n, c, h, w).
        decoded: images of their nearest training codes, (k, c, h, w); of the first k.
        originals: the training images themselves, (k, c, h, w).
        distances: to the nearest training code, in units of what is typical of held-out codes,
            (n,).
    """

    generated: np.ndarray
    decoded: np.ndarray
    originals: np.ndarray
    distances: np.ndarray


def nearest_neighbours(found: dict[str, Neighbours]):
    """A triptych a method: generated, decoded nearest training code, that code's image.

    Args:
        found: label -> what is shown under it; all images of one shape, and k the same for all.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: nothing to show, or images that are too few, of another shape or type.
    """
    from matplotlib.figure import Figure

    if not found:
        raise ValueError("got no methods to show; does the figure list runs?")
    first = next(iter(found.values())).decoded
    columns, shape = len(first), first.shape[1:]
    canvases = [
        pictures.canvas(
            {
                f"generated images of {label}": one.generated,
                f"decoded neighbours of {label}": one.decoded,
                f"originals of {label}": one.originals,
            },
            columns,
            shape,
        )
        for label, one in found.items()
    ]
    scale = pictures.dots(shape[-1], CELL)
    height, width = (scale * length for length in canvases[0].shape[:2])
    across = min(ACROSS, len(found))
    down = -(-len(found) // across)
    with style.context():
        figure, look = Figure(), {"fontsize": style.SMALL}
        beside = across * (width + APART) - APART + 2 * MARGIN + AIR
        left = MARGIN + AIR + pictures.fit(figure, beside, LINES, style.PAGE, **look)
        block = NAME + height + NUMBERS
        pictures.resize(
            figure,
            left + across * (width + APART) - APART + MARGIN,
            down * (block + AIR) - AIR + 2 * MARGIN,
        )
        for i, (label, one) in enumerate(found.items()):
            x = left + i % across * (width + APART)
            y = MARGIN + i // across * (block + AIR) + NAME
            pictures.place(figure, canvases[i], x, y, scale)
            name = f"{label}: median {np.median(one.distances):.2f}"
            pictures.write(figure, name, x, y - 14, va="baseline")
            _write_distances(figure, one.distances[:columns], x, y + height, width / columns)
            if i % across == 0:
                _name_lines(figure, left - AIR, y, height)
    return figure


def _write_distances(figure, distances: np.ndarray, x: float, y: float, column: float) -> None:
    for j, distance in enumerate(distances):
        middle = x + (j + 0.5) * column
        look = {"fontsize": style.SMALL, "ha": "center", "va": "baseline"}
        pictures.write(figure, f"{distance:.2f}", middle, y + NUMBERS - 11, **look)


def _name_lines(figure, x: float, y: float, height: float) -> None:
    """What the three lines of images and the line of numbers are, on the left of a method."""
    look = {"fontsize": style.SMALL, "ha": "right", "color": "#444444"}
    for j, name in enumerate(LINES[:3]):
        pictures.write(figure, name, x, y + (j + 0.5) * height / 3, va="center", **look)
    pictures.write(figure, LINES[3], x, y + height + NUMBERS - 11, va="baseline", **look)
