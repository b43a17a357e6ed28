"""One panel of a metric along an axis: scales, and the lines of methods with their intervals."""

import numpy as np
import pandas as pd

from ..metrics.base import Metric
from . import methods
from .scales import set_scales

FIELD = {"color": "#CCCCCC", "linewidth": 0.5, "zorder": 1}


def together(panel, means: pd.DataFrame, metric: Metric, axis: str, pairs: list, strip: float):
    """Lines of all methods, and their intervals at the end of the axis in a strip beside it.

    Args:
        panel: axes that have their size.
        means: of the metric: mean and half_width, a row a method and place on the axis.
        metric: what is shown.
        axis: the column on the horizontal axis.
        pairs: all methods of the figure, which have their places in the strip.
        strip: its width, as a share of the panel's.
    """
    ticks = set_scales(panel, means, metric, np.sort(means[axis].unique()), log=axis == "size")
    lowest, highest = panel.get_ylim()
    across = panel.get_yaxis_transform()
    for pair, (x, y, half) in _lines(means, axis, ticks).items():
        _draw_line(panel, pair, x, y, single=len(ticks) == 1, steady=_steady(pair, means, axis))
        if np.isfinite(half[-1]):
            place = 1 + strip * (0.16 + 0.76 * (pairs.index(pair) + 0.5) / len(pairs))
            ends = np.clip([y[-1] - half[-1], y[-1] + half[-1]], lowest, highest)
            look = methods.method(*pair)
            joined = {"color": look.colour, "transform": across, "clip_on": False}
            panel.plot([place, place], ends, linewidth=0.7, **joined)
            panel.plot(place, y[-1], marker="_", markersize=2.2, markeredgewidth=0.7, **joined)


def apart(panel, means: pd.DataFrame, metric: Metric, axis: str, pair: tuple[str, str]) -> None:
    """The line of one method and its band of intervals, before those of all others in grey."""
    ticks = set_scales(panel, means, metric, np.sort(means[axis].unique()), axis == "size", few=3)
    lowest, highest = panel.get_ylim()
    lines = _lines(means, axis, ticks)
    for other, (x, y, _) in lines.items():
        if other == pair:
            continue
        held_out = other[1] == "held_out"
        look = {"color": "#222222", "linewidth": 0.6, "linestyle": "--"} if held_out else {}
        if len(ticks) == 1:
            panel.axhline(y[0], **FIELD | look)
        else:
            panel.plot(x, y, **FIELD | look)
    if pair not in lines:
        return
    x, y, half = lines[pair]
    _draw_line(panel, pair, x, y, single=len(ticks) == 1, steady=False)
    known, look = np.isfinite(half), methods.method(*pair)
    low, high = np.maximum((y - half)[known], lowest), np.minimum((y + half)[known], highest)
    if len(ticks) == 1:
        panel.vlines(x[known], low, high, color=look.colour, linewidth=0.7)
    else:
        panel.fill_between(
            x[known], low, high, color=look.colour, alpha=0.25, linewidth=0, zorder=2
        )


def _lines(means: pd.DataFrame, axis: str, ticks: np.ndarray) -> dict:
    """Each method's places, means and half-widths, in order; a steady control's at both ends."""
    rows, found = dict(list(means.sort_values(axis).groupby(["autoencoder", "sampler"]))), {}
    for pair in methods.in_order(means):
        x, y, half = (rows[pair][column].to_numpy(float) for column in (axis, "mean", "half_width"))
        if methods.is_control(*pair) and len(x) == 1 < len(ticks):
            x, y, half = ticks[[0, -1]], y.repeat(2), half.repeat(2)
        found[pair] = x, y, half
    return found


def _steady(pair: tuple[str, str], means: pd.DataFrame, axis: str) -> bool:
    """Whether a control was run at one place alone."""
    of = means[(means["autoencoder"] == pair[0]) & (means["sampler"] == pair[1])]
    return methods.is_control(*pair) and len(of) == 1 < means[axis].nunique()


def _draw_line(panel, pair, x, y, single: bool, steady: bool) -> None:
    """The line of one method; markers show where it was run, so a steady control has none."""
    look, control = methods.method(*pair), methods.is_control(*pair)
    if single and not look.marker:  # a reference has no markers that a point could be
        panel.axhline(y[0], color=look.colour, linestyle=look.line, linewidth=0.7)
        return
    panel.plot(
        x,
        y,
        look.line,
        color=look.colour,
        marker="" if steady else look.marker,
        markeredgewidth=0,
        linewidth=0.7 if control else None,
        clip_on=False,
        zorder=2 if control else 3,
    )
