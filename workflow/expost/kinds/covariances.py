"""How far codes are from uncorrelated ones: covariances of active dimensions, two by two."""

import pandas as pd

from ..study.kinds import Kind, Page
from ..tables import covariances_table

KIND = Kind(
    table=Page(
        "2 How good are they?",
        "Codes that follow N(0, I) have no covariances but those that chance makes of so many "
        "codes, the last row. An autoencoder with a mask is looked at in the dimensions that it "
        "has left open. Compare autoencoders of as many dimensions, and mind the variances: codes "
        "that vary less have smaller covariances without being nearer to N(0, I), which "
        "correlations do not.",
    ),
    of="autoencoders",
    numbers="covariances",
    capabilities=(),
)


def tabulate(given: dict, about: dict):
    """Means over seeds, a row an autoencoder."""
    means = covariances_table.summarise(pd.read_csv(given["numbers"][0]))
    return means, *covariances_table.covariances_tables(means)
