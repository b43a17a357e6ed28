"""Codes that were drawn towards a mixture: whether a mode is a class, with and without labels."""

import numpy as np
import pandas as pd

from ..datasets import class_names, image_groups
from ..figures import methods, modes
from ..io import files
from ..study.kinds import Kind, Page
from ..tables import modes_table

CATEGORY = "5 What else can be done?"
KIND = Kind(
    figure=Page(
        CATEGORY,
        "Codes of test images of {dataset} in the first two dimensions, in the colours of their "
        "classes below; circles are the modes of the mixture that they were drawn towards, of two "
        "standard deviations. If labels of some training images have given each class a mode, "
        "circles have one colour each, and the accuracy is how many images lie nearest to their "
        "own; without labels it is how many do so if each class takes the mode that suits it best.",
    ),
    table=Page(
        CATEGORY,
        "How well the modes of a mixture agree with the classes of test images: the share of "
        "those that lie nearest to their class's own, mean ± half-width of the 95 % t-interval "
        "over seeds. Without labels each class takes the mode that suits it best.",
    ),
    of="autoencoders",
    files=("modes",),
    numbers="modes",
    data=True,
    capabilities=("classes",),
    law="mixture",
    single=("epoch",),
    one_seed=True,
)


def draw(given: dict, about: dict):
    """A panel an autoencoder."""
    arrays, found = files.load_npz(given["modes"][0]), {}
    known = files.load_npz(given["data"][0], "labels_test", class_names.KEY)
    labels = known["labels_test"]
    for dataset, autoencoder, *_ in about["runs"]:
        one = {
            name: arrays[f"{dataset}/{autoencoder}/{name}"]
            for name in ("codes", "means", "spreads", "agreement")
        }
        agreement = float(one.pop("agreement"))
        told = f"{100 * agreement:.0f} % in their modes"
        label = methods.autoencoder_title(autoencoder)
        found[label] = modes.Panel(**one, labels=labels, told=told)
    numbers = range(1 + int(labels.max()))
    names = map(str, known.get(class_names.KEY, np.array(numbers, dtype=str)).tolist())
    return modes.modes(found, list(map(image_groups.label, names)))


def tabulate(given: dict, about: dict):
    """A table a data set: a row an autoencoder, a column a measure."""
    means = modes_table.summarise(pd.read_csv(given["numbers"][0]))
    return means, *modes_table.modes_tables(means)
