"""The table of computing times.

Option: `published`, the target that has them beside a paper's, or nothing.
"""

import pandas as pd

from ..study.kinds import Kind, Page
from ..tables import times_table

KIND = Kind(
    table=Page(
        "4 What do they cost?",
        "Seconds by the clock, not of the CPU, to fit each sampler and to draw {draws} codes, "
        "medians and ranges over seeds. "
        "Samplers differ by powers of ten and one sampler's seeds by what else the machine was "
        "doing, so look at the first and not at the digits.",
    ),
    numbers="timing",
    capabilities=(),
    options={"published": ""},
)


def tabulate(given: dict, about: dict):
    """Seconds to fit a sampler and to draw from it."""
    times = times_table.summarise_times(pd.read_csv(given["numbers"][0]))
    told = about["draws"], about["departures"], about["published"]
    return times, *times_table.time_tables(times, *told)
