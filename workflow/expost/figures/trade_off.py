"""Copying against quality: where a sampler's knob takes it, beside controls."""

import numpy as np
import pandas as pd

from .. import features
from ..metrics import describe
from ..stats import intervals
from ..study.option_sweeps import Line
from . import broken_axis, knobs, style

COPYING = ("c_t", "authenticity")
QUALITY = "frechet"
PANEL, LEFT, BOTTOM, TOP, ROWS = 2.2, 0.55, 0.95, 0.3, 0.18  # inches
ONE = ["dataset", "epoch", "size"]
METHOD = ["autoencoder", "sampler"]


def trade_off(scores: pd.DataFrame, lines: list[Line], space: str | None = None):
    """Panels of copying, in codes and in features, against the Fréchet distance; a line a knob.

    A line joins the values of a knob that are numbers, and that of the sampler as it is configured
    if the knob lists it. Words, such as `auto`, are stars. Grey lines run through the held-out
    images. Images that are not decoded may be so much better that all else would be one spot: they
    stand beyond a break of the axis then, their mean distance in brackets and no interval of it.

    Args:
        scores: the tidy scores of one data set, epoch and size.
        lines: the knobs.
        space: the feature space of the distance, and of a column of panels; by default `resnet34`
            where it is scored, else the first.

    Returns:
        A matplotlib figure.

    Raises:
        ValueError: no scores, several data sets, epochs or sizes, no knob, or nothing of copying.
    """
    from matplotlib.figure import Figure

    means = intervals.over_seeds(scores, [*ONE, *METHOD, "space", "metric"])
    for column in ONE:
        if len(values := means[column].unique()) > 1:
            raise ValueError(
                f"got the {column}s {', '.join(map(str, values))}; a trade-off wants one"
            )
    space = _feature_space(means, space)
    columns = [of for of in ("codes", space) if _has(means, of, COPYING)]
    rows = [metric for metric in COPYING if any(_has(means, of, [metric]) for of in columns)]
    if not lines or not rows:
        raise ValueError(
            f"got {len(lines)} knobs and scores of {', '.join(means['metric'].unique())}; a "
            f"trade-off wants at least one knob and one of {', '.join(COPYING)}"
        )
    with style.context():
        height = len(rows) * (PANEL + ROWS) - ROWS + BOTTOM + TOP
        figure = Figure(figsize=(style.PAGE, height))
        shape = {"squeeze": False, "sharex": True, "sharey": "row"}
        panels = figure.subplots(len(rows), len(columns), **shape)
        figure.subplots_adjust(
            left=LEFT / style.PAGE,
            right=0.975,
            bottom=BOTTOM / height,
            top=1 - TOP / height,
            wspace=0.06,
            hspace=ROWS / PANEL,
        )
        points = {
            (metric, of): _points(means, space, of, metric) for metric in rows for of in columns
        }
        edge = broken_axis.bring_near(points.values())
        broken_axis.set_scales(panels, rows, points)
        if edge is not None:
            for panel in panels.flat:
                broken_axis.break_axis(panel, edge)
        for line, metric in zip(panels, rows, strict=True):
            for panel, of in zip(line, columns, strict=True):
                knobs.draw(panel, points[metric, of], lines)
            line[0].set_ylabel(describe(metric).heading)
        for panel, of in zip(panels[0], columns, strict=True):
            panel.set_title(f"Copying in {features.title(of)}", pad=5)
        for panel in panels[-1]:
            heading = describe(QUALITY).title
            panel.set_xlabel(f"{heading}, {features.title(space)} ↓")
        knobs.explain(figure, lines)
    return figure


def _has(means, space, metrics) -> bool:
    return bool(((means["space"] == space) & means["metric"].isin(metrics)).any())


def _feature_space(means: pd.DataFrame, space: str | None) -> str:
    scored = [s for s in means["space"].unique() if _has(means, s, [QUALITY])]
    if space is None and scored:
        return features.shown(scored)
    if space not in scored:
        raise ValueError(
            f"got the feature space {space!r}; the Fréchet distance is scored in "
            f"{', '.join(scored) or 'none'}"
        )
    return space


def _points(means, space, of, metric) -> pd.DataFrame:
    """Quality x, copying y and their half-widths of each method that has both, by method."""
    found = []
    for axis, where, what in (("x", space, QUALITY), ("y", of, metric)):
        part = means[(means["space"] == where) & (means["metric"] == what)].set_index(METHOD)
        found.append(part[["mean", "half_width"]].set_axis([axis, f"{axis}_half"], axis=1))
    return found[0].join(found[1], how="inner").assign(far=np.nan)
