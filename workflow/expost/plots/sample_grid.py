"""Random images of every method, a row a method: what the numbers cannot say."""

from collections.abc import Sequence

import numpy as np

from . import style

DPI = 200  # of the png: a pixel of an image becomes a whole number of dots
CELL = 0.5  # inches an image, as near as whole dots allow
GAP, MARGIN = 1, 6  # between images, in pixels of an image; around all, in dots


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
        return style.rank(*runs[i][1:3]), *map(int, runs[i][3:])

    def label(run):
        method = style.method(*run[1:3]).label
        return ", ".join([method, *(words[column].format(run[column]) for column in differ)])

    return [(i, label(runs[i])) for i in sorted(range(len(runs)), key=place)]


def sample_grid(rows: dict[str, np.ndarray], columns: int = 10):
    """A grid of images with a label before each row.

    Args:
        rows: label -> images, uint8, shape (n >= columns, c, h, w), c = 1 or 3; the first
            `columns` of each are shown, as draws are random already.
        columns: number of images a row.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: no rows, or images that are too few, of another shape or type.
    """
    from matplotlib.figure import Figure

    canvas = _canvas(rows, columns)
    scale = max(1, round(CELL * DPI / next(iter(rows.values())).shape[2]))
    height, width = scale * canvas.shape[0], scale * canvas.shape[1]  # dots
    with style.context():
        figure = Figure(dpi=DPI)
        texts = [figure.text(0, 0, label, ha="right", va="center") for label in rows]
        longest = max(text.get_window_extent().width for text in texts)
        left = int(np.ceil(longest)) + 3 * MARGIN
        total = np.array([left + width + MARGIN, height + 2 * MARGIN])
        figure.set_size_inches(total / DPI)
        axes = figure.add_axes([left / total[0], MARGIN / total[1], *([width, height] / total)])
        axes.imshow(canvas, interpolation="none", aspect="auto")
        axes.set_axis_off()
        for i, text in enumerate(texts):
            middle = 1 - (i + 0.5) / len(rows)
            text.set_position(
                ((left - 2 * MARGIN) / total[0], (MARGIN + middle * height) / total[1])
            )
    return figure


def _canvas(rows: dict[str, np.ndarray], columns: int) -> np.ndarray:
    """All images in one array of shape (height, width, 3), white between them."""
    if not rows:
        raise ValueError("got no rows of images to show; does the experiment list runs?")
    shape = next(iter(rows.values())).shape[1:]
    if len(shape) != 3 or shape[0] not in (1, 3):
        raise ValueError(f"got images of shape {shape}; wanted (1, h, w) or (3, h, w)")
    _, h, w = shape
    canvas = np.full((len(rows), h + GAP, columns, w + GAP, 3), 255, np.uint8)
    for i, (label, images) in enumerate(rows.items()):
        if images.dtype != np.uint8 or images.shape[1:] != shape or len(images) < columns:
            raise ValueError(
                f"got {images.dtype} images of shape {images.shape} for the row {label!r}; "
                f"wanted uint8, at least {columns} of shape {shape}"
            )
        shown = images[:columns].transpose(2, 0, 3, 1)  # (h, columns, w, c)
        canvas[i, :h, :, :w] = np.broadcast_to(shown, (h, columns, w, 3))
    flat = canvas.reshape(len(rows) * (h + GAP), columns * (w + GAP), 3)
    return flat[:-GAP, :-GAP]
