"""Metrics as curves over epochs or training sizes, a panel a metric."""

from itertools import zip_longest

import pandas as pd

from .. import features
from ..metrics import describe
from ..stats import intervals
from . import metric_panel, style

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

    Lines are means over seeds, bands their 95 % t-intervals where there are two seeds or more. A
    control that was run at one place of the axis is taken to be the same all along it.

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
        figure = Figure(figsize=(style.PAGE, height))
        panels = figure.subplots(len(rows), 3, squeeze=False)
        figure.subplots_adjust(
            left=0.56 / style.PAGE,
            right=1 - 0.68 / style.PAGE,
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
                    metric_panel.draw(panel, shown, describe(metric), axis)
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
    rows = [
        ("pixels", TWO_SAMPLE),
        ("vectors", TWO_SAMPLE),
        (space, TWO_SAMPLE),
        (space, OF_CLASSES),
    ]
    present = set(zip(means["space"], means["metric"], strict=True))
    shown = [(s, tuple(m for m in metrics if (s, m) in present)) for s, metrics in rows]
    return [(s, metrics) for s, metrics in shown if metrics]
