"""Autoencoders in rows, samplers in columns.

Options: `columns`, heading -> samplers, of which each autoencoder of the methods has one, or may
have none where `null` is among them; `cells`, one metric or two, which each cell shows in the
feature space that is shown.
"""

import pandas as pd

from ..analyses import soundness
from ..figures import collapses
from ..study.kinds import REQUIRED, Kind, Page
from ..tables import grid_table

KIND = Kind(
    table=Page(
        "2 How good are they?",
        "Autoencoders in rows, ways to their codes in columns: mean ± half-width of the 95 % "
        "t-interval over seeds (a mean alone where there is one seed), from {draws} images each. "
        "Bold are the best autoencoder of a column and all that cannot be told from it by "
        "differences seed by seed; the controls below the line depend on no autoencoder, and bound "
        "what its images can reach.",
    ),
    numbers="scores",
    capabilities=("features",),
    with_controls=True,
    options={"columns": REQUIRED, "cells": REQUIRED},
)


def tabulate(given: dict, about: dict):
    """One or two metrics of every autoencoder and column, controls below."""
    every = grid_table.in_shown_space(pd.read_csv(given["numbers"][0]))
    scores, _ = collapses.apart(every)
    asked = about["columns"], about["cells"]
    means = grid_table.summarise_cells(scores, *asked)
    sound = soundness.look(given.get("accuracies", ()), [scores])
    tables, note = grid_table.grid_tables(scores, means, *asked, about["draws"], sound)
    return means, tables, " ".join([note, *collapses.sentences(every)])
