"""Codes and draws in pairs of dimensions, a row of panels a method."""

from itertools import combinations

import numpy as np

from . import style
from .codes_and_draws import Drawn

NAME, GAP, BELOW, TICKS = 0.2, 0.06, 0.14, 0.16  # inches
BEYOND = 0.25  # of the range of the codes, which panels show on either side of them
REAL = "#B5B5B5"


def pair_plot(methods: dict[str, Drawn], dimensions: int = 3, points: int = 300):
    """Held-out codes in grey and draws in colour on top of them, in every pair of dimensions.

    Panels of a column have the same axes, which reach a little beyond the codes. How many of the
    draws that would be shown lie outside stands in a panel's corner.

    Args:
        methods: label -> what is shown beside it.
        dimensions: how many of the first ones.
        points: codes, and draws, that are shown.

    Returns:
        A matplotlib figure, as wide as a column.

    Raises:
        ValueError: nothing to show, or codes of one dimension.
    """
    from matplotlib.figure import Figure

    if not methods:
        raise ValueError("got no methods to show; does the figure list some?")
    d = next(iter(methods.values())).codes.shape[1]
    if d < 2:
        raise ValueError("got codes of one dimension, of which there are no pairs; leave this out")
    pairs = list(combinations(range(min(d, dimensions)), 2))
    width = (style.COLUMN - NAME - GAP) / len(pairs) - GAP
    side = 0.8 * width
    height = len(methods) * (side + GAP) + GAP + TICKS + BELOW
    codes = np.concatenate([shown.codes for shown in methods.values()])
    low, high = limits(codes)
    with style.context():
        figure = Figure(figsize=(style.COLUMN, height))
        for i, (label, shown) in enumerate(methods.items()):
            bottom = height - (i + 1) * (side + GAP)
            middle = (bottom + side / 2) / height
            look = {"rotation": 90, "ha": "center", "va": "center"}
            figure.text(NAME / 2 / style.COLUMN, middle, label, fontsize=style.SMALL, **look)
            for j, pair in enumerate(pairs):
                left = NAME + GAP + j * (width + GAP)
                place = left / style.COLUMN, bottom / height
                panel = figure.add_axes([*place, width / style.COLUMN, side / height])
                _draw(panel, shown, list(pair), low, high, points)
                if i == len(methods) - 1:
                    name = f"{pair[0]} across, {pair[1]} up"
                    panel.set_xlabel(name, fontsize=style.SMALL, labelpad=3)
        meaning = "Grey: held-out codes; colour: draws; in a corner: draws outside"
        look = {"ha": "center", "va": "center", "fontsize": style.SMALL, "color": "#444444"}
        figure.text(0.5, BELOW / 2 / height, meaning, **look)
    return figure


def limits(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What axes reach from and to in each dimension, so that all codes, (m, d), are shown."""
    low, high = codes.min(axis=0).astype(float), codes.max(axis=0).astype(float)
    room = BEYOND * np.where(high > low, high - low, 1.0)
    return low - room, high + room


def _draw(panel, shown: Drawn, pair: list, low, high, points: int) -> None:
    for values, colour in ((shown.codes, REAL), (shown.draws, shown.colour)):
        panel.scatter(*values[:points, pair].T, s=1.2, color=colour, linewidths=0)
    panel.set(xticks=[], yticks=[])
    panel.set_xlim(low[pair[0]], high[pair[0]])
    panel.set_ylim(low[pair[1]], high[pair[1]])
    panel.spines[["top", "right"]].set_visible(True)
    some = shown.draws[:points, pair]
    if outside := int(((some < low[pair]) | (some > high[pair])).any(axis=1).sum()):
        look = {"ha": "right", "va": "top", "fontsize": style.SMALL, "color": shown.colour}
        panel.text(0.97, 0.97, str(outside), transform=panel.transAxes, **look)
