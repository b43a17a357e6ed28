"""Numbers that a paper printed beside ours."""

import pandas as pd

from ..papers import as_scores, comparison
from ..study.kinds import TEXT, Kind, Page
from ..tables import published_table

KIND = Kind(
    table=Page(
        "6 Does it agree with the paper?",
        "published numbers beside ours",
        "Numbers that the paper printed, or that were read off its curves by pixels, beside ours, "
        "with the difference and what it says. A value is judged only where data, feature network, "
        "epochs, codes, draws and settings are the paper's, and the row says what differs "
        "otherwise.",
    ),
    of="nothing",
    capabilities=(),
    options={"table": TEXT, "where": TEXT, "compared_with": TEXT},
)


def tabulate(given: dict, about: dict):
    """One table or figure of the paper, as its study's `published.csv` has it."""
    rows = pd.read_csv(given["paper"][0])
    rows = rows[rows["table"] == about["table"]]
    (numbers,) = about["others"].values()
    scores = as_scores.scores_of(numbers, pd.read_csv(given["others"][0]))
    compared = comparison.compare(rows, scores, about["draws"], about["kinds"], about["departures"])
    return compared, *published_table.published_tables(compared, about["where"])
