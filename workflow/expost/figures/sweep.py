"""Metrics against a setting of autoencoders, a line an autoencoder and sampler."""

import textwrap
from collections.abc import Mapping

import numpy as np
import pandas as pd

from .. import features
from ..metrics import describe
from ..stats import intervals
from ..study.panels import SHOWN, USUAL
from ..study.turns import Turn
from . import bands, collapses, line_names, naming, panels, scales, style, sweep_lines
from .column import Column

QUALITY = {SHOWN: ("frechet",), "vectors": ("emd",)}
LINE = 0.14  # inches: a line of text below
ALONE, BESIDE = 1.5, 0.95  # inches: the height of a panel, and of two beside each other
ROOM, APART = 0.04, 1.2  # of an axis, on either side; points between bars of one value
LETTERS = 58  # of a line across a column
CROSSES = "collapsed trainings, in no mean, at the edge if beyond a panel"
ONE = ["dataset", "epoch", "size"]


def sweep(
    scores: pd.DataFrame,
    turns: list[Turn],
    shown: Mapping | str = USUAL,
    title: str = "",
    space: str | None = None,
    dimensions: pd.DataFrame | None = None,
):
    """Small multiples in one column of a page, a panel a metric, and lines of means over seeds.

    Bars are `intervals.bars` over seeds. Methods that no setting is turned for, such as held-out
    images, lie across. The axis is logarithmic where values are spread over more than a decade; 0
    has a place left of the least other then. Crosses are trainings that collapsed, in no mean.

    Args:
        scores: the tidy scores of one data set, epoch and size, also of trainings that collapsed.
        turns: one setting of one autoencoder or more.
        shown: the panels, as `panels.asked` takes them; by default the Fréchet distance in the
            feature space that is shown, and of vectors their EMD.
        title: of the horizontal axis; by default the setting's name.
        space: the feature space shown; by default the one that stands for all,
            see `features.shown`.
        dimensions: what `analyses.intrinsic_dimension` finds of the data, of which the setting is
            the codes' length: bands up and down.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: no scores, several data sets, epochs or sizes, no one setting, or nothing of
            what is asked.
    """
    by = [*ONE, "autoencoder", "sampler", "space", "metric"]
    sound, lost = collapses.apart(scores)
    means = intervals.over_seeds(sound, by)
    means["half_width"] = intervals.bars(means)
    for column in ONE:
        if len(values := means[column].unique()) > 1:
            raise ValueError(f"got the {column}s {', '.join(map(str, values))}; a sweep wants one")
    if len(settings := dict.fromkeys(turn.setting for turn in turns)) != 1:
        raise ValueError(f"got {', '.join(settings) or 'no setting'}; a sweep wants one setting")
    groups, not_scored = panels.asked(means, shown, QUALITY, space)
    told = textwrap.wrap(title or naming.name_of_option(next(iter(settings)).split(".")[-1]), 50)
    sure = intervals.of_bars(means) or "One seed: no intervals"
    crossed = lost["autoencoder"].isin([name for turn in turns for name in turn.names])
    sure += f"; crosses: {CROSSES}" if crossed.any() else ""
    small = [*textwrap.wrap(sure, LETTERS), *not_scored]
    ticks = np.unique([value for turn in turns for value in turn.values])
    small += [] if dimensions is None else bands.in_words(dimensions, ticks, LETTERS)
    ways = sweep_lines.ways(scores, turns)
    turned = sum(bool(way.places) for way in ways)  # which stand first
    with style.context():
        tags, looks = zip(*sweep_lines.looks(ways), strict=True)
        names, columns = line_names.fitted(list(tags))
        legend = line_names.legend_height(len(names), columns)
        page = _page(groups, legend + LINE * len([*told, *small]))
        for (of, metric), (panel,) in page.stacks.items():
            rows = means[(means["space"] == of) & (means["metric"] == metric)]
            scales.set_scales(panel, rows, describe(metric), ticks)
            _leave_room(panel, ticks)
            if dimensions is not None:
                bands.draw(panel, dimensions)
            for place, (way, look) in enumerate(zip(ways, looks, strict=True)):
                _draw(panel, rows, way, look, APART * (place - (turned - 1) / 2))
                of_lost = lost[(lost["space"] == of) & (lost["metric"] == metric)]
                _crosses(panel, of_lost[of_lost["sampler"] == way.sampler], way, look)
            panel.set_title(_heading(of, metric, alone=len(page.stacks) == 1), pad=3)
        line_names.lay(page.figure, [_handle(look) for look in looks], names, columns)
        for i, line in enumerate([*told, *small][::-1]):
            look = {"fontsize": style.SMALL, "color": "#444444"} if i < len(small) else {}
            page.write(line, legend + LINE * (i + 0.5), parse_math=False, **look)
    return page.figure


def _page(groups: panels.Panels, below: float) -> Column:
    """One wide panel, or two beside each other under the name of their space."""
    if sum(len(names) for _, names in groups) == 1:
        ((space, names),) = groups
        return Column([("", [(space, names[0])])], 1, ALONE, below)
    rows = [
        ("" if i else panels.heading(space), [(space, metric) for metric in names[i : i + 2]])
        for space, names in groups
        for i in range(0, len(names), 2)
    ]
    return Column(rows, 2, BESIDE, below)


def _heading(space: str, metric: str, alone: bool) -> str:
    return describe(metric).heading + (f", {features.title(space)}" if alone else "")


def _leave_room(panel, ticks: np.ndarray) -> None:
    """Move the ends of the horizontal axis away from its first and last value."""
    inside = panel.transAxes + panel.transData.inverted()
    panel.set_xlim(*inside.transform([(-ROOM, 0), (1 + ROOM, 0)])[:, 0])
    line_names.label_ticks(panel, ticks)


def _draw(panel, means: pd.DataFrame, way: sweep_lines.Way, look: dict, aside: float) -> None:
    """One line with its intervals, within the panel and so many points aside, or a level across."""
    from matplotlib.transforms import ScaledTranslation

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
    moved = panel.transData + ScaledTranslation(aside / 72, 0, panel.figure.dpi_scale_trans)
    bars = {"color": look["color"], "alpha": 0.5, "linewidth": 0.7, "transform": moved}
    panel.vlines(x[sure], low[sure], high[sure], **bars)


def _crosses(panel, lost: pd.DataFrame, way: sweep_lines.Way, look: dict) -> None:
    """What trainings that collapsed score, within the panel."""
    at = dict(zip(way.names, way.places, strict=False))
    rows = lost[lost["autoencoder"].isin(at)]
    if len(rows):
        y = rows["value"].clip(*sorted(panel.get_ylim()))
        cross = {"color": look["color"], "markersize": 3.5, "clip_on": False, "zorder": 4}
        panel.plot(rows["autoencoder"].map(at), y, "x", **cross)


def _handle(look: dict):
    from matplotlib.lines import Line2D

    return Line2D([], [], markeredgewidth=0, **look)
