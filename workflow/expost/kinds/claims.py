"""What a paper claims in words, and whether our numbers bear it out.

Option: `paper_size`, codes that the paper's samplers were fitted to; a claim that names no size is
tested at the nearest that was run. Trainings that collapsed count like all others, and the note
names them.
"""

from itertools import chain

from ..analyses import soundness
from ..figures import collapses
from ..papers import as_scores
from ..papers.claims import ledger, verdicts
from ..papers.claims.identity import Identity
from ..study.kinds import COUNT, Kind, Page
from ..tables import claims_table

KIND = Kind(
    table=Page(
        "6 Does it agree with the paper?",
        "Every claim of the paper's text in our words, with the verdict that this run's scores "
        "give it: supported, not supported (contradicted, or undecided as seeds scatter too "
        "much), or not tested here. The evidence counts the comparisons that came out as claimed "
        "and shows those furthest from it; the csv beside it has all of them.",
    ),
    of="nothing",
    capabilities=(),
    options={"paper_size": COUNT},
)


def tabulate(given: dict, about: dict):
    """Every claim with its verdict and evidence."""
    known = about["all_figures"], about["autoencoders"], about.get("measured", [])
    claims = ledger.load(given["paper"][0], *known)
    files = zip(about["others"].items(), given.get("others", []), strict=True)
    tables = {figure: as_scores.read(numbers, path) for (figure, numbers), path in files}
    same = {
        dataset: {
            method: {size: Identity(*what) for size, what in by_size.items()}
            for method, by_size in methods.items()
        }
        for dataset, methods in about["same"].items()
    }
    scored = [tables[figure] for figure, numbers in about["others"].items() if numbers == "scores"]
    sound = soundness.look(given.get("accuracies", ()), scored)
    judged = verdicts.judge(claims, tables, about["paper_size"], same, sound.by_data_set())
    found, note = claims_table.claims_tables(judged)
    counted = (collapses.sentences(one, "counted all the same") for one in scored)
    return judged, found, " ".join(dict.fromkeys([sound.note(note), *chain(*counted)]))
