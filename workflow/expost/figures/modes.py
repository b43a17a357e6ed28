"""Codes of two dimensions by class, over the modes of the mixture that they were drawn towards."""

from dataclasses import dataclass

import numpy as np

from . import grid_places, line_names, methods, style

ACROSS = 2  # panels beside each other
TITLE, GAP, LINE = 0.3, 0.08, 0.14  # inches
PANEL = (style.COLUMN - (ACROSS + 1) * GAP) / ACROSS
RADII = 2  # standard deviations that the circle of a mode is wide
POINTS = 2000  # that are shown
LETTERS = 14  # of the name of a class


@dataclass(frozen=True, eq=False)
class Panel:
    """The codes of one autoencoder.

    Attributes:
        codes: shape (n, d); the first two dimensions are shown.
        labels: of each, (n,).
        means: of the modes, (k, d).
        spreads: standard deviations of each, (k, d).
        told: a few words about them, below the name.
    """

    codes: np.ndarray
    labels: np.ndarray
    means: np.ndarray
    spreads: np.ndarray
    told: str


def modes(panels: dict[str, Panel], classes: list[str]):
    """A panel an autoencoder: circles where modes are, a point a code in its class's colour.

    Args:
        panels: label -> what is shown under it.
        classes: names of the classes 0, 1, ...

    Returns:
        A matplotlib figure, as wide as a column.

    Raises:
        ValueError: nothing to show.
    """
    from matplotlib.figure import Figure

    if not panels:
        raise ValueError("got no panels to show; does the figure list autoencoders?")
    across = min(ACROSS, len(panels))
    names = [line_names.cut(name, LETTERS) for name in classes]
    a_line = max(1, int(style.COLUMN / (0.12 + 0.055 * max(map(len, names)))))
    below = GAP + LINE * -(-len(names) // a_line)
    width, height = style.COLUMN, -(-len(panels) // across) * (PANEL + TITLE) + below
    with style.context():
        figure = Figure(figsize=(width, height))
        for i, (label, panel) in enumerate(panels.items()):
            axes = grid_places.add_axes(figure, i, across, PANEL, TITLE, GAP)
            _draw(axes, panel)
            axes.set_title(f"{label}\n{panel.told}", pad=3, parse_math=False)
        for i, name in enumerate(names):
            x = (i % a_line + 0.5) / min(a_line, len(names))
            y = below - GAP - (i // a_line + 0.5) * LINE
            look = {"ha": "center", "va": "center", "fontsize": style.SMALL, "parse_math": False}
            figure.text(x, y / height, name, color=colour(i), **look)
    return figure


def colour(number: int) -> str:
    """Of a class; there are only so many that can be told apart."""
    return methods.PALETTE[number % len(methods.PALETTE)].colour


def _draw(axes, panel: Panel) -> None:
    """One panel, square, with room for all modes and nearly all codes."""
    from matplotlib.patches import Ellipse

    codes, labels = panel.codes[:POINTS, :2], panel.labels[:POINTS]
    colours = [colour(label) for label in labels]
    axes.scatter(*codes.T, s=1.5, c=colours, linewidths=0)
    for mean, spread in zip(panel.means[:, :2], panel.spreads[:, :2], strict=True):
        axes.add_patch(Ellipse(mean, *(2 * RADII * spread), fill=False, lw=0.5, ec="#777777"))
    far = np.abs(panel.means[:, :2]) + 3 * panel.spreads[:, :2]
    reach = 1.05 * max(far.max(), np.quantile(np.abs(codes), 0.99))
    axes.set(xticks=[], yticks=[], xlim=(-reach, reach), ylim=(-reach, reach))
    axes.spines[["top", "right"]].set_visible(True)
