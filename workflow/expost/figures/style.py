"""One look for all figures, and files of the same bytes every time."""

import io
from pathlib import Path

from ..io import files
from . import remarks

# Inches: a column of a paper of two, for which figures with axes are made; and both with the gap.
COLUMN, PAGE = 3.25, 6.75
# Points, of the smallest text; powers in superscript would be smaller, so there are none.
SMALL = 6.2
OURS = {
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same letters on every machine
    "font.size": 7,
    "axes.titlesize": 7,
    "axes.labelsize": 7,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.fontsize": SMALL,
    "figure.dpi": 400,  # of the png
    "axes.linewidth": 0.5,
    "axes.edgecolor": "#777777",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": "#444444",
    "ytick.color": "#444444",
    "xtick.major.width": 0.5,
    "ytick.major.width": 0.5,
    "xtick.major.size": 2,
    "ytick.major.size": 2,
    "xtick.major.pad": 2,
    "ytick.major.pad": 2,
    "lines.linewidth": 0.9,
    "lines.markersize": 2.6,
    "pdf.fonttype": 42,  # TrueType: text in the pdf can be searched and edited
}
PNG_BYTES = 300_000


def context():
    """A context in which matplotlib draws in our style: seaborn's for papers, and `OURS`."""
    import matplotlib
    import seaborn

    ticks, paper = seaborn.axes_style("ticks"), seaborn.plotting_context("paper")
    return matplotlib.rc_context(ticks | paper | OURS)


def save(figure, *paths: str | Path) -> None:
    """Write a figure to each path, whole or not at all, the same bytes every time.

    Args:
        figure: a matplotlib figure.
        paths: where to; the suffix says how. A png has the figure's dots an inch, and a palette of
            256 colours if it would be larger than 300 KB otherwise, of 128, 64 or 32 if it still
            is; a pdf keeps everything.

    Raises:
        ValueError: a suffix that is neither .png nor .pdf.
        OSError: a path cannot be written.
    """
    for path in map(Path, paths):
        if path.suffix not in (".png", ".pdf"):
            raise ValueError(f"got the figure path {path}; wanted one that ends in .png or .pdf")
        with files.whole(path) as temporary, context():
            if path.suffix == ".pdf":
                undated = {"CreationDate": None, "Creator": None, "Producer": None}
                figure.savefig(temporary, metadata=undated, bbox_inches=remarks.bounds(figure))
            else:
                temporary.write_bytes(_png(figure))


def _png(figure) -> bytes:
    from PIL import Image

    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=figure.dpi, bbox_inches=remarks.bounds(figure))
    image = Image.open(drawn).convert("RGB")
    # k-means until few dots change: without it, faces come out blotched and greys tinted.
    means = image.width * image.height // 200
    for colours in (None, 256, 128, 64, 32):
        small = io.BytesIO()
        shown = image if colours is None else image.quantize(colours, kmeans=means)
        shown.save(small, "png", optimize=True, dpi=(figure.dpi, figure.dpi))
        if small.tell() <= PNG_BYTES:
            break
    return small.getvalue()
