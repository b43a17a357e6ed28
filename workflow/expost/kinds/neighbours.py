"""Generated images above the nearest training images: what is new, and what is a copy."""

from ..figures import gallery, nearest_neighbours, pictures
from ..io import files
from ..study.kinds import Kind, Page

KIND = Kind(
    figure=Page(
        "3 Do they copy?",
        "Generated images of {dataset} from every method, none of them chosen (top), the decoded "
        "training code nearest to each (middle) and the image that code came from (bottom). The "
        "number below a column is the distance between both codes, and in each title the median "
        "of all {draws} draws, in units of the median distance of held-out codes to their nearest "
        "training code: a copy has 0, and a sampler that invents as much as reality does has "
        "about 1, as the held-out images do.",
    ),
    files=("images", "neighbours"),
)


def draw(given: dict, about: dict):
    """A block a method."""
    found = {}
    for i, label in gallery.order(about["runs"]):
        arrays = files.load_npz(given["neighbours"][i])
        found[label] = nearest_neighbours.Neighbours(
            pictures.shown(files.load_npy(given["images"][i]), about["hidden"][i]),
            arrays["decoded"],
            pictures.shown(arrays["originals"], about["hide_originals"]),
            arrays["distances"] / arrays["typical"],
        )
    return nearest_neighbours.nearest_neighbours(found)
