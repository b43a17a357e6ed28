"""Methods of equal tuning: each with the best of as many settings, chosen on other seeds.

`turns` gives settings of each autoencoder values, as many in all of each. Options: `choosing`, how
many of the seeds, the first ones, settings are chosen on; `measure`, the metric that says which is
best, in the feature space that is shown; `against`, an autoencoder that the others are compared
with seed by seed.
"""

import pandas as pd

from ..analyses import soundness, tuning
from ..figures import collapses
from ..study.kinds import COUNT, TEXT, Kind, Page
from ..tables import grid_table, tuned_table

KIND = Kind(
    table=Page(
        "2 How good are they?",
        "Each method with the best of as many settings, from {draws} images each. Settings are "
        "chosen on the first seeds and measured on the others, so that nobody gains by having been "
        "tried more often, or by luck. See whether the difference between two methods is larger "
        "than what tuning makes of either of them.",
    ),
    numbers="scores",
    capabilities=("features",),
    single=("epoch", "size"),
    with_controls=True,
    options={"choosing": COUNT, "measure": TEXT, "against": TEXT},
)


def tabulate(given: dict, about: dict):
    """A table a data set of methods as chosen, and one of all settings."""
    every = grid_table.in_shown_space(pd.read_csv(given["numbers"][0]))
    scores = collapses.without(every, "autoencoder")  # a setting that collapses is no choice
    sound = soundness.look(given.get("accuracies", ()), [scores])
    scores = scores[scores["metric"] == about["measure"]]
    found = tuning.of_settings(scores, about["choosing"])
    asked = about["choosing"], about["against"]
    tables, note = tuned_table.tuned_tables(scores, found, *asked, sound)
    lost = collapses.sentences(every, "left out with their settings")
    return found, tables, " ".join([note, *lost])
