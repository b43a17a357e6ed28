"""The bandwidth that tells two samples of N(0, I) apart best, dimensions in rows, codes in columns.

Options: `dimensions`, `codes` and `trials` that are simulated; `table`, as `published.csv` of the
study calls a paper's, and `where` that stands in the paper; without one, ours stand alone.
"""

import pandas as pd

from ..papers import published_numbers
from ..study.kinds import COUNTS, Kind, Page
from ..tables import bandwidths_table

KIND = Kind(
    table=Page(
        "6 Does it agree with the paper?",
        "The width of normal kernels that tells two samples of the standard normal law apart "
        "best, by the Jensen-Shannon divergence between the estimate of one and the law of the "
        "other: mean ± standard deviation over {trials} trials. It grows with the dimensions and "
        "falls with the number of codes. At 1 the kernels are as wide as the law, so that a model "
        "trained against this estimate can learn nothing, and that many dimensions want more "
        "codes.",
    ),
    of="simulations",
    numbers="simulations",
    capabilities=(),
    options={"dimensions": COUNTS, "codes": COUNTS, "trials": 10, "table": "", "where": ""},
)


def tabulate(given: dict, about: dict):
    """Mean and deviation of each cell beside the paper's."""
    trials = pd.read_csv(given["numbers"][0])
    rows = [published_numbers.read(path, about["table"]) for path in given.get("paper", ())]
    printed = bandwidths_table.printed(rows[0] if rows else pd.DataFrame())
    table = bandwidths_table.summarise(trials, printed)
    return table, *bandwidths_table.bandwidth_table(table, about["where"])
