"""Codes and draws in pairs of dimensions, a row of panels a method, rows in two blocks if many."""

from itertools import combinations

import numpy as np

from . import line_names, style
from .codes_and_draws import Drawn

NAME, GAP, TICKS, LABEL, NOTE = 0.24, 0.08, 0.24, 0.34, 0.16  # inches
TALL, WIDE = 4, 3  # methods of more than one block; pairs of dimensions that half a page holds
LETTERS = 13  # of a column's name
BEYOND = 0.25  # of the range of the codes, which panels show on either side of them
REAL = "#B5B5B5"


def pair_plot(
    methods: dict[str, Drawn],
    dimensions: int = 3,
    points: int = 300,
    names: list[str] | None = None,
):
    """Held-out codes in grey and draws in colour on top of them, in every pair of dimensions.

    Panels of a column have the same axes, which reach a little beyond the codes. How many of the
    draws that would be shown lie outside stands in a panel's corner.

    Args:
        methods: label -> what is shown beside it.
        dimensions: how many of the first ones.
        points: codes, and draws, that are shown.
        names: of all dimensions; their numbers where they have none.

    Returns:
        A matplotlib figure, as wide as a column, or a page where methods or pairs are many.

    Raises:
        ValueError: nothing to show, or codes of one dimension.
    """
    from matplotlib.figure import Figure

    if not methods:
        raise ValueError("got no methods to show; does the figure list some?")
    d = next(iter(methods.values())).codes.shape[1]
    if d < 2:
        raise ValueError("got codes of one dimension, of which there are no pairs; leave this out")
    names = [line_names.cut(name, LETTERS) for name in names or map(str, range(d))]
    shown_dimensions = min(d, dimensions)
    pairs = list(combinations(range(shown_dimensions), 2))
    blocks = 2 if len(methods) > TALL and len(pairs) <= WIDE else 1
    rows = -(-len(methods) // blocks)
    page = style.COLUMN if blocks == 1 and len(pairs) <= WIDE else style.PAGE
    width = (page / blocks - NAME) / len(pairs) - TICKS - GAP
    side = 0.8 * width
    height = rows * (side + GAP) + GAP + LABEL + NOTE
    low, high = limits(np.concatenate([shown.codes for shown in methods.values()]))
    with style.context():
        figure = Figure(figsize=(page, height))
        for i, (label, shown) in enumerate(methods.items()):
            start, row = i // rows * page / blocks, i % rows
            bottom = height - (row + 1) * (side + GAP)
            look = {"rotation": 90, "ha": "center", "va": "center", "fontsize": style.SMALL}
            name, middle = line_names.turned(label, side), (bottom + side / 2) / height
            figure.text((start + NAME / 2) / page, middle, name, **look)
            for j, pair in enumerate(pairs):
                left = start + NAME + TICKS + j * (width + TICKS + GAP)
                place = [left / page, bottom / height, width / page, side / height]
                panel = figure.add_axes(place)
                _draw(panel, shown, list(pair), low, high, points)
                if row == rows - 1 or i == len(methods) - 1:
                    across, up = (names[k] for k in pair)
                    text = {"fontsize": style.SMALL, "labelpad": 1, "parse_math": False}
                    panel.set_xlabel(f"{across} across,\n{up} up", **text)
                else:
                    panel.set_xticklabels([])
        meaning = "Grey: held-out codes; colour: draws; in a corner: draws outside"
        if shown_dimensions < d:
            meaning += f"; the first {shown_dimensions} of {d} dimensions"
        look = {"ha": "center", "va": "center", "fontsize": style.SMALL, "color": "#444444"}
        figure.text(0.5, NOTE / 2 / height, line_names.folded(meaning, page), **look)
    return figure


def limits(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What axes reach from and to in each dimension, so that all codes, (m, d), are shown."""
    low, high = codes.min(axis=0).astype(float), codes.max(axis=0).astype(float)
    room = BEYOND * np.where(high > low, high - low, 1.0)
    return low - room, high + room


def _draw(panel, shown: Drawn, pair: list, low, high, points: int) -> None:
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    for values, colour in ((shown.codes, REAL), (shown.draws, shown.colour)):
        panel.scatter(*values[:points, pair].T, s=1.2, color=colour, linewidths=0)
    panel.set_xlim(low[pair[0]], high[pair[0]])
    panel.set_ylim(low[pair[1]], high[pair[1]])
    for axis in (panel.xaxis, panel.yaxis):
        axis.set_major_locator(MaxNLocator(2))
        axis.set_major_formatter(StrMethodFormatter("{x:g}"))
    panel.spines[["top", "right"]].set_visible(True)
    some = shown.draws[:points, pair]
    if outside := int(((some < low[pair]) | (some > high[pair])).any(axis=1).sum()):
        look = {"ha": "right", "va": "top", "fontsize": style.SMALL, "color": shown.colour}
        panel.text(0.97, 0.97, str(outside), transform=panel.transAxes, **look)
