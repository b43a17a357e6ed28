"""Copying against quality: where a sampler's knob takes it, beside controls."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from .. import features
from ..metrics import describe
from ..stats import intervals
from ..study.option_sweeps import Line
from ..study.panels import SHOWN, USUAL
from . import knobs, panels, stacked, style

QUALITY = "frechet"
COPYING = dict.fromkeys(("codes", SHOWN), ("c_t", "authenticity"))
AXIS, NOTE = 0.36, 0.13  # inches
ONE = ["dataset", "epoch", "size"]
METHOD = ["autoencoder", "sampler"]


def trade_off(
    scores: pd.DataFrame,
    lines: list[Line],
    shown: Mapping | str = USUAL,
    quality: str = QUALITY,
    space: str | None = None,
):
    """Panels of copying, in codes and in features, against quality; a line a knob.

    A line joins the values of a knob that are numbers, and that of the sampler as it is configured
    if the knob lists it. Words, such as `auto`, are stars. Bars are `intervals.bars` over seeds.
    Grey lines run through the held-out images. Images that are not decoded may be so much better
    that all else would be one spot: they stand beyond a break of the axis then, their mean distance
    in brackets and no interval of it.

    Args:
        scores: the tidy scores of one data set, epoch and size.
        lines: the knobs.
        shown: the panels, as `panels.asked` takes them; by default C_T and authenticity.
        quality: the metric on the horizontal axis.
        space: the feature space of the distance, and of panels; by default see `features.shown`.

    Returns:
        A matplotlib figure, as wide as a column.

    Raises:
        ValueError: no scores, several data sets, epochs or sizes, no knob, or nothing of copying.
    """
    from matplotlib.figure import Figure

    means = intervals.over_seeds(scores, [*ONE, *METHOD, "space", "metric"])
    means["half_width"] = intervals.bars(means)
    for column in ONE:
        if len(values := means[column].unique()) > 1:
            raise ValueError(
                f"got the {column}s {', '.join(map(str, values))}; a trade-off wants one"
            )
    if not lines:
        raise ValueError("got 0 knobs; a trade-off wants at least one")
    space = _feature_space(means, quality, space)
    groups, not_scored = panels.asked(means, shown, COPYING, space)
    asked = [(of, metric) for of, metrics in groups for metric in metrics]
    told = [_how_sure(means), *not_scored]
    with style.context():
        legend = knobs.legend_height(lines)
        below = AXIS + len(told) * NOTE + legend
        figure = Figure(figsize=stacked.size(len(asked), below))
        height = figure.get_figheight()
        points = [_points(means, (space, quality), key) for key in asked]
        axes = stacked.draw(figure, points, lines, below)
        for panel, (of, metric) in zip(axes, asked, strict=True):
            panel.set_ylabel(f"{describe(metric).heading}\n{features.title(of)}")
            panel.yaxis.set_label_coords(-0.12, 0.5)
        axes[-1].set_xlabel(f"{describe(quality).heading}, {features.title(space)}", labelpad=2)
        for i, line in enumerate(told[::-1]):
            look = {"ha": "center", "va": "center", "fontsize": style.SMALL, "color": "#444444"}
            figure.text(0.5, (legend + NOTE * (i + 0.5)) / height, line, **look)
        knobs.explain(figure, lines)
    return figure


def _how_sure(means: pd.DataFrame) -> str:
    """What is to be known of the intervals."""
    return intervals.of_bars(means) or "One seed: how sure a point is, is not known"


def _feature_space(means: pd.DataFrame, quality: str, space: str | None) -> str:
    scored = features.of_networks(means.loc[means["metric"] == quality, "space"].unique())
    if space is None and scored:
        return features.shown(scored)
    if space not in scored:
        raise ValueError(
            f"got the feature space {space!r}; {describe(quality).title} is scored in "
            f"{', '.join(scored) or 'none'}"
        )
    return space


def _points(means: pd.DataFrame, across: tuple[str, str], up: tuple[str, str]) -> pd.DataFrame:
    """Quality x, copying y and their half-widths of each method that has both, by method."""
    found = []
    for axis, (space, metric) in (("x", across), ("y", up)):
        part = means[(means["space"] == space) & (means["metric"] == metric)].set_index(METHOD)
        found.append(part[["mean", "half_width"]].set_axis([axis, f"{axis}_half"], axis=1))
    return found[0].join(found[1], how="inner").assign(far=np.nan)
