"""Models side by side: what each makes of test images, of random codes, and of codes between."""

from dataclasses import dataclass

import numpy as np

from . import line_names, pictures, style

CELL, LETTERS = 0.3, 20  # inches an image, about; letters of a name on the left
MARGIN, APART, AIR = 8, 26, 10  # dots: around all; between blocks; below originals
HEAD = 0.13  # inches: a line of text above
BLOCKS = ("reconstructions", "samples", "interpolations")
ORIGINALS = "Originals"


@dataclass(frozen=True, eq=False)
class Model:
    """What one model makes; all images uint8 and of one shape (c, h, w).

    Attributes:
        originals: test images, (n, c, h, w), the same for all models.
        reconstructions: of these, (n, c, h, w).
        samples: (m >= n, c, h, w), of which the first n are shown.
        interpolations: decoded codes from that of the first original to that of the second,
            (steps, c, h, w).
    """

    originals: np.ndarray
    reconstructions: np.ndarray
    samples: np.ndarray
    interpolations: np.ndarray


def models(found: dict[str, Model], headings: dict[str, str]):
    """A row a model, blocks beside each other; on top the originals of what is below them.

    Args:
        found: label -> what stands in its row.
        headings: of the blocks that are shown, those of `BLOCKS`, from the left.

    Returns:
        A matplotlib figure, as wide as a column, or a page with all blocks.

    Raises:
        ValueError: nothing to show, or images that are too few, of another shape or type.
    """
    from matplotlib.figure import Figure

    if not found or not headings:
        raise ValueError("got no models or no blocks to show; does the figure list runs?")
    first = next(iter(found.values()))
    shape = first.originals.shape[1:]
    parts = [_canvases(found, first, block, shape) for block in headings]
    scale = pictures.dots(shape[-1], CELL)
    widths = [scale * part.shape[1] for _, part in parts]
    top, rest = (scale * part.shape[0] for part in parts[0])
    page = style.PAGE if len(headings) == len(BLOCKS) else style.COLUMN
    names = {label: line_names.cut(label, LETTERS) for label in found}
    with style.context():
        figure, small = Figure(), {"fontsize": style.SMALL}
        beside = sum(widths) + APART * (len(parts) - 1) + 4 * MARGIN
        left = 3 * MARGIN
        left += pictures.fit(figure, beside, [ORIGINALS, *names.values()], page, **small)
        head = round(HEAD * figure.dpi)
        pictures.resize(figure, left + beside - 3 * MARGIN, head + top + AIR + rest + MARGIN)
        x, name = left, {"ha": "right", "va": "center"} | small
        for heading, (originals, made), width in zip(headings.values(), parts, widths, strict=True):
            pictures.place(figure, originals, x, head, scale)
            pictures.place(figure, made, x, head + top + AIR, scale)
            pictures.write(figure, heading, x + width / 2, 0.7 * head, ha="center", **small)
            x += width + APART
        pictures.write(figure, ORIGINALS, left - 2 * MARGIN, head + top / 2, **name)
        for i, label in enumerate(names.values()):
            y = head + top + AIR + (i + 0.5) * rest / len(names)
            pictures.write(figure, label, left - 2 * MARGIN, y, **name)
    return figure


def _canvases(
    found: dict[str, Model], first: Model, block: str, shape: tuple[int, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """The originals of a block, white where there are none, and what the models make."""
    columns = len(first.interpolations if block == "interpolations" else first.originals)
    above = np.full((columns, *shape), 255, np.uint8)
    if block == "reconstructions":
        above = first.originals
    elif block == "interpolations":
        above[[0, -1]] = first.originals[:2]
    rows = {f"{block} of {label}": getattr(model, block) for label, model in found.items()}
    return tuple(pictures.canvas(part, columns, shape) for part in ({ORIGINALS: above}, rows))
