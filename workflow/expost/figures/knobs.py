"""Samplers as lines over their knobs, in a plane of two scores."""

import numpy as np
import pandas as pd

from ..study.option_sweeps import Line
from . import line_names, methods, naming, point_names

GUIDE = {"color": "#BBBBBB", "linewidth": 0.5, "zorder": 0}
RING = {"marker": "o", "markerfacecolor": "none", "markersize": 5.5, "markeredgewidth": 0.7}
ACROSS = 3  # entries of the legend
STAR = {"marker": "*", "markersize": 7, "markeredgecolor": "white", "markeredgewidth": 0.4}


def draw(panel, points: pd.DataFrame, lines: list[Line]) -> None:
    """Draw lines, points, whiskers and names.

    Values that are words are stars, samplers as they are configured have rings; all else are single
    points, and grey lines run through the held-out images, beyond a break only across.

    Args:
        panel: axes whose limits and size are final.
        points: x, y and their half-widths x_half, y_half (NaN where unknown), a row a method; the
            index is (autoencoder, sampler). Where x is a place beyond a break of the axis, `far`
            is what it stands for; else NaN.
        lines: the knobs.
    """
    names, ways = [], [points[["x", "y"]].to_numpy()]
    on_lines = {(line.autoencoder, name) for line in lines for name in (line.sampler, *line.names)}
    alone = sorted(set(points.index) - on_lines, key=lambda pair: methods.rank(*pair))
    for pair in alone:
        look, place = methods.method(*pair), tuple(points.loc[pair, ["x", "y"]])
        panel.plot(*place, look.marker or "o", color=look.colour, markersize=3, markeredgewidth=0)
        far = points.loc[pair, "far"]
        names.append((*place, look.tag + ("" if np.isnan(far) else f" ({far:.3g})"), look.colour))
        if pair[1] == "held_out":
            if np.isnan(far):
                panel.axvline(place[0], **GUIDE)
            panel.axhline(place[1], **GUIDE)
    for line in lines:
        found, way = _draw_line(panel, points, line)
        names += found
        ways.append(way)
    for pair, row in points.iterrows():
        bars = {"xerr": row["x_half"], "yerr": row["y_half"]}
        if np.isfinite(list(bars.values())).all():
            colour = methods.method(*pair).colour
            panel.errorbar(row["x"], row["y"], **bars, color=colour, alpha=0.4, elinewidth=0.5)
            across, up = np.array([bars["xerr"], 0]), np.array([0, bars["yerr"]])
            place = row[["x", "y"]].to_numpy(float)
            lowest = [panel.get_xlim()[0], panel.get_ylim()[0]]  # beyond, ratios have no place
            ways += [np.maximum([place - by, place + by], lowest) for by in (across, up)]
    point_names.name_points(panel, names, ways)


def _draw_line(panel, points: pd.DataFrame, line: Line) -> tuple[list, np.ndarray]:
    """One knob's line; names that it wants, and the points it leads through."""
    look, own = methods.method(line.autoencoder, line.sampler), (line.autoencoder, line.sampler)
    pairs = [(line.autoencoder, name) for name in line.names]
    known = [
        (value, pair == own, *points.loc[pair, ["x", "y"]])
        for value, pair in zip(line.values, pairs, strict=True)
        if pair in points.index
    ]
    joined = [row for row in known if not isinstance(row[0], str)]
    way = np.array([row[2:] for row in joined]).reshape(-1, 2)
    panel.plot(*way.T, look.line, color=look.colour, marker=look.marker, markeredgewidth=0)
    for value, _, *place in known:
        if isinstance(value, str):
            panel.plot(*place, linestyle="", color=look.colour, zorder=4, **STAR)
    ends, names = joined[:1] + joined[1:][-1:], []
    if own in points.index:
        place, tag = tuple(points.loc[own, ["x", "y"]]), look.tag
        panel.plot(*place, look.marker, color=look.colour, markeredgewidth=0)
        panel.plot(*place, linestyle="", color=look.colour, **RING)
        tag += "".join(f" {row[0]:g}" for row in ends if row[1] and row[0] is not None)
        names.append((*place, tag, look.colour))
    names += [
        (*place, f"{look.tag} {value:g}", look.colour)
        for value, is_own, *place in ends
        if not is_own
    ]
    return names, way


def explain(figure, lines: list[Line]) -> None:
    """A legend of knobs and symbols at the bottom of a figure; see `legend_height`."""
    from matplotlib.lines import Line2D

    entries = {}
    for line in lines:
        look = methods.method(line.autoencoder, line.sampler)
        entries[f"{look.tag}: {naming.name_of_option(line.option)}"] = Line2D(
            [], [], linestyle=look.line, color=look.colour, marker=look.marker, markeredgewidth=0
        )
    plain = {"linestyle": "", "color": "#444444"}
    entries["as configured"] = Line2D([], [], **plain, **RING)
    for word in _words(lines):
        entries[word] = Line2D([], [], **plain, **STAR)
    line_names.lay(figure, list(entries.values()), list(entries), ACROSS)


def legend_height(lines: list[Line]) -> float:
    """Inches that the legend takes."""
    return line_names.legend_height(len(lines) + 1 + len(_words(lines)), ACROSS)


def _words(lines: list[Line]) -> list[str]:
    """Values that are words, each once."""
    return list(dict.fromkeys(v for line in lines for v in line.values if isinstance(v, str)))
