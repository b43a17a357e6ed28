"""Sentences above and below a figure: what is in doubt, and what else its reader should know."""

import textwrap

LINE, GAP = 1.3, 0.08  # of the letters' size; inches to the figure
LETTER = 0.56  # of its size, the width of a letter, on average
ALARM, PLAIN = "#B00020", "#555555"
_GID = "remark"


def add(figure, doubts: list[str], notes: list[str], size: float):
    """Write sentences beside what a figure shows, whose own place stays as it is.

    Args:
        figure: a matplotlib figure.
        doubts: above it, in red.
        notes: below it.
        size: of the letters, in points.

    Returns:
        The figure; `bounds` says how large it is now.
    """
    width, height = figure.get_size_inches()
    for legend in figure.legends:  # or its place would move with what `bounds` adds
        if legend.get_bbox_to_anchor() is figure.bbox:
            legend.set_bbox_to_anchor((0, 0, 1, 1), figure.transFigure)
    for sentences, above, colour in ((doubts, True, ALARM), (notes, False, PLAIN)):
        if sentences:
            letters = int(width * 72 / (LETTER * size))
            figure.text(
                0.01,
                1 + GAP / height if above else -GAP / height,
                textwrap.fill(" ".join(sentences), letters),
                va="bottom" if above else "top",
                color=colour,
                fontsize=size,
                linespacing=LINE,
                parse_math=False,
                gid=_GID,
            )
    return figure


def bounds(figure):
    """The part of the plane, in inches, that holds a figure and its remarks; None without any."""
    from matplotlib.transforms import Bbox

    width, height = figure.get_size_inches()
    low, high = 0.0, height
    for text in figure.texts:
        if text.get_gid() == _GID:
            lines = text.get_text().count("\n") + 1
            room = 2 * GAP + lines * LINE * text.get_fontsize() / 72
            low, high = (low, height + room) if text.get_va() == "bottom" else (-room, high)
    return None if (low, high) == (0, height) else Bbox([[0, low], [width, high]])
