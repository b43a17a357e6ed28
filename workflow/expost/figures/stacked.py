"""Panels below each other, of copying against quality, over one axis of quality."""

from . import below_each_other, broken_axis, knobs, style

PANEL, LEFT, TOP, ROWS = 1.55, 0.6, 0.08, 0.12  # inches


def size(panels: int, below: float) -> tuple[float, float]:
    """Width and height of a figure with so many panels and so much below them, all in inches."""
    return style.COLUMN, panels * (PANEL + ROWS) - ROWS + TOP + below


def draw(figure, points: list, lines: list, below: float) -> list:
    """Draw a panel for each table of points; the axis is broken where controls lie far away.

    Args:
        figure: of `size`.
        points: tables as `knobs.draw` takes them, from above; what is moved is moved in them.
        lines: the knobs that are lines.
        below: inches below the panels.

    Returns:
        The axes, from above.
    """
    places = {"panel": PANEL, "gap": ROWS, "left": LEFT, "top": TOP, "below": below}
    axes = below_each_other.axes(figure, len(points), **places)
    edge = broken_axis.bring_near(points)
    broken_axis.set_scales(axes, points)
    for panel, table in zip(axes, points, strict=True):
        if edge is not None:
            broken_axis.break_axis(panel, edge)
        knobs.draw(panel, table, lines)
    return axes
