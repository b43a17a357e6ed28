"""The table of scores."""

import pandas as pd

from ..analyses import soundness
from ..datasets import wide_columns
from ..figures import collapses
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
    every = pd.read_csv(given["numbers"][0])
    scores, _ = collapses.apart(every)
    notes = _of_codes(scores, given, about) if "runs" in about else []
    means = scores_table.summarise_scores(scores)
    sound = soundness.look(given.get("accuracies", ()), [scores])
    tables, note = scores_table.score_tables(scores, means, sound)
    return means, tables, " ".join([*notes, note, *collapses.sentences(every)])


def _of_codes(scores: pd.DataFrame, given: dict, about: dict) -> list[str]:
    """Of codes that are given: which sampler to take, and which column decides all distances."""
    from ..comparing import of_runs  # which plans, that load all kinds, have no use for

    wide = map(wide_columns.of_archive, given["data"])
    times = about["columns"], about["runs"], given["times"]
    return [*of_runs.sentences(scores, *times), *filter(None, wide)]
