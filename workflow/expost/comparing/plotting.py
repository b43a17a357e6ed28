"""The trade-off of a comparison: copying against quality."""

import numpy as np
import pandas as pd

from ..figures import stacked, style
from ..metrics import NAMES, describe
from ..runtime import extras, option_values
from ..stats import intervals
from .choice import COPYING

BELOW = 0.5  # inches


def plot(frame: pd.DataFrame, quality: str = "emd"):
    """C_T and authenticity against a metric of quality, with `intervals.bars` over seeds.

    Grey lines run through the held-out codes, which is where to be: farther down are copies.

    Args:
        frame: tidy, with the columns sampler, seed, metric and value, and perhaps autoencoder.
        quality: the metric on the horizontal axis.

    Returns:
        A matplotlib figure, as wide as a column, which shows itself in a notebook.

    Raises:
        ValueError: no sampler has that metric.
        ModuleNotFoundError: matplotlib or seaborn is not installed.
    """
    scored = [name for name in NAMES if name in set(frame["metric"])]
    option_values.choice("quality", quality, scored)
    extras.check("plot", extras.FIGURES)
    from .notebook_figure import NotebookFigure

    means = intervals.over_seeds(frame, ["sampler", "metric"])
    means["half_width"] = intervals.bars(means)
    whose = frame["autoencoder"].iloc[0] if "autoencoder" in frame else "ae"
    shown = [metric for metric in COPYING if metric in scored]
    points = [_points(means, whose, quality, metric) for metric in shown]
    with style.context():
        figure = NotebookFigure(figsize=stacked.size(len(points), BELOW))
        axes = stacked.draw(figure, points, [], BELOW)
        for panel, metric in zip(axes, shown, strict=True):
            panel.set_ylabel(describe(metric).heading)
        axes[-1].set_xlabel(f"{describe(quality).heading}, codes", labelpad=2)
        look = {"ha": "center", "va": "bottom", "fontsize": style.SMALL, "color": "#444444"}
        figure.text(0.5, 0.02 / figure.get_figheight(), _how_sure(means), **look)
    return figure


def _how_sure(means: pd.DataFrame) -> str:
    return intervals.of_bars(means) or "One seed: no interval"


def _points(means: pd.DataFrame, whose: str, across: str, up: str) -> pd.DataFrame:
    """Quality x, copying y and half-widths, by method, as `knobs.draw` takes them."""
    found = []
    for axis, metric in (("x", across), ("y", up)):
        part = means[means["metric"] == metric].set_index("sampler")
        found.append(part[["mean", "half_width"]].set_axis([axis, f"{axis}_half"], axis=1))
    table = found[0].join(found[1], how="inner").assign(far=np.nan)
    table.index = pd.MultiIndex.from_product(
        [[whose], table.index], names=["autoencoder", "sampler"]
    )
    return table
