"""Random images, a row a method."""

from ..figures import gallery, pictures
from ..io import files
from ..study.kinds import Kind, Page

KIND = Kind(
    figure=Page(
        "1 What do samples look like?",
        "Random images of {dataset} from every method, a row a method and none of them chosen, "
        "above held-out originals in the last row. All samplers of one autoencoder share its "
        "decoder and its training codes, so blur or broken shapes that only some rows have come "
        "of codes that their sampler should not have drawn.",
    ),
    files=("images",),
)


def draw(given: dict, about: dict):
    """Held-out originals come last."""
    rows = {}  # label -> (n, c, h, w)
    for i, label in gallery.order(about["runs"]):
        images = files.load_npy(given["images"][i])
        rows[label] = pictures.shown(images, about["hidden"][i])
    return gallery.sample_grid(rows)
