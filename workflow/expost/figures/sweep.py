"""Metrics against a setting of autoencoders, a line an autoencoder and sampler."""

import textwrap
from collections.abc import Mapping

import numpy as np
import pandas as pd

from .. import features
from ..metrics import describe
from ..stats import intervals
from ..study.panels import SHOWN, USUAL
from ..study.training_sweeps import Turn
from . import line_names, naming, panels, scales, style, sweep_lines
from .column import Column

QUALITY = {SHOWN: ("frechet",), "vectors": ("emd",)}
LINE = 0.14  # inches: a line of text below
ALONE, BESIDE = 1.5, 0.95  # inches: the height of a panel, and of two beside each other
LETTERS = 58  # of a line across a column
ONE = ["dataset", "epoch", "size"]


def sweep(
    scores: pd.DataFrame,
    turns: list[Turn],
    shown: Mapping | str = USUAL,
    title: str = "",
    space: str | None = None,
):
    """Small multiples in one column of a page, a panel a metric, and lines of means over seeds.

    Bars are 95 % t-intervals over seeds. Methods that no setting is turned for, such as held-out
    images, lie across. The axis is logarithmic where values are spread over more than a decade; 0
    has a place left of the least other then.

    Args:
        scores: the tidy scores of one data set, epoch and size.
        turns: one setting of one autoencoder or more.
        shown: the panels, as `panels.asked` takes them; by default the Fréchet distance in the
            feature space that is shown, and of vectors their EMD.
        title: of the horizontal axis; by default the setting's name.
        space: the feature space shown; by default `resnet34` where it is scored, else the first.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: no scores, several data sets, epochs or sizes, no one setting, or nothing of
            what is asked.
    """
    by = [*ONE, "autoencoder", "sampler", "space", "metric"]
    means = intervals.over_seeds(scores, by)
    for column in ONE:
        if len(values := means[column].unique()) > 1:
            raise ValueError(f"got the {column}s {', '.join(map(str, values))}; a sweep wants one")
    if len(settings := dict.fromkeys(turn.setting for turn in turns)) != 1:
        raise ValueError(f"got {', '.join(settings) or 'no setting'}; a sweep wants one setting")
    groups, not_scored = panels.asked(means, shown, QUALITY, space)
    keys = [(of, metric) for of, names in groups for metric in names]
    ways = sweep_lines.ways(means, turns)
    told = textwrap.wrap(title or naming.name_of_option(next(iter(settings)).split(".")[-1]), 50)
    lines_of_title = len(told)
    told += textwrap.wrap(_how_sure(means), LETTERS) + not_scored
    ticks = np.unique([value for turn in turns for value in turn.values])
    with style.context():
        looks = sweep_lines.looks(ways)
        names, columns = line_names.fitted([tag for tag, _ in looks])
        legend = line_names.legend_height(len(names), columns)
        across = min(2, len(keys))
        rows = [("", keys[i : i + across]) for i in range(0, len(keys), across)]
        height = (ALONE, BESIDE)[across - 1]
        page = Column(rows, across, height, legend + LINE * len(told))
        for key, (panel,) in page.stacks.items():
            of = means[(means["space"] == key[0]) & (means["metric"] == key[1])]
            scales.set_scales(panel, of, describe(key[1]), ticks)
            for way, (_, look) in zip(ways, looks, strict=True):
                _draw(panel, of, way, look)
            heading = f"{describe(key[1]).heading}, {features.title(key[0])}"
            panel.set_title("\n".join(textwrap.wrap(heading, 52 // across)), pad=3)
        handles = [_handle(look) for _, look in looks]
        line_names.lay(page.figure, handles, names, columns)
        for i, line in enumerate(told[::-1]):
            small = i < len(told) - lines_of_title
            look = {"fontsize": style.SMALL, "color": "#444444"} if small else {}
            page.write(line, legend + LINE * (i + 0.5), **look)
    return page.figure


def _how_sure(means: pd.DataFrame) -> str:
    """What is to be known of the intervals."""
    if (seeds := int(means["seeds"].max())) > 1:
        return f"Bars: 95 % t-intervals over {seeds} seeds"
    return "One seed: no intervals"


def _draw(panel, means: pd.DataFrame, way: sweep_lines.Way, look: dict) -> None:
    """One line with its intervals, within the panel, or a level across."""
    rows = means[means["sampler"] == way.sampler].set_index("autoencoder")
    known = [name for name in dict.fromkeys(way.names) if name in rows.index]
    if not known:
        return
    if not way.places:
        panel.axhline(rows.loc[known[0], "mean"], linewidth=0.7, zorder=2, **look)
        return
    at = dict(zip(way.names, way.places, strict=True))
    x = np.array([at[name] for name in known], float)
    order = np.argsort(x)
    x, y, half = (v[order] for v in (x, *rows.loc[known, ["mean", "half_width"]].to_numpy().T))
    panel.plot(x, y, markeredgewidth=0, clip_on=False, zorder=3, **look)
    low, high = np.clip([y - half, y + half], *panel.get_ylim())
    sure = np.isfinite(half)
    bars = {"color": look["color"], "alpha": 0.5, "linewidth": 0.7, "clip_on": False}
    panel.vlines(x[sure], low[sure], high[sure], **bars)


def _handle(look: dict):
    from matplotlib.lines import Line2D

    return Line2D([], [], markeredgewidth=0, **look)
