"""Numbers that a paper printed beside ours.

Options: `table`, as `published.csv` of the study calls it, or `all`, and `where` that stands in the
paper; `compared_with`, the figure whose numbers ours are; `paper_size`, codes that the paper's
samplers were fitted to, and `paper_draws`, codes that they drew; `paper_settings`, what else it
says of its trainings (`study.paper_settings`).
"""

from ..analyses import soundness
from ..figures import collapses
from ..papers import as_scores, comparison, published_numbers
from ..study import paper_places
from ..study.kinds import COUNT, TEXT, Kind, Page
from ..tables import published_table

KIND = Kind(
    table=Page(
        "6 Does it agree with the paper?",
        "Numbers that the paper printed, or that were read off its curves by pixels, beside ours, "
        "with the difference and what it says. A value is judged only where data, feature network, "
        "epochs, codes, draws and settings are the paper's, and the row says what differs "
        "otherwise.",
    ),
    of="nothing",
    capabilities=(),
    options={
        **{"table": TEXT, "where": TEXT, "compared_with": TEXT},
        **{"paper_size": COUNT, "paper_draws": COUNT, "paper_settings": {}},
    },
)


def tabulate(given: dict, about: dict):
    """One table or figure of the paper, as its study's `published.csv` has it."""
    rows = published_numbers.read(given["paper"][0], about["table"])
    (numbers,) = about["others"].values()
    every = as_scores.read(numbers, given["others"][0])
    scores, _ = collapses.apart(every)
    said = {name: paper_places.on(about["paper_settings"], name) for name in set(rows["dataset"])}
    paper = comparison.Paper(about["paper_size"], about["paper_draws"], said, about["trainings"])
    sound = soundness.look(given.get("accuracies", ()), [scores] if numbers == "scores" else [])
    compared = comparison.compare(
        *(rows, scores, about["draws"], about["kinds"], about["departures"], paper, sound.doubts)
    )
    found, note = published_table.published_tables(compared, about["where"])
    return compared, found, " ".join([sound.note(note), *collapses.sentences(every)])
