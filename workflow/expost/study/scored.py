"""In which spaces and by which families of metrics runs are scored."""

from collections.abc import Iterable, Mapping

from .data_sets import DataSet
from .figures import Figure
from .runs import Run

SCORED = ("scores", "capacities")  # numbers of kinds whose runs are scored


def asked(figures: Iterable[Figure], data_sets: Mapping[str, DataSet]) -> tuple[dict, dict]:
    """Of each run, the feature spaces and the families of metrics that any figure asks for."""
    spaces: dict[Run, set[str]] = {}
    families: dict[Run, set[str]] = {}
    for figure in figures:
        if figure.kind.numbers not in SCORED:
            continue
        for run in figure.runs:
            lacking = data_sets[run.dataset].lacks
            usable = [space for space in figure.features if f"features {space}" not in lacking]
            spaces.setdefault(run, set()).update(usable)
            families.setdefault(run, set()).update(figure.metrics)
    return spaces, families
