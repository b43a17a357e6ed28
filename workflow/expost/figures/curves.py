"""Metrics as curves over epochs or training sizes, a panel a metric."""

from itertools import zip_longest

import numpy as np
import pandas as pd

from .. import features
from ..metrics import describe
from ..metrics.base import Metric
from ..stats import intervals
from . import line_names, methods, style

TWO_SAMPLE, OF_CLASSES = ("emd", "mmd", "one_nn"), ("inception_score", "fid_softmax", "frechet")
PANEL = 1.45  # inches of height


def metrics_over_epochs(scores: pd.DataFrame, space: str | None = None):
    """Every metric against the autoencoder's epochs of training; see `metrics_over`."""
    return metrics_over(scores, "epoch", "size", "Epochs of the autoencoder", space)


def metrics_over_sample_size(scores: pd.DataFrame, space: str | None = None):
    """Every metric against the number of codes that samplers are fitted to; see `metrics_over`."""
    return metrics_over(scores, "size", "epoch", "Training codes of the sampler", space)


def metrics_over(scores: pd.DataFrame, axis: str, fixed: str, title: str, space: str | None):
    """Small multiples: a row of panels in pixels, two in one feature space; a line a method.

    Lines are means over seeds, bands their 95 % t-intervals where there are two seeds or more.

    Args:
        scores: the tidy scores of one data set.
        axis: the column on the horizontal axis (logarithmic for `size` or a decade).
        fixed: the column that must hold one value.
        title: of the horizontal axis.
        space: the feature space shown; by default `resnet34` where it is scored, else the first.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: no scores, several data sets or values of `fixed`, or no such space.
    """
    from matplotlib.figure import Figure

    by = ["dataset", "autoencoder", "sampler", "epoch", "size", "space", "metric"]
    means = intervals.over_seeds(scores, by)
    for column in ("dataset", fixed):
        if len(values := means[column].unique()) > 1:
            raise ValueError(
                f"got the {column}s {', '.join(map(str, values))}; a figure over {axis}s wants one"
            )
    rows = _rows(means, space)
    with style.context():
        height = len(rows) * (PANEL + 0.42) + 0.32
        figure = Figure(figsize=(style.TEXT_WIDTH, height))
        panels = figure.subplots(len(rows), 3, squeeze=False)
        figure.subplots_adjust(
            left=0.56 / style.TEXT_WIDTH,
            right=1 - 0.68 / style.TEXT_WIDTH,
            bottom=0.45 / height,
            top=1 - 0.25 / height,
            wspace=0.74,
            hspace=0.42 / PANEL,
        )
        for line, (of, metrics) in zip(panels, rows, strict=True):
            for panel, metric in zip_longest(line, metrics):
                if metric is None:
                    panel.set_axis_off()
                else:
                    shown = means[(means["space"] == of) & (means["metric"] == metric)]
                    _draw(panel, shown, describe(metric), axis)
            name = features.title(of)
            line[0].set_ylabel(name[:1].upper() + name[1:])
            line[0].yaxis.set_label_coords(-0.3, 0.5)
        panels[-1, len(rows[-1][1]) // 2].set_xlabel(title)
    return figure


def _rows(means: pd.DataFrame, space: str | None) -> list[tuple[str, tuple]]:
    """The rows of panels that there are scores for: (space, its metrics, as many as there are)."""
    scored = features.of_networks(means["space"].unique())
    if space is None:
        space = features.shown(scored)
    elif space not in scored:
        raise ValueError(
            f"got the feature space {space!r}; scored are {', '.join(scored) or 'none'}"
        )
    rows = [("pixels", TWO_SAMPLE), (space, TWO_SAMPLE), (space, OF_CLASSES)]
    present = set(zip(means["space"], means["metric"], strict=True))
    shown = [(s, tuple(m for m in metrics if (s, m) in present)) for s, metrics in rows]
    return [(s, metrics) for s, metrics in shown if metrics]


def _draw(panel, means: pd.DataFrame, metric: Metric, axis: str) -> None:
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
        look, control = methods.method(*pair), methods.is_control(*pair)
        x, y, half = (
            lines[pair][column].to_numpy(float) for column in (axis, "mean", "half_width")
        )
        if len(ticks) == 1 and not look.marker:  # a reference has no markers that a point could be
            panel.axhline(y[0], color=look.colour, linestyle=look.line, linewidth=0.8)
        else:
            panel.plot(
                x,
                y,
                look.line,
                color=look.colour,
                marker=look.marker,
                markeredgewidth=0,
                linewidth=0.8 if control else None,
                clip_on=False,
                zorder=2 if control else 3,
            )
        known = np.isfinite(half)
        panel.fill_between(
            x[known],
            np.maximum((y - half)[known], lowest),
            np.minimum((y + half)[known], highest),
            color=look.colour,
            alpha=0.1,
            linewidth=0,
            zorder=1,
        )
        ends.append((panel.transData.transform((x[-1], y[-1]))[1], look))
    panel.set_title(metric.heading, pad=5)
    line_names.name_lines(panel, ends)
    line_names.label_ticks(panel, ticks)


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
