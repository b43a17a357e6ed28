"""One look for all figures, and files of the same bytes every time."""

import io
from pathlib import Path

from ..io import files

OURS = {
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same letters on every machine
    "font.size": 8,
    "axes.titlesize": 8,
    "axes.labelsize": 8,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "axes.linewidth": 0.6,
    "axes.edgecolor": "#777777",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": "#444444",
    "ytick.color": "#444444",
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "lines.linewidth": 1.1,
    "lines.markersize": 2.8,
    "pdf.fonttype": 42,  # TrueType: text in the pdf can be searched and edited
}
TEXT_WIDTH = 7.0  # inches, both columns of a page
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
        paths: where to; the suffix says how. A png has 200 dots an inch, and a palette of 256
            colours if it would be larger than 300 KB otherwise, of 128, 64 or 32 if it still is; a
            pdf keeps everything.

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
                figure.savefig(temporary, metadata=undated)
            else:
                temporary.write_bytes(_png(figure))


def _png(figure) -> bytes:
    from PIL import Image

    drawn = io.BytesIO()
    figure.savefig(drawn, format="png", dpi=200)
    image = Image.open(drawn).convert("RGB")
    # k-means until few dots change: without it, faces come out blotched and greys tinted.
    means = image.width * image.height // 200
    for colours in (None, 256, 128, 64, 32):
        small = io.BytesIO()
        shown = image if colours is None else image.quantize(colours, kmeans=means)
        shown.save(small, "png", optimize=True, dpi=(200, 200))
        if small.tell() <= PNG_BYTES:
            break
    return small.getvalue()
