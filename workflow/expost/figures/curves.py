"""Metrics as curves over epochs or training sizes, a panel a metric."""

import textwrap
from collections.abc import Mapping

import pandas as pd

from .. import features
from ..metrics import describe
from ..stats import intervals
from ..study.panels import USUAL
from . import line_names, methods, metric_panel, panels, style
from .column import LEFT, Column

LINE = 0.14  # inches: a line of text below
TOGETHER, STRIP = 0.95, 0.27  # inches: a panel's height; beside it, for intervals at the end
APART, NAME, TITLES = 0.5, 0.14, 0.41  # inches: a panel's height; a row's name; three lines


def metrics_over_epochs(scores: pd.DataFrame, **asked):
    """Metrics against the autoencoder's epochs of training; see `metrics_over`."""
    return metrics_over(scores, "epoch", "size", "Epochs of the autoencoder", **asked)


def metrics_over_sample_size(scores: pd.DataFrame, **asked):
    """Metrics against the number of codes that samplers are fitted to; see `metrics_over`."""
    return metrics_over(scores, "size", "epoch", "Training codes of the sampler", **asked)


def metrics_over(
    scores: pd.DataFrame,
    axis: str,
    fixed: str,
    title: str,
    shown: Mapping | str = USUAL,
    apart: bool = False,
    space: str | None = None,
):
    """Small multiples in one column of a page, a panel a metric, and lines of means over seeds.

    All methods together: a line each, and beside the panel, in the order of the legend, bars at the
    end of the axis. Or apart: a row a sampler, its line in colour with a band, before those of all
    others in grey. Bars and bands are 95 % t-intervals; of two seeds they go from one to the other.

    A control that was run at one place of the axis is taken to be the same all along it.

    Args:
        scores: the tidy scores of one data set.
        axis: the column on the horizontal axis (logarithmic for `size` or a decade).
        fixed: the column that must hold one value.
        title: of the horizontal axis.
        shown: the panels, as `panels.asked` takes them; by default those that papers show.
        apart: whether each sampler has panels of its own.
        space: the feature space shown; by default see `features.shown`.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: no scores, several data sets or values of `fixed`, or nothing of what is asked.
    """
    by = ["dataset", "autoencoder", "sampler", "epoch", "size", "space", "metric"]
    means = intervals.over_seeds(scores, by)
    means["half_width"] = intervals.bars(means)
    for column in ("dataset", fixed):
        if len(values := means[column].unique()) > 1:
            raise ValueError(
                f"got the {column}s {', '.join(map(str, values))}; a figure over {axis}s wants one"
            )
    groups, not_scored = panels.asked(means, shown, space=space)
    marks = intervals.of_marks(means["seeds"], "Bands" if apart else "Bars")
    told = [title, marks or "One seed: no intervals"]
    if apart:
        told.append("Grey: all others; dashed: held-out images")
    told += not_scored
    with style.context():
        return (_apart if apart else _together)(means, groups, axis, told)


def _together(means: pd.DataFrame, groups: panels.Panels, axis: str, told: list[str]):
    """Two panels beside each other, under the name of their space, and a legend below all."""
    sure, pairs = means["half_width"].notna().any(), methods.in_order(means)
    strip = STRIP if sure else 0.05
    legend = line_names.height_of(pairs)
    rows = [
        ("" if i else panels.heading(space), [(space, metric) for metric in metrics[i : i + 2]])
        for space, metrics in groups
        for i in range(0, len(metrics), 2)
    ]
    page = Column(rows, 2, TOGETHER, legend + LINE * len(told), beside=strip)
    for (space, metric), (panel,) in page.stacks.items():
        of = means[(means["space"] == space) & (means["metric"] == metric)]
        metric_panel.together(panel, of, describe(metric), axis, pairs, strip / page.width)
        panel.set_title(describe(metric).heading, pad=3)
    line_names.legend(page.figure, pairs)
    _write(page, told, legend)
    return page.figure


def _apart(means: pd.DataFrame, groups: panels.Panels, axis: str, told: list[str]):
    """Up to three panels beside each other, and such a row for every sampler."""
    pairs = methods.in_order(means)
    own = [pair for pair in pairs if not methods.is_control(*pair)] or pairs
    keys = [(space, metric) for space, metrics in groups for metric in metrics]
    across = min(3, len(keys))
    rows = [("", keys[i : i + across]) for i in range(0, len(keys), across)]
    names = [line_names.turned(methods.method(*pair).tag, APART) for pair in own]
    beside = NAME * (1 + max(name.count("\n") for name in names))
    page = Column(
        rows, across, APART, LINE * len(told), beside, beside=0.15, stacked=len(own), title=TITLES
    )
    for (space, metric), stack in page.stacks.items():
        of = means[(means["space"] == space) & (means["metric"] == metric)]
        for pair, panel in zip(own, stack, strict=True):
            metric_panel.apart(panel, of, describe(metric), axis, pair)
            panel.tick_params(labelbottom=panel is stack[-1])
        lines = [
            line
            for name in (describe(metric).heading, features.title(space))
            for line in textwrap.wrap(name, 20)
        ]
        stack[0].set_title("\n".join(lines), pad=3, fontsize=style.SMALL, loc="right")
    look = {"rotation": 90, "ha": "center", "va": "center", "fontsize": style.SMALL}
    place = -(LEFT + beside / 2) / page.width
    for stack in page.firsts:
        for pair, name, panel in zip(own, names, stack, strict=True):
            look |= {"color": methods.method(*pair).colour, "transform": panel.transAxes}
            panel.text(place, 0.5, name, **look)
    _write(page, told, 0)
    return page.figure


def _write(page: Column, told: list[str], above: float) -> None:
    """The title of the horizontal axis, and below it what is to be known."""
    for i, line in enumerate(told[::-1]):
        look = {} if line is told[0] else {"fontsize": style.SMALL, "color": "#444444"}
        page.write(line, above + LINE * (i + 0.5), **look)
