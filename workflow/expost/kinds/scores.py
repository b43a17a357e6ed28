"""The table of scores."""

import pandas as pd

from ..analyses import soundness
from ..study.kinds import Kind, Page
from ..tables import scores_table

KIND = Kind(
    table=Page(
        "2 How good are they?",
        "Every metric of every method, mean ± half-width of the 95 % t-interval over seeds (a mean "
        "alone where there is one seed), from {draws} generated samples each. Bold are the best "
        "sampler and all that cannot be told from it by differences seed by seed; the controls "
        "below the line compete with nobody.",
    ),
    numbers="scores",
    capabilities=(),
    with_controls=True,
)


def tabulate(given: dict, about: dict):
    """Every metric of every method: mean and interval over seeds, controls below."""
    scores = pd.read_csv(given["numbers"][0])
    means = scores_table.summarise_scores(scores)
    sound = soundness.look(given.get("accuracies", ()), [scores])
    return means, *scores_table.score_tables(scores, means, sound)
