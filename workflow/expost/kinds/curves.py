"""Metrics as curves over epochs or over training codes.

Option: `over`, the axis, `epoch` or `size`; the figure says by `epochs` or `sizes` which of them.
"""

import pandas as pd

from ..figures import curves
from ..study.kinds import Kind, Page

AXES = {
    "epoch": curves.metrics_over_epochs,
    "size": curves.metrics_over_sample_size,
}
KIND = Kind(
    figure=Page(
        "2 How good are they?",
        "metrics over epochs or codes",
        "Metrics on {dataset}, each from {draws} generated samples against as many of the test "
        "part: lines are means over seeds, bands their 95 % t-intervals where there are two seeds "
        "or more. See whether the order of the coloured lines lasts, and how far they stay from "
        'the grey controls: "Held out", other test images in place of generated ones, marks what '
        "no sampler should beat. Controls that show originals do not change along the axis, and "
        "are scored once.",
    ),
    numbers="scores",
    capabilities=(),
    with_controls=True,
    steady_controls=True,
    options={"over": tuple(AXES)},
)


def draw(given: dict, about: dict):
    """A panel a metric, a line a method."""
    scores = pd.read_csv(given["numbers"][0])
    return AXES[about["over"]](scores[scores["dataset"] == about["dataset"]])
