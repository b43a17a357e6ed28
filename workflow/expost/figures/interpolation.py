"""From one real image to another through the codes between them."""

from dataclasses import dataclass

import numpy as np

from . import naming, pictures, style

CELL = 0.25  # inches an image, as near as whole dots and the width of a column allow
# Dots: around all; between originals and decoded images; above and between the autoencoders.
MARGIN, APART, HEAD, BETWEEN = 8, 16, 46, 24
LABEL = 0.12  # inches: a line of text, upright
MIDDLE = ("Decoded, from one code to the other", "Decoded")  # the first that has room
NAMES = {"ae": "Autoencoder", "vae": "Variational autoencoder"}


@dataclass(frozen=True, eq=False)
class Lines:
    """Images on the way between pairs of real ones.

    Attributes:
        starts: real images, uint8, (pairs, c, h, w).
        decoded: images of the codes between, (pairs, steps, c, h, w).
        ends: real images, (pairs, c, h, w).
    """

    starts: np.ndarray
    decoded: np.ndarray
    ends: np.ndarray


def labels(runs) -> list[str]:
    """Titles of autoencoders, or names, with whatever else differs between runs.

    Args:
        runs: (dataset, autoencoder, epoch, seed) of each.
    """
    words = {2: "epoch {}", 3: "seed {}"}
    differ = [column for column in words if len({run[column] for run in runs}) > 1]
    titles = [naming.now().written(run[1], NAMES) for run in runs]
    return [
        ", ".join([title, *(words[c].format(run[c]) for c in differ if _told(c, run))])
        for title, run in zip(titles, runs, strict=True)
    ]


def _told(column: int, run) -> bool:
    """Whether a run has an epoch that is known, or another column is asked for."""
    return column != 2 or naming.now().has_epoch([run[1]])


def interpolation(found: dict[str, Lines]):
    """A row a pair: a real image, decoded codes from its own to the other's, the other image.

    Args:
        found: label -> lines of one autoencoder; all images of one shape, as many steps in each.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: nothing to show, or images that are too few, of another shape or type.
    """
    from matplotlib.figure import Figure

    if not found:
        raise ValueError("got no autoencoders to show; does the figure list any?")
    shape = next(iter(found.values())).starts.shape[1:]
    parts = [_canvases(label, lines, shape) for label, lines in found.items()]
    scale = pictures.dots(shape[-1], CELL)
    widths = [scale * part.shape[1] for part in parts[0]]
    heights = [scale * part[0].shape[0] for part in parts]
    with style.context():
        beside = sum(widths) + APART * (len(widths) - 1) + 3 * MARGIN
        figure = Figure(dpi=max(pictures.DPI, beside / (style.COLUMN - LABEL)))
        small = {"fontsize": style.SMALL}
        # A label, upright beside its rows, may be longer than these are high.
        long = [pictures.longest(figure, [label]) for label in found]
        heights = list(map(max, heights, long))
        room = widths[1] - 2 * max(0, pictures.longest(figure, ["Original"], **small) - widths[0])
        fitting = (n for n in MIDDLE if pictures.longest(figure, [n], **small) <= room)
        middle = next(fitting, "")
        left = 2 * MARGIN + LABEL * figure.dpi
        starts = left + np.cumsum([0, *(width + APART for width in widths[:-1])])
        pictures.resize(
            figure,
            starts[-1] + widths[-1] + MARGIN,
            HEAD + sum(heights) + BETWEEN * (len(parts) - 1) + MARGIN,
        )
        places = {
            "left": starts[0],
            "center": starts[1] + widths[1] / 2,
            "right": starts[2] + widths[2],
        }
        for name, (side, x) in zip(("Original", middle, "Original"), places.items(), strict=True):
            pictures.write(figure, name, x, HEAD - 9, ha=side, **small)
        y = HEAD
        for label, part, height in zip(found, parts, heights, strict=True):
            for picture, x in zip(part, starts, strict=True):
                pictures.place(figure, picture, x, y, scale)
            look = {"rotation": 90, "ha": "center", "va": "center"}
            pictures.write(figure, label, MARGIN + LABEL / 2 * figure.dpi, y + height / 2, **look)
            y += height + BETWEEN
    return figure


def _canvases(label: str, lines: Lines, shape: tuple[int, ...]) -> list[np.ndarray]:
    """The three columns of one autoencoder: starts, what is between, ends."""
    columns = (lines.starts[:, None], lines.decoded, lines.ends[:, None])
    return [
        pictures.canvas(
            {f"{label}, pair {i + 1}": images for i, images in enumerate(column)},
            column.shape[1],
            shape,
        )
        for column in columns
    ]
