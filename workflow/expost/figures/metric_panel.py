"""One panel of a metric along an axis: lines, bands, scales and the names of the lines."""

import numpy as np
import pandas as pd

from ..metrics.base import Metric
from . import line_names, methods


def draw(panel, means: pd.DataFrame, metric: Metric, axis: str) -> None:
    """One panel: lines, bands, scales and the names of the lines."""
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullLocator

    log = means["mean"].min() > 0 and means["mean"].max() > 10 * means["mean"].min()
    panel.set_yscale("log" if log else "linear")
    lowest, highest = _limits(means, log, metric)
    panel.set_ylim(lowest, highest)
    if log:
        few = highest > 100 * lowest
        panel.yaxis.set_major_locator(LogLocator(subs=(1,) if few else (1, 2, 5)))
        panel.yaxis.set_major_formatter(FuncFormatter(_short))
        panel.yaxis.set_minor_locator(NullLocator())
    else:
        panel.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    ticks = np.sort(means[axis].unique())
    if axis == "size" or ticks[-1] > 10 * ticks[0] > 0:
        panel.set_xscale("log", base=2)
    if len(ticks) > 1:
        panel.set_xlim(ticks[0], ticks[-1])
    if metric.best == "half":
        panel.axhline(0.5, color="#BBBBBB", linewidth=0.6, zorder=0)

    lines, ends = dict(list(means.sort_values(axis).groupby(["autoencoder", "sampler"]))), []
    for pair in methods.in_order(means):
        columns = (lines[pair][column].to_numpy(float) for column in (axis, "mean", "half_width"))
        x, y, half = columns
        if steady := methods.is_control(*pair) and len(x) == 1 < len(ticks):
            x, y, half = ticks[[0, -1]], y.repeat(2), half.repeat(2)  # the same all along the axis
        _draw_line(panel, pair, x, y, single=len(ticks) == 1, steady=steady)
        known = np.isfinite(half)
        panel.fill_between(
            x[known],
            np.maximum((y - half)[known], lowest),
            np.minimum((y + half)[known], highest),
            color=methods.method(*pair).colour,
            alpha=0.1,
            linewidth=0,
            zorder=1,
        )
        ends.append((panel.transData.transform((x[-1], y[-1]))[1], methods.method(*pair)))
    panel.set_title(metric.heading, pad=5)
    line_names.name_lines(panel, ends)
    line_names.label_ticks(panel, ticks)


def _draw_line(panel, pair, x, y, single: bool, steady: bool) -> None:
    """The line of one method; markers show where it was run, so a steady control has none."""
    look, control = methods.method(*pair), methods.is_control(*pair)
    if single and not look.marker:  # a reference has no markers that a point could be
        panel.axhline(y[0], color=look.colour, linestyle=look.line, linewidth=0.8)
        return
    panel.plot(
        x,
        y,
        look.line,
        color=look.colour,
        marker="" if steady else look.marker,
        markeredgewidth=0,
        linewidth=0.8 if control else None,
        clip_on=False,
        zorder=2 if control else 3,
    )


def _short(value: float, _position) -> str:
    """A number of at most four digits or so: powers of ten are too wide for the gap to the left."""
    return (
        f"{value:g}"
        if 0.01 <= value < 10_000
        else f"{value:.0e}".replace("e+0", "e").replace("e-0", "e-")
    )


def _limits(means: pd.DataFrame, log: bool, metric: Metric) -> tuple[float, float]:
    """The range of the means and some room; bands may leave it, or an odd seed flattens all."""
    low, high = means["mean"].min(), means["mean"].max()
    if metric.best == "half":
        low, high = min(low, 0.5), max(high, 0.5)
    if log:
        room = (high / low) ** 0.08
        return low / room, high * room
    room = 0.08 * (high - low) or 0.05 * abs(high) or 1.0
    return low - room, high + room
