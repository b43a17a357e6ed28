"""How far codes are from normal ones: by entropy, outliers and divergence, a row a set of codes.

Option: `codes`, how many test codes, or of those that are given how many of all, are looked at, at
most; time grows with their square.
"""

import pandas as pd

from ..study.kinds import Kind, Page
from ..tables import normality_table

KIND = Kind(
    table=Page(
        "2 How good are they?",
        "How far codes are from the normal law of their own mean and covariance, beside as many "
        "normal draws: what a Gaussian would miss of them, or how well a training has matched "
        "them to one. Test codes are looked at, or all of those that are given, {codes} at most.",
    ),
    of="autoencoders",
    numbers="normality",
    capabilities=(),
    options={"codes": 2000},
)


def tabulate(given: dict, about: dict):
    """Gaps, outliers and divergences."""
    table = normality_table.wide(pd.read_csv(given["numbers"][0]))
    return table, *normality_table.normality_table(table)
