"""Whether codes come to follow their target, and what is left to learn of it, epoch by epoch."""

import pandas as pd

from ..figures import course
from ..study.kinds import Kind, Page
from ..tables import course_table

CATEGORY = "5 What else can be done?"
KIND = Kind(
    figure=Page(
        CATEGORY,
        "Codes of {dataset} while autoencoders are trained that match them to N(0, I) by kernels, "
        "a line a training. Above, the mean of q / (p + q), the density of codes over that of "
        "both: at 1/2 codes and target are alike; near 1 codes have outgrown it, and the paper's "
        "form of the divergence has next to no derivative left, so that nothing more is learnt. "
        "Below, the variance of the codes, and broken the 1 − h² that they should end at.",
    ),
    table=Page(
        CATEGORY,
        "Did codes come to follow their target? The mean ratio q / (p + q) of the last epoch is "
        "1/2 where they do, and near 1 where they have outgrown it and the paper's form of the "
        "divergence has next to no derivative left. The variance of test codes, a mean over "
        "dimensions, should then be 1 − h², h being the bandwidth of the kernels; an autoencoder "
        "without kernels has no such law, and is there to compare.",
    ),
    of="autoencoders",
    numbers="courses",
)


def draw(given: dict, about: dict):
    """Ratio and variance over epochs, a line an autoencoder that tells of them."""
    rows = pd.read_csv(given["numbers"][0])
    return course.course(rows[rows["dataset"] == about["dataset"]])


def tabulate(given: dict, about: dict):
    """What they were at the end, a row an autoencoder."""
    means = course_table.summarise(pd.read_csv(given["numbers"][0]))
    return means, *course_table.course_tables(means)
