"""Training codes and each method's draws in the plane.

Option: `points`, training codes, and draws of each sampler, that are embedded; where there are
fewer, as many as there are. Time grows a little faster than their number.
"""

import numpy as np

from ..figures import codes_and_draws, gallery, methods, tsne
from ..io import files
from ..study.kinds import Kind, Page

KIND = Kind(
    figure=Page(
        "3 Do they copy?",
        "Codes of {dataset} in the plane (t-SNE): training codes in grey, and on top of them as "
        "many draws of each method in colour. All samplers of one autoencoder share one embedding, "
        "so the grey points lie at the same places in their panels (another autoencoder has codes "
        "and an embedding of its own): colour between the grey clusters is where no training code "
        "was, and the held-out codes show what drawing right would look like.",
    ),
    files=("places",),
    capabilities=(),
    options={"points": 300},
)


def draw(given: dict, about: dict):
    """A panel a method."""
    panels = {}
    for i, label in gallery.order(about["runs"]):
        _, autoencoder, sampler, *_ = about["runs"][i]
        places = files.load_npz(given["places"][i])
        panels[label] = tsne.Panel(
            places["training"],
            places[f"draws/{sampler}"],
            np.concatenate(list(places.values())),
            methods.method(autoencoder, sampler).colour,
        )
    return codes_and_draws.warned(tsne.tsne(panels), given)
