"""Copying against quality, a line a sampler over its knob.

Options: `panels`, space -> list of metrics, or `all`, where C_T and authenticity in codes and in
the feature space that is shown (`features`) are too much or not what is wanted; and `quality`, the
metric on the horizontal axis, in that feature space.
"""

import pandas as pd

from ..figures import collapses, score_remarks, trade_off
from ..study.kinds import Kind, Page
from ..study.option_sweeps import Line
from ..study.panels import USUAL

KIND = Kind(
    figure=Page(
        "3 Do they copy?",
        "Copying against quality on {dataset}, each point from {draws} generated images: to the "
        "left they are more like test images, downwards more like the training images themselves, "
        "and a line shows where one option takes a sampler, between the values at its ends. Grey "
        "lines run through held-out images, which is where to be, and bars are 95 % t-intervals "
        "over seeds (of two seeds from one to the other); samplers as they are configured "
        "elsewhere have a ring, a star is a value that the sampler chose itself, and what is left "
        "of a break in the axis has its mean distance in brackets.",
    ),
    numbers="scores",
    capabilities=("images", "features"),
    single=("epoch", "size"),
    with_controls=True,
    options={"panels": USUAL, "quality": trade_off.QUALITY},
)


def draw(given: dict, about: dict):
    """A line for each knob of the figure."""
    scores = pd.read_csv(given["numbers"][0])
    scores = scores[scores["dataset"] == about["dataset"]]
    sound, _ = collapses.apart(scores)
    known = set(zip(sound["autoencoder"], sound["sampler"], strict=True))
    lines = [Line(*line) for line in about["lines"]]
    lines = [line for line in lines if {(line.autoencoder, name) for name in line.names} & known]
    if not lines:
        raise ValueError(
            f"got knobs of trainings alone that have collapsed, on {about['dataset']}; there is "
            "nothing to show"
        )
    figure = trade_off.trade_off(sound, lines, about["panels"], about["quality"])
    return score_remarks.add(figure, given.get("accuracies", ()), scores)
