"""Metrics against a setting of autoencoders' trainings, which the figure's `turns` give values.

`turns: {vae: {options.beta: [0.1, 1]}}`: one setting, of one autoencoder or more. Options:
`panels`, space -> list of metrics, or `all`, where the Fréchet distance in the feature space that
is shown (`features`) is too little; `axis`, what the setting is called below the axis; and
`dimension: true` where the setting is the codes' length, for the intrinsic dimension of the data.
"""

import pandas as pd

from ..figures import score_remarks, sweep
from ..study.kinds import Kind, Page
from ..study.panels import USUAL
from ..study.turns import Turn

KIND = Kind(
    figure=Page(
        "2 How good are they?",
        "How autoencoders on {dataset} come out that differ in one setting of their training, each "
        "point from {draws} generated samples against as many of the test part. Lines are means "
        "over seeds, bars their 95 % t-intervals, or of two seeds the way from one to the other, "
        "cut where they leave the panel. See whether a line goes one way by more than its bars, "
        "and how far it stays from the grey controls, which do not depend on the setting and are "
        "scored once.",
    ),
    numbers="scores",
    capabilities=(),
    single=("epoch", "size"),
    with_controls=True,
    over_turns=True,
    options={"panels": USUAL, "axis": "", "dimension": False},
)


def draw(given: dict, about: dict):
    """A panel a metric, a line an autoencoder and sampler."""
    scores = pd.read_csv(given["numbers"][0])
    scores = scores[scores["dataset"] == about["dataset"]]
    turns = [Turn(*turn) for turn in about["turns"]]
    dimensions = [pd.read_csv(path) for path in given.get("dimensions", ())]
    figure = sweep.sweep(
        scores,
        turns,
        about["panels"],
        about["axis"],
        dimensions=pd.concat(dimensions) if dimensions else None,
    )
    return score_remarks.add(figure, given.get("accuracies", ()), scores)
