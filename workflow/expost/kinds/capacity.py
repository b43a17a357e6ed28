"""How good autoencoders are against the length of their codes, and how many dimensions they use.

`turns: {wae: {latent: [2, 4, 8]}}`, of one autoencoder or more: this setting alone. Methods are
each autoencoder with `prior`, and the control `held_out`.
"""

import pandas as pd

from ..figures import capacity
from ..study.kinds import Kind, Page
from ..tables import capacity_table

CATEGORY = "2 How good are they?"
KIND = Kind(
    figure=Page(
        CATEGORY,
        "How autoencoders on {dataset} come out by the capacity of their codes, each point from "
        "{draws} draws of N(0, I), decoded, against as many of the test part. Above, the Fréchet "
        "distance, with that of held-out data, which nothing should beat: see whether it is least "
        "where the capacity is the data's own dimension, and whether a learnt mask keeps it there "
        "at any capacity above. Below, how many dimensions a mask leaves active (0.1 or more; on "
        "the grey line all are), and the distance of codes from N(0, I) as a critic sees it, which "
        "has the sharper bend.",
    ),
    table=Page(
        CATEGORY,
        "Distance and active dimensions by capacity. Trainings that went wrong are counted, and "
        "those that collapsed have their distance beside the mean of the others, so that none is "
        "averaged away.",
    ),
    numbers="capacities",
    capabilities=(),
    single=("size",),
    over_turns=True,
)


def draw(given: dict, about: dict):
    """Distance, active dimensions and the critic's estimate, a line an autoencoder."""
    rows = pd.read_csv(given["numbers"][0])
    return capacity.capacity(rows[rows["dataset"] == about["dataset"]])


def tabulate(given: dict, about: dict):
    """A row an autoencoder and capacity."""
    means = capacity_table.summarise(pd.read_csv(given["numbers"][0]))
    return means, *capacity_table.capacity_tables(means)
