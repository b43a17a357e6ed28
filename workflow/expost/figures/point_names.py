"""Names beside points, each where there is room for it."""

from itertools import pairwise, product

import numpy as np

from . import style

SIZE = style.SMALL
# Directions: right and above first, then between the first eight.
TURNS = (1, 0, -1, 2, -2, 3, -3, 4, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 3.5, -3.5)
AROUND = [
    tuple(np.array([np.cos(turn), np.sin(turn)]) / max(abs(np.cos(turn)), abs(np.sin(turn))))
    for turn in np.array(TURNS) * np.pi / 4
]
AWAY = (4, 7, 11, 16, 22, 29)  # points from the middle of a point to its name
JOINED = 8  # points: a name that is further from its point is joined to it


def name_points(panel, names: list[tuple[float, float, str, str]], ways: list[np.ndarray]) -> None:
    """Write names next to points, one after the other, where they cover least.

    Each is tried in sixteen directions and at several distances. What it would cover counts, be it
    a name, a point, a line or the world beyond the panel, then the distance. A thin line joins a
    name to its point where another might be nearer.

    Args:
        panel: axes whose limits and size are final.
        names: x, y, text and colour of each, the most important first.
        ways: points that are drawn, whether they have a name or not, shape (n, 2) each; those of
            the first are alone, those of the others joined in their order.
    """
    from matplotlib.patheffects import withStroke

    dots = panel.figure.dpi / 72
    inside, halo = panel.get_window_extent(), [withStroke(linewidth=1.5, foreground="white")]
    points, *lines = (panel.transData.transform(way.reshape(-1, 2)) for way in ways)
    boxes = [_square(point, 2.9 * dots) for point in points]
    boxes += [_square(point, dots) for line in lines for point in _along(line, 3 * dots)]
    for x, y, name, colour in names:
        text = panel.text(0, 0, name, fontsize=SIZE, color=colour, zorder=5, path_effects=halo)
        size = text.get_window_extent()
        middle = panel.transData.transform((x, y))
        places = [
            _beside(middle, direction, away * dots, size.width, size.height)
            for away, direction in product(AWAY, AROUND)
        ]
        costs = _costs(np.array(places), np.reshape(boxes, (-1, 4)), inside.extents)
        best = places[int(np.argmin(costs))]  # the first, so the nearest, of equals
        boxes.append(best)
        text.set(ha="left", va="bottom", transform=panel.transAxes)
        text.set_position(panel.transAxes.inverted().transform(best[:2]))
        edge = np.clip(middle, best[:2], best[2:])
        if np.hypot(*(edge - middle)) > JOINED * dots:
            start, end = panel.transAxes.inverted().transform([middle, edge])
            look = {"color": colour, "linewidth": 0.4, "transform": panel.transAxes, "zorder": 4}
            panel.plot(*zip(start, end, strict=True), **look)


def _square(middle, radius) -> tuple[float, float, float, float]:
    return (*(middle - radius), *(middle + radius))


def _along(line: np.ndarray, apart: float) -> np.ndarray:
    """Points on the way through those of `line`, shape (k, 2)."""
    parts = [np.empty((0, 2))]
    for a, b in pairwise(line):
        parts.append(np.linspace(a, b, 1 + int(np.hypot(*(b - a)) / apart)))
    return np.concatenate(parts)


def _beside(middle, direction, away, width, height) -> tuple[float, float, float, float]:
    """The box of a text whose nearest edge or corner is so far from the middle of a point."""
    step = np.array(direction) / np.hypot(*direction) * away
    left, bottom = middle + step + (np.array(direction) - 1) / 2 * (width, height)
    return left, bottom, left + width, bottom + height


def _costs(places: np.ndarray, boxes: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Area of others that each place covers, and of itself outside of the panel, which counts most.

    Places and boxes are rows of left, bottom, right and top.
    """
    area = np.prod(places[:, 2:] - places[:, :2], axis=1)
    within = _shared(places, inside[None])[:, 0]
    return 10 * (area - within) + _shared(places, boxes).sum(axis=1)


def _shared(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The area that each box of one kind, (n, 4), has in common with each of another, (m, 4)."""
    lower, upper = np.maximum(a[:, None, :2], b[:, :2]), np.minimum(a[:, None, 2:], b[:, 2:])
    return np.prod(np.clip(upper - lower, 0, None), axis=2)  # (n, m)
