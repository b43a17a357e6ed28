"""How autoencoders that know one class tell images of others, by several scores.

Each autoencoder is trained once for each class, on its images alone, and on others it is asked.
Options: `classes`, names or numbers, `targets` for those of the data set's groups that images are
drawn for, or `all`; of the picture, `rows` of ten images at either end, and `among`, whether these
are test images of the class, as in the paper, or of all classes.
"""

import pandas as pd

from ..datasets import class_names, image_groups
from ..figures import ends, methods, pictures
from ..io import files
from ..study.kinds import REQUIRED, Choice, Kind, Page
from ..study.turns import Turn
from ..tables import novelty_table

CATEGORY = "5 What else can be done?"
KIND = Kind(
    figure=Page(
        CATEGORY,
        "Test images of {dataset} by the full score of an autoencoder that was trained on one "
        "class, a block a class: on the left those that it finds most likely, on the right those "
        "that it finds least likely, out of the test images of {among}. If the score means "
        "something, images on the right are rare kinds, slips of the pen or of another class.",
    ),
    table=Page(
        CATEGORY,
        "How well scores tell the test images of a class from all others, of autoencoders that "
        "were trained on this class alone. Look whether the density on the manifold, or the full "
        "score that adds the distance from it, tells more than the error of reconstruction does by "
        "itself; mixtures (GMM) and kernel densities (KDE) of codes are there for comparison.",
    ),
    of="autoencoders",
    files=("ends",),
    numbers="novelty",
    data=True,
    capabilities=("images", "classes"),
    law="any",
    single=("epoch",),
    one_seed=True,
    options={"classes": REQUIRED, "rows": 5, "among": Choice(("class", "all"))},
)
HEADINGS = ("Most likely", "Least likely")


def draw(given: dict, about: dict):
    """A block an autoencoder and class: images with the lowest scores, and with the highest."""
    arrays = files.load_npz(given["data"][0], "images_test", class_names.KEY)
    images = pictures.shown(arrays["images_test"], about["hide_originals"])
    names, rows, found = arrays.get(class_names.KEY), files.load_npz(given["ends"][0]), {}
    turns = [Turn(*turn) for turn in about["turns"]]
    several = len({turn.autoencoder for turn in turns}) > 1
    for turn in turns:
        for of_class, name in zip(turn.values, turn.names, strict=True):
            label = image_groups.label(of_class if names is None else names[of_class])
            label += f", {methods.autoencoder_title(turn.autoencoder)}" if several else ""
            key = f"{about['dataset']}/{name}"
            found[label] = tuple(images[rows[f"{key}/{end}"]] for end in ("low", "high"))
    return ends.ends(found, HEADINGS)


def tabulate(given: dict, about: dict):
    """A table an autoencoder and measure: a row a class, a column a score."""
    found = pd.read_csv(given["numbers"][0], dtype={"group": str}, keep_default_na=False)
    means = novelty_table.summarise(found)
    return means, *novelty_table.novelty_tables(means)
