"""Training codes and each method's draws in the plane, a panel a method."""

from dataclasses import dataclass

import numpy as np

from . import grid_places, style

ACROSS = 3  # panels beside each other
TITLE, GAP, BELOW = 0.18, 0.06, 0.14  # inches
PANEL = (style.COLUMN - (ACROSS + 1) * GAP) / ACROSS
TRAINING = "#B5B5B5"


@dataclass(frozen=True, eq=False)
class Panel:
    """One method's places in the plane.

    Attributes:
        training: of training codes, shape (n, 2).
        draws: of new codes, shape (n, 2).
        everything: of all codes that share the embedding, shape (m, 2): what the panel reaches to.
        colour: of the draws.
    """

    training: np.ndarray
    draws: np.ndarray
    everything: np.ndarray
    colour: str


def tsne(panels: dict[str, Panel]):
    """Training codes in grey, draws in colour on top of them.

    Args:
        panels: label -> what is shown under it.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: nothing to show.
    """
    from matplotlib.figure import Figure

    if not panels:
        raise ValueError("got no panels to show; does the figure list runs?")
    across = min(ACROSS, len(panels))
    down = -(-len(panels) // across)
    width, height = style.COLUMN, down * (PANEL + TITLE) + GAP + BELOW
    with style.context():
        figure = Figure(figsize=(width, height))
        for i, (label, panel) in enumerate(panels.items()):
            axes = grid_places.add_axes(figure, i, across, PANEL, TITLE, GAP)
            _draw(axes, panel)
            axes.set_title(label, pad=3)
        meaning = "Training codes in grey, a method's draws in colour"
        look = {"ha": "center", "va": "center", "fontsize": style.SMALL, "color": "#444444"}
        figure.text(0.5, (GAP + BELOW) / 2 / height, meaning, **look)
    return figure


def _draw(axes, panel: Panel) -> None:
    """One panel, square, with room for all points; the plane's directions mean nothing."""
    low, high = panel.everything.min(axis=0), panel.everything.max(axis=0)
    middle, reach = (low + high) / 2, 0.52 * (high - low).max()
    for points, colour in ((panel.training, TRAINING), (panel.draws, panel.colour)):
        axes.scatter(*points.T, s=1.2, color=colour, linewidths=0)
    axes.set(xticks=[], yticks=[])
    axes.set_xlim(middle[0] - reach, middle[0] + reach)
    axes.set_ylim(middle[1] - reach, middle[1] + reach)
    axes.spines[["top", "right"]].set_visible(True)
