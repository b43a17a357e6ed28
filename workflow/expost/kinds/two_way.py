"""Every sampler on every autoencoder: which of the two scores depend on more.

Options: `panels`, space -> list of metrics, or `all`: which measures are shown; `features` stands
for the feature space that is shown. Without it they are the Fréchet distance, density, coverage and
C_T in features. Codes are left out: their units differ between autoencoders.
"""

import pandas as pd

from ..analyses import soundness
from ..figures import collapses, panels, score_remarks, two_way
from ..study.kinds import Kind, Page
from ..study.panels import SHOWN, USUAL
from ..tables import two_way_table

WITH_SEEDS = "left out with their seeds"  # of every method, as all want the same
CATEGORY = "2 How good are they?"
MEASURES = {SHOWN: ("frechet", "density", "coverage", "c_t")}
KIND = Kind(
    figure=Page(
        CATEGORY,
        "Every sampler on the codes of every autoencoder on {dataset}, from {draws} generated "
        "samples each: means over seeds, and where there are two or more seeds 95 % t-intervals, a "
        "row an autoencoder, and dashed those of held-out images. If rows differ more than "
        "the points within them, the autoencoder matters more, and if all rows look alike, the "
        "sampler; the bars below say it in shares of the variance. Shares are without bias, so "
        "that chance may take some below 0, which are not drawn, and others above 100.",
    ),
    table=Page(
        CATEGORY,
        "Every sampler on the codes of every autoencoder, from {draws} generated samples each, and "
        "how much of the variance of each measure is the autoencoder's, the sampler's, of both "
        "together, or of chance. Where it says so, the larger of the first two is larger by more "
        "than seeds explain.",
    ),
    numbers="scores",
    capabilities=("features",),
    single=("epoch", "size"),
    with_controls=True,
    crossed=True,
    options={"panels": USUAL},
)


def draw(given: dict, about: dict):
    """A panel a measure, a row an autoencoder, a point a sampler; and shares of the variance."""
    scores = _read(given)
    scores = scores[scores["dataset"] == about["dataset"]]
    sound = collapses.without(scores, "seed")
    figure = two_way.two_way(sound, *panels.asked(scores, about["panels"], MEASURES))
    return score_remarks.add(figure, given.get("accuracies", ()), scores, WITH_SEEDS)


def tabulate(given: dict, about: dict):
    """A table a measure, a row an autoencoder, a column a sampler; then shares of the variance."""
    every = _read(given)
    scores = collapses.without(every, "seed")
    numbers = two_way_table.summarise(scores)
    sound = soundness.look(given.get("accuracies", ()), [scores])
    shown, told = panels.asked(scores, about["panels"], MEASURES)
    tables, note = two_way_table.two_way_tables(scores, numbers, shown, sound)
    return numbers, tables, " ".join([note, *told, *collapses.sentences(every, WITH_SEEDS)])


def _read(given: dict) -> pd.DataFrame:
    scores = pd.read_csv(given["numbers"][0])
    return scores[scores["space"] != "codes"]
