"""Seconds of fitting and drawing against the number of synthetic codes.

Option: `grid`, a list of mappings with the lists `sampler`, `dimension` and `size`, which multiply;
a sampler that would take hours on many codes stands in an entry of its own, with shorter lists.
"""

import pandas as pd

from ..figures import timing_curves
from ..study.kinds import REQUIRED, Kind, Page

KIND = Kind(
    figure=Page(
        "4 What do they cost?",
        "Seconds to fit each sampler to synthetic codes (ten correlated, skewed clusters) and to "
        "draw as many new ones, on {threads} thread(s), medians over rounds where one is short, "
        "log-log. At the end of a line stands the power of n, the number of codes, by which time "
        "grows, fitted by least squares in log-log to the larger half of the sizes; dotted lines "
        "grow as n. Hollow are times that other work made longer by taking the cores, and no "
        "power is fitted to those; the numbers behind the figure say how much of its time a run "
        "had no core (`lacked`), and how many cores others kept busy (`others`).",
    ),
    of="costs",
    numbers="timing",
    capabilities=(),
    options={"grid": REQUIRED},
)


def draw(given: dict, about: dict):
    """Fitting above, drawing below, a line a sampler."""
    return timing_curves.cost_over_sample_size(pd.read_csv(given["numbers"][0]))
