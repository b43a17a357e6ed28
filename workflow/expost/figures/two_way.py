"""Every sampler on every autoencoder, a panel a measure, and what explains the variance."""

import numpy as np
import pandas as pd

from .. import features
from ..analyses import two_way as analysis
from ..metrics import describe
from ..stats import intervals
from . import line_names, methods, pictures, scales, share_bars, style

ACROSS, LETTERS = 2, 20  # panels beside each other; letters of a name on the left
POINT, ROW = 0.022, 0.04  # inches: between the points of a row, and between rows
TITLE, TICKS, GAP = 0.19, 0.18, 0.14  # inches: above, below and between panels
LINE, EDGE = 0.14, 0.04  # inches: a line of text; free on the sides


def two_way(scores: pd.DataFrame, shown: list, told: list[str]):
    """Panels of means and intervals, a row an autoencoder, then bars of shares of the variance.

    Intervals are 95 % t-intervals; of two seeds lines go from one to the other.

    Args:
        scores: the tidy scores of one data set, epoch and size, every sampler but controls on every
            autoencoder.
        shown: (space, its metrics), a panel each.
        told: lines below.

    Returns:
        A matplotlib figure, as wide as a column.

    Raises:
        ValueError: see `analyses.two_way.explain`.
    """
    from matplotlib.figure import Figure

    keys = [(space, metric) for space, metrics in shown for metric in metrics]
    parts = [scores[(scores["space"] == s) & (scores["metric"] == m)] for s, m in keys]
    found = [analysis.explain(part, metric) for part, (_, metric) in zip(parts, keys, strict=True)]
    rows, columns = methods.crossed(analysis.competitors(scores))
    names = [line_names.cut(methods.autoencoder_title(row), LETTERS) for row in rows]
    titles = _titles(keys)
    told = [_how_sure(scores), *told]
    tags, beside = line_names.fitted([methods.of_sampler(name).tag for name in columns])
    legend, bars = line_names.legend_height(len(tags), beside), share_bars.height_of(found)
    high = len(rows) * (POINT * len(columns) + ROW)
    below = legend + LINE * len(told) + bars
    height = -(-len(keys) // ACROSS) * (TITLE + high + TICKS) + below
    with style.context():
        figure = Figure(figsize=(style.COLUMN, height))
        longest = pictures.longest(figure, [*names, *titles], fontsize=style.SMALL) / figure.dpi
        left = 2 * EDGE + longest
        width = (style.COLUMN - left - EDGE - (ACROSS - 1) * GAP) / ACROSS
        for i, (part, (_, metric), title) in enumerate(zip(parts, keys, titles, strict=True)):
            x = left + i % ACROSS * (width + GAP)
            y = height - (i // ACROSS + 1) * (TITLE + high + TICKS) + TICKS
            place = [x / style.COLUMN, y / height, width / style.COLUMN, high / height]
            panel = figure.add_axes(place)
            _draw(panel, part, metric, rows, columns)
            heading = describe(metric).heading.removeprefix(describe(metric).title)
            panel.set_title(title + heading, fontsize=style.SMALL, pad=3)
            panel.set_yticks(range(len(rows)), ["" if i % ACROSS else name for name in names])
        if bars:
            share_bars.draw(figure, found, titles, left, below)
        for i, line in enumerate(told[::-1]):
            look = {"ha": "center", "va": "center", "fontsize": style.SMALL, "color": "#444444"}
            figure.text(0.5, (legend + LINE * (i + 0.5)) / height, line, **look)
        line_names.lay(figure, _handles(columns), tags, beside)
    return figure


def _titles(keys: list[tuple[str, str]]) -> list[str]:
    """Measures, with their space where there are several."""
    several = len({space for space, _ in keys}) > 1
    names = [
        f"{describe(metric).title}, {features.title(space)}" if several else describe(metric).title
        for space, metric in keys
    ]
    return [line_names.cut(name, LETTERS) for name in names]


def _how_sure(scores: pd.DataFrame) -> str:
    """What lines beside points and the dashed line are."""
    lines = intervals.of_marks([scores["seed"].nunique()], "Lines")
    return f"{lines or 'One seed: how sure a point is, is not known'}. Dashed: held-out images"


def _draw(panel, scores: pd.DataFrame, metric: str, rows: list, columns: list) -> None:
    """Points and intervals of all methods of one measure."""
    by = ["autoencoder", "sampler"]
    means = intervals.over_seeds(scores, by)
    means = means.assign(bar=intervals.bars(means)).set_index(by)[["mean", "bar"]]
    originals = means[means.index.get_level_values("sampler") == "held_out"]["mean"]
    competing = means.reindex(pd.MultiIndex.from_product([rows, columns]))
    shown = np.array([*competing["mean"], *originals])
    scales.set_values(panel, "x", shown, describe(metric), few=3)
    low, high = panel.get_xlim()
    for i, row in enumerate(rows):
        if i % 2:
            panel.axhspan(i - 0.5, i + 0.5, color="#F2F2F2", linewidth=0, zorder=0)
        for j, name in enumerate(columns):
            (mean, half), look = competing.loc[(row, name)], methods.of_sampler(name)
            y = i + 0.84 * ((j + 0.5) / len(columns) - 0.5)
            if np.isfinite(half):
                ends = np.clip([mean - half, mean + half], low, high)
                panel.plot(ends, [y, y], color=look.colour, linewidth=0.5, zorder=2)
            point = {"markersize": 2.2, "markeredgewidth": 0, "clip_on": False, "zorder": 3}
            panel.plot(mean, y, marker=look.marker, color=look.colour, **point)
    for value in originals:
        panel.axvline(value, color="#222222", linestyle="--", linewidth=0.6, zorder=1)
    panel.set_ylim(len(rows) - 0.5, -0.5)
    panel.tick_params(axis="y", length=0)


def _handles(columns: list[str]) -> list:
    """A point of each sampler."""
    from matplotlib.lines import Line2D

    looks = [methods.of_sampler(name) for name in columns]
    point = {"linestyle": "", "markeredgewidth": 0}
    return [Line2D([], [], marker=look.marker, color=look.colour, **point) for look in looks]
