"""Copying against quality in codes, a point a sampler.

Option: `quality`, the metric on the horizontal axis.
"""

import pandas as pd

from ..figures import codes_and_draws, collapses, remarks, style
from ..study.kinds import Kind, Page

KIND = Kind(
    figure=Page(
        "3 Do they copy?",
        "Copying against quality of codes of {dataset}, each point from {draws} draws: to the left "
        "they are more like held-out codes, downwards more like the training codes themselves. "
        "Grey lines run through held-out codes as draws, which is where to be, and bars are 95 % "
        "t-intervals over seeds; of two seeds they reach from one to the other.",
    ),
    numbers="scores",
    capabilities=(),
    single=("autoencoder", "epoch", "size"),
    with_controls=True,
    options={"quality": "emd"},
)


def draw(given: dict, about: dict):
    """A panel for each metric of copying."""
    from ..comparing import plotting  # which plans, that load all kinds, have no use for

    scores = pd.read_csv(given["numbers"][0])
    here = (scores["dataset"] == about["dataset"]) & (scores["space"] == "codes")
    sound, _ = collapses.apart(scores[here])
    figure = plotting.plot(sound, about["quality"])
    remarks.add(figure, [], collapses.sentences(scores[here]), style.SMALL)
    return codes_and_draws.warned(figure, given)
