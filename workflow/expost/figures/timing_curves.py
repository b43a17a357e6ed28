"""Seconds of fitting and of drawing against the number of codes."""

from dataclasses import replace

import numpy as np
import pandas as pd

from ..stats import intervals
from . import line_names, methods, style

PHASES = {"fit": "Fitting to n codes", "sample": "Drawing n codes"}
# Inches: height of a panel; on the left and below; above a panel; between rows; of a line's power;
# of a line of the note.
PANEL, LEFT, BOTTOM, TOP, ROWS, POWER, NOTE = 1.25, 0.42, 0.34, 0.2, 0.38, 0.42, 0.12
GROWTH = "n^p: time grows as this power of n (larger half of n); dotted: as n"
BUSY = "Hollow: other work took the cores, so no power is fitted to it"


def cost_over_sample_size(timings: pd.DataFrame):
    """Log-log panels, fitting on the left and drawing on the right, a row a dimension.

    At the end of a line stands the power of n by which its time grows (see `slope`); the dotted
    lines in the background grow as n. Times that were taken while other work took the cores are
    hollow, and a line with some of them among those that its power would be fitted to has none.

    Args:
        timings: a tidy table with the columns sampler, dimension, size, phase, seconds, busy.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: no rows, a missing column, a run twice, or seconds that are not positive.
    """
    from matplotlib.figure import Figure

    intervals.check(timings, ["sampler", "dimension", "size", "phase"], "seconds")
    intervals.check(timings, ["sampler", "dimension", "size", "phase"], "busy")
    if (least := timings["seconds"].min()) <= 0:
        raise ValueError(f"got {least} seconds; a logarithmic axis wants more than 0")
    dimensions, sizes = (np.sort(timings[axis].unique()) for axis in ("dimension", "size"))
    shown = sorted(timings["sampler"].unique(), key=lambda name: methods.rank("ae", name))
    notes = [GROWTH, BUSY][: 1 + bool(timings["busy"].any())]
    with style.context():
        legend = line_names.height_of([("ae", name) for name in shown])
        below = legend + len(notes) * NOTE + BOTTOM
        height = len(dimensions) * (PANEL + ROWS) - ROWS + TOP + below
        figure = Figure(figsize=(style.COLUMN, height))
        panels = figure.subplots(len(dimensions), len(PHASES), squeeze=False, sharey=True)
        width = (style.COLUMN - LEFT) / len(PHASES) - POWER
        figure.subplots_adjust(
            left=LEFT / style.COLUMN,
            right=1 - POWER / style.COLUMN,
            bottom=below / height,
            top=1 - TOP / height,
            wspace=POWER / width,
            hspace=ROWS / PANEL,
        )
        panels[0, 0].set(xscale="log", yscale="log")
        panels[0, 0].set_ylim(0.7 * timings["seconds"].min(), 1.4 * timings["seconds"].max())
        for row, dimension in zip(panels, dimensions, strict=True):
            for panel, (phase, title) in zip(row, PHASES.items(), strict=True):
                panel.set_xscale("log")
                if len(sizes) > 1:
                    panel.set_xlim(sizes[0], sizes[-1])
                of = (timings["phase"] == phase) & (timings["dimension"] == dimension)
                _draw(panel, timings[of])
                line_names.label_ticks(panel, sizes)
                panel.set_title(f"{title}, d = {dimension}", pad=4)
        for panel in panels[-1]:
            panel.set_xlabel("Number of codes n", labelpad=2)
        for i, note in enumerate(notes):
            place = legend + (len(notes) - i - 0.5) * NOTE
            look = {"ha": "center", "va": "center", "fontsize": style.SMALL, "color": "#444444"}
            figure.text(0.5, place / height, note, **look)
        line_names.legend(figure, [("ae", name) for name in shown])
    return figure


def larger_half(sizes: np.ndarray) -> np.ndarray:
    """Positions of the larger half of some sizes, rounded up, and at least two where there are."""
    return np.argsort(sizes)[-max(2, -(-len(sizes) // 2)) :]


def slope(sizes: np.ndarray, seconds: np.ndarray) -> float:
    """The power of n by which time grows: least squares in log-log, over the larger half of sizes.

    Small sizes are left out, as there what does not grow takes most of the time. Of one size, or of
    sizes within a factor of 2, nothing is known, as times scatter, and the slope is NaN.

    Args:
        sizes: numbers of codes, shape (k,), in any order.
        seconds: shape (k,).
    """
    if len(sizes) < 2:
        return float("nan")
    larger = larger_half(sizes)
    if sizes[larger].max() < 2 * sizes[larger].min():
        return float("nan")
    return float(np.polyfit(np.log(sizes[larger]), np.log(seconds[larger]), 1)[0])


def _draw(panel, timings: pd.DataFrame) -> None:
    """Lines of one panel and their powers."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

    panel.yaxis.set_major_locator(LogLocator(numticks=6))
    panel.yaxis.set_major_formatter(FuncFormatter(_duration))
    panel.yaxis.set_minor_locator(NullLocator())
    low, high = panel.get_ylim()
    start, end = panel.get_xlim()
    for power in range(int(np.log10(low * start / end)) - 1, int(np.log10(high)) + 2):
        guide = np.array([1.0, end / start]) * 10.0**power
        panel.plot([start, end], guide, ":", color="#CCCCCC", linewidth=0.5, zorder=0)
    panel.set_ylim(low, high)
    lines, ends = dict(list(timings.sort_values("size").groupby("sampler"))), []
    for name in sorted(lines, key=lambda name: methods.rank("ae", name)):
        look = methods.method("ae", name)
        x, y = (lines[name][column].to_numpy(float) for column in ("size", "seconds"))
        busy = lines[name]["busy"].to_numpy(bool)
        panel.plot(x, y, look.line, color=look.colour)
        for some, inside in ((~busy, look.colour), (busy, "white")):
            points = {"linestyle": "", "marker": look.marker, "color": look.colour}
            points |= {"markerfacecolor": inside, "markeredgewidth": 0.5, "clip_on": False}
            panel.plot(x[some], y[some], zorder=3, **points)
        if np.isfinite(power := slope(x, y)) and not busy[larger_half(x)].any():
            tag = f"n^{power:z.1f}"
            ends.append((panel.transData.transform((x[-1], y[-1]))[1], replace(look, tag=tag)))
    line_names.name_lines(panel, ends)


def _duration(seconds: float, _position=None) -> str:
    """A time in the unit that people would use for it."""
    units = {"s": 1.0, "ms": 1e-3, "µs": 1e-6}
    unit = next((name for name, size in units.items() if seconds > 0.99 * size), "µs")
    return f"{seconds / units[unit]:g} {unit}"
