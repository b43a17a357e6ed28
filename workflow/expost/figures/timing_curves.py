"""Seconds of fitting and of drawing against the number of codes."""

from dataclasses import replace

import numpy as np
import pandas as pd

from ..stats import intervals
from . import line_names, methods, style

PHASES = {"fit": "Fitting to n codes [s]", "sample": "Drawing n codes [s]"}
# Inches: height of a panel; around all panels on the left, below, above; between rows.
PANEL, LEFT, BOTTOM, TOP, ROWS = 2.0, 0.6, 0.45, 0.25, 0.35
NAME, STEM = 0.8, 0.12  # inches for a line's name, after a share of the panel's width


def cost_over_sample_size(timings: pd.DataFrame):
    """Log-log panels, fitting above and drawing below, a column a dimension; a line a sampler.

    The name at the end of a line comes with its slope; the dotted lines in the background have
    slope 1.

    Args:
        timings: a tidy table with the columns sampler, dimension, size, phase, seconds.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: no rows, a missing column, a run twice, or seconds that are not positive.
    """
    from matplotlib.figure import Figure

    intervals.check(timings, ["sampler", "dimension", "size", "phase"], "seconds")
    if (least := timings["seconds"].min()) <= 0:
        raise ValueError(f"got {least} seconds; a logarithmic axis wants more than 0")
    dimensions, sizes = (np.sort(timings[axis].unique()) for axis in ("dimension", "size"))
    count = len(dimensions)
    with style.context():
        height = len(PHASES) * (PANEL + ROWS) - ROWS + BOTTOM + TOP
        panel_width = max(1.0, ((style.TEXT_WIDTH - LEFT) / count - NAME) / (1 + STEM))
        width = LEFT + count * ((1 + STEM) * panel_width + NAME)
        figure = Figure(figsize=(width, height))
        panels = figure.subplots(len(PHASES), count, squeeze=False, sharey="row")
        figure.subplots_adjust(
            left=LEFT / width,
            right=1 - (STEM * panel_width + NAME) / width,
            bottom=BOTTOM / height,
            top=1 - TOP / height,
            wspace=STEM + NAME / panel_width,
            hspace=ROWS / PANEL,
        )
        for row, (phase, title) in zip(panels, PHASES.items(), strict=True):
            shown = timings[timings["phase"] == phase]
            for panel, dimension in zip(row, dimensions, strict=True):
                panel.set(xscale="log", yscale="log")
                if len(sizes) > 1:
                    panel.set_xlim(sizes[0], sizes[-1])
                panel.set_ylim(0.7 * shown["seconds"].min(), 1.4 * shown["seconds"].max())
                _draw(panel, shown[shown["dimension"] == dimension])
                line_names.label_ticks(panel, sizes)
            row[0].set_ylabel(title)
        for panel, dimension in zip(panels[0], dimensions, strict=True):
            panel.set_title(f"d = {dimension}", pad=5)
        for panel in panels[-1]:
            panel.set_xlabel("Number of codes n")
    return figure


def slope(sizes: np.ndarray, seconds: np.ndarray) -> float:
    """The power of n by which time grows: least squares in log-log, over the larger half of sizes.

    Small sizes are left out, as there what does not grow takes most of the time. Half of the sizes
    is rounded up, and at least two; of one size nothing is known, and the slope is NaN.

    Args:
        sizes: numbers of codes, shape (k,), in any order.
        seconds: shape (k,).
    """
    if len(sizes) < 2:
        return float("nan")
    larger = np.argsort(sizes)[-max(2, -(-len(sizes) // 2)) :]
    return float(np.polyfit(np.log(sizes[larger]), np.log(seconds[larger]), 1)[0])


def _draw(panel, timings: pd.DataFrame) -> None:
    """Lines of one panel and their names."""
    from matplotlib.ticker import NullLocator

    panel.yaxis.set_minor_locator(NullLocator())
    low, high = panel.get_ylim()
    start, end = panel.get_xlim()
    for power in range(int(np.log10(low * start / end)) - 1, int(np.log10(high)) + 2):
        guide = np.array([1.0, end / start]) * 10.0**power
        panel.plot([start, end], guide, ":", color="#CCCCCC", linewidth=0.6, zorder=0)
    lines, ends = dict(list(timings.sort_values("size").groupby("sampler"))), []
    for name in sorted(lines, key=lambda name: methods.rank("ae", name)):
        look = methods.method("ae", name)
        x, y = (lines[name][column].to_numpy(float) for column in ("size", "seconds"))
        panel.plot(
            x,
            y,
            look.line,
            color=look.colour,
            marker=look.marker,
            markeredgewidth=0,
            clip_on=False,
        )
        power = slope(x, y)
        tag = look.tag if np.isnan(power) else f"{look.tag} {power:z.1f}"
        ends.append((panel.transData.transform((x[-1], y[-1]))[1], replace(look, tag=tag)))
    line_names.name_lines(panel, ends)
