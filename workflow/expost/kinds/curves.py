"""Metrics as curves over epochs or over training codes.

Options: `over`, the axis, `epoch` or `size`; the figure says by `epochs` or `sizes` which of them.
`panels`, space -> list of metrics, or `all`: which panels it has; `features` stands for the feature
space that is shown, and without `panels` it has the paper's. `apart: true` draws each sampler by
itself, in colour before all others in grey, for which a few metrics are enough.
"""

import pandas as pd

from ..figures import collapses, curves, score_remarks
from ..study import panels
from ..study.kinds import Kind, Page

AXES = {
    "epoch": curves.metrics_over_epochs,
    "size": curves.metrics_over_sample_size,
}
KIND = Kind(
    figure=Page(
        "2 How good are they?",
        "Metrics on {dataset}, each from {draws} generated samples against as many of the test "
        "part; the table of scores has those that have no panel here. Lines are means over seeds; "
        "where there are two or more, bands are their 95 % t-intervals, or bars beside a panel "
        "those at its end, in the order of the legend. See whether the order of the coloured lines "
        'lasts, and how far they stay from the grey controls: "Held out", other test images in '
        "place of generated ones, marks what no sampler should beat; controls that show originals "
        "do not change along the axis, and are scored once.",
    ),
    numbers="scores",
    capabilities=(),
    with_controls=True,
    steady_controls=True,
    options={"over": tuple(AXES), "panels": panels.USUAL, "apart": False},
)


def draw(given: dict, about: dict):
    """A panel a metric, a line a method."""
    scores = pd.read_csv(given["numbers"][0])
    scores = scores[scores["dataset"] == about["dataset"]]
    sound, _ = collapses.apart(scores)
    figure = AXES[about["over"]](sound, shown=about["panels"], apart=about["apart"])
    return score_remarks.add(figure, given.get("accuracies", ()), scores)
