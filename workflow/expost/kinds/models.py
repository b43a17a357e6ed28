"""Models side by side: reconstructions, samples and interpolations, a row a method.

Options: `blocks`, which of the three, in this order; `pairs` of test images, all of which are
reconstructed, as many samples stand beside them, and between the first two is interpolated;
`steps`, codes of that, both ends included; `path`, `spherical` or `linear`.
"""

import numpy as np

from ..analyses.interpolation import PATHS
from ..figures import gallery, methods, models, pictures
from ..io import files
from ..study.kinds import Choice, Kind, Page, Some

KIND = Kind(
    figure=Page(
        "1 What do samples look like?",
        "What each model makes of {dataset}, a row a model: reconstructions of the test images on "
        "top, random samples, or codes from the first of these images to the second along a {path} "
        "path, as the headings say. None is chosen. Samples that look worse than the "
        "reconstructions beside them come of codes that the sampler should not have drawn.",
    ),
    files=("images", "ways"),
    single=("epoch", "size"),
    one_seed=True,
    options={
        "blocks": Some(models.BLOCKS),
        "pairs": 3,
        "steps": 7,
        "path": Choice(PATHS[::-1]),
    },
)


def draw(given: dict, about: dict):
    """A row a method, named after its autoencoder, and its sampler where there are several."""
    runs, found = about["runs"], {}
    used = {run[2] for run in runs}
    for i, _ in gallery.order(runs):
        label = methods.autoencoder_title(runs[i][1])
        label += f", {methods.of_sampler(runs[i][2]).tag}" if len(used) > 1 else ""
        ways = files.load_npz(given["ways"][i])
        decoded = ways["decoded"]  # (pairs, steps, c, h, w)
        originals = _by_pair(ways["starts"], ways["ends"])
        found[label] = models.Model(
            pictures.shown(originals, about["hide_originals"]),
            _by_pair(decoded[:, 0], decoded[:, -1]),
            pictures.shown(files.load_npy(given["images"][i]), about["hidden"][i]),
            decoded[0],
        )
    return models.models(found, {block: _heading(block, used) for block in about["blocks"]})


def _by_pair(starts, ends):
    """The images of the first pair, of the second, and so on, (2 pairs, c, h, w)."""
    return np.stack([starts, ends], axis=1).reshape(-1, *starts.shape[1:])


def _heading(block: str, used: set[str]) -> str:
    """What a block shows, and whose samples if all are of one sampler."""
    if block == "samples" and len(used) == 1:
        return f"Samples, {methods.of_sampler(*used).label}"
    return block.capitalize()
