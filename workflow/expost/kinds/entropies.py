"""How normal the codes of each autoencoder are: their entropy, as many normal draws below.

Options: `codes`, how many test codes an entropy is of, several; `table`, as `published.csv` of the
study calls a paper's, and `where` that stands in the paper; without one, ours stand alone.
"""

import pandas as pd

from ..papers import published_numbers
from ..study.kinds import COUNTS, Kind, Page
from ..tables import entropies_table

KIND = Kind(
    table=Page(
        "2 How good are they?",
        "Among all laws of one covariance the normal one has the largest entropy, so that whitened "
        "test codes fall short of it by how far they are from normal: each cell has the entropy of "
        "all codes, that without outliers, and how many outliers there are. Compare a column with "
        "the normal draws in it, of which there are as many. An entropy says nothing without its "
        "reconstruction error: codes that say little of their images are easily made normal.",
    ),
    of="autoencoders",
    numbers="entropies",
    options={"codes": COUNTS, "table": "", "where": ""},
)


def tabulate(given: dict, about: dict):
    """Entropies, outliers and reconstruction errors, means over seeds, beside the paper's."""
    numbers = pd.read_csv(given["numbers"][0])
    rows = [published_numbers.read(path, about["table"]) for path in given.get("paper", ())]
    table = entropies_table.summarise(numbers, rows[0] if rows else pd.DataFrame())
    return table, *entropies_table.entropies_tables(table, about["where"])
