"""Random images of every method, a row a method: what the numbers cannot say."""

import textwrap
from collections.abc import Sequence

import numpy as np

from . import methods, naming, pictures, style

CELL = 0.25  # inches an image, as near as whole dots and the width of a column allow
MARGIN, APART = 6, 12  # dots: around all; between blocks
LETTERS = 26  # of a line of a label


def order(runs: Sequence[tuple]) -> list[tuple[int, str]]:
    """Which run each row shows, and its label; held-out images are last.

    Args:
        runs: (dataset, autoencoder, sampler, epoch, size, seed) of each.

    Returns:
        A pair a row: position in `runs`, label. A label says whatever else differs
        between runs (epoch, size, seed).
    """
    words = {3: "epoch {}", 4: "{} codes", 5: "seed {}"}
    differ = [column for column in words if len({run[column] for run in runs}) > 1]

    def place(i):
        return methods.rank(*runs[i][1:3]), *map(int, runs[i][3:])

    def label(run):
        method = methods.method(*run[1:3]).label
        told = differ if naming.now().has_epoch([run[1]]) else [c for c in differ if c != 3]
        return ", ".join([method, *(words[column].format(run[column]) for column in told)])

    return [(i, label(runs[i])) for i in sorted(range(len(runs)), key=place)]


def in_lines(label: str, letters: int = LETTERS) -> str:
    """As many lines as a row of images is high, of a longer label its beginning and its end."""
    lines = textwrap.wrap(label, letters)
    return "\n".join(lines if len(lines) < 3 else [lines[0], "…" + label[1 - letters :].lstrip()])


def sample_grid(*blocks: dict[str, np.ndarray], columns: int = 10):
    """A grid of images with a label before each row, and some air between blocks of rows.

    Args:
        blocks: label -> images, uint8, shape (n >= columns, c, h, w), c = 1 or 3, the same for all;
            the first `columns` of each are shown, as draws are random already.
        columns: number of images a row.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: no rows, or images that are too few, of another shape or type.
    """
    from matplotlib.figure import Figure

    if not blocks or not all(blocks):
        raise ValueError("got no rows of images to show; does the figure list runs?")
    shape = next(iter(blocks[0].values())).shape[1:]
    canvases = [pictures.canvas(rows, columns, shape) for rows in blocks]
    scale = pictures.dots(shape[-1], CELL)
    heights = [scale * canvas.shape[0] for canvas in canvases]
    width = scale * canvases[0].shape[1]
    with style.context():
        figure, look = Figure(), {"fontsize": style.SMALL, "linespacing": 1.0}
        labels = {label: in_lines(label) for rows in blocks for label in rows}
        beside = width + 4 * MARGIN
        left = 3 * MARGIN + pictures.fit(figure, beside, [*labels.values()], style.COLUMN, **look)
        total = sum(heights) + APART * (len(blocks) - 1)
        pictures.resize(figure, left + width + MARGIN, total + 2 * MARGIN)
        top = MARGIN
        for rows, canvas, height in zip(blocks, canvases, heights, strict=True):
            pictures.place(figure, canvas, left, top, scale)
            for i, label in enumerate(rows):
                middle = top + (i + 0.5) / len(rows) * height
                place = {"ha": "right", "va": "center", "multialignment": "right"}
                pictures.write(figure, labels[label], left - 2 * MARGIN, middle, **place, **look)
            top += height + APART
    return figure
