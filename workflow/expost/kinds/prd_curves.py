"""Precision against recall (PRD), a panel an autoencoder, a line a sampler.

It wants the family of metrics `prd`. Of several feature spaces of the figure the one is shown that
stands for all.
"""

import pandas as pd

from .. import features
from ..figures import collapses, prd_curves, score_remarks
from ..metrics import prd_curve
from ..study.kinds import Kind, Page
from ..study.runs import AXES

KIND = Kind(
    figure=Page(
        "2 How good are they?",
        "Precision against recall of {draws} generated images and as many test images of "
        "{dataset}, by the shares that both have of the clusters of all together: how much of what "
        "is generated can be real, and how much of what is real is generated, at the same time. "
        "To the upper right is better: a line that falls short on the right leaves out real "
        "images, one that falls short at the top makes what is not real. See how near the coloured "
        'lines come to the grey ones: "Held out", other test images in place of generated ones, '
        "is what no sampler should beat.",
    ),
    files=("scores",),
    numbers="scores",
    capabilities=("features",),
    single=("epoch", "size"),
    with_controls=True,
    family="prd",
)


def draw(given: dict, about: dict):
    """A panel an autoencoder."""
    scores = pd.read_csv(given["numbers"][0])
    scores = scores[scores["dataset"] == about["dataset"]]
    space, found = features.shown(scores["space"].unique()), {}
    _, lost = collapses.apart(scores)
    lost = set(lost[[*AXES]].itertuples(index=False, name=None))
    for run, path in zip(about["runs"], given["scores"], strict=True):
        _, autoencoder, sampler, *_ = run
        if tuple(run) not in lost:
            found.setdefault((autoencoder, sampler), []).append(prd_curve.read(path, space))
    figure = prd_curves.prd_curves(found, features.title(space))
    return score_remarks.add(figure, given.get("accuracies", ()), scores)
