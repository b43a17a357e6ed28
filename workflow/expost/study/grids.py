"""Tables of autoencoders in rows and samplers in columns: whether each cell has one number."""

from collections import Counter
from collections.abc import Mapping

from .. import metrics, samplers

NONE = None  # among a column's samplers: an autoencoder may have none of them
MOST = 2  # metrics in a cell


def heading_of(columns: Mapping[str, list[str]]) -> dict[str, str]:
    """Sampler -> heading of the column that it is in."""
    pairs = ((sampler, heading) for heading, names in columns.items() for sampler in names)
    return {sampler: heading for sampler, heading in pairs if sampler is not NONE}


def check(figure, where: str) -> None:
    """Refuse columns and cells, options of a figure, that do not fit its methods.

    Args:
        figure: of the plan.
        where: the figure, for messages.

    Raises:
        ValueError: what was got, and what was wanted.
    """
    if "columns" not in figure.options:
        return
    columns, cells = figure.options["columns"], figure.options["cells"]
    _check_columns(columns, where)
    scored = [name for name in metrics.NAMES if metrics.describe(name).family in figure.metrics]
    some = isinstance(cells, list) and 0 < len(cells) <= MOST and all(c in scored for c in cells)
    if not some or len(set(cells)) < len(cells):
        raise ValueError(
            f"got cells {cells!r} in {where}; wanted a list of one metric or two of "
            f"{', '.join(scored)}"
        )
    for dataset in figure.datasets:
        runs = figure.runs_of(dataset, one_seed=True)
        own = [run for run in runs if run.sampler not in samplers.ORIGINALS]
        _check_cells(own, columns, where)
        _check_controls([run for run in runs if run.sampler in samplers.ORIGINALS], where)


def _check_columns(columns, where: str) -> None:
    fit = isinstance(columns, dict) and columns
    if not fit or not all(isinstance(name, str) and name for name in columns):
        raise ValueError(
            f"got columns {columns!r} in {where}; wanted headings, and under each a list of "
            "samplers, as in {GMM: [gmm]}"
        )
    for heading, names in columns.items():
        known = names if isinstance(names, list) else []
        named = [name for name in known if name is not NONE]
        if not named or not all(isinstance(name, str) for name in named):
            raise ValueError(
                f"got {names!r} in the column {heading!r} of {where}; wanted a list of samplers"
            )
    counts = Counter(name for names in columns.values() for name in names if name is not NONE)
    if twice := [name for name, count in counts.items() if count > 1]:
        raise ValueError(
            f"got the sampler {', '.join(twice)} twice in the columns of {where}; list it once"
        )


def _check_cells(runs: list, columns: Mapping[str, list], where: str) -> None:
    """Refuse a cell of an autoencoder and a column that has no run a seed, or several."""
    heading = heading_of(columns)
    for run in runs:
        if run.sampler not in heading:
            raise ValueError(
                f"got the sampler {run.sampler!r} in the methods of {where}, which is in none of "
                f"its columns; those have {', '.join(heading)}, and the controls stand below"
            )
    found: dict[tuple, list] = {}
    for run in runs:
        found.setdefault((run.autoencoder, heading[run.sampler]), []).append(run)
    for autoencoder in dict.fromkeys(run.autoencoder for run in runs):
        for column in dict.fromkeys(heading.values()):
            cell = found.get((autoencoder, column), [])
            if len(cell) != 1 and not (NONE in columns[column] and not cell):
                able = ", ".join(name for name, of in heading.items() if of == column)
                raise ValueError(
                    f"got {_of(cell)} of {autoencoder!r} in the column {column!r} of {where}; "
                    f"wanted one of its samplers ({able}) at one epoch and size"
                )


def _check_controls(runs: list, where: str) -> None:
    """Refuse a control that has several numbers, as one line stands for all autoencoders."""
    for name, count in Counter(run.sampler for run in runs).items():
        if count > 1:
            raise ValueError(
                f"got {_of([run for run in runs if run.sampler == name])} in {where}; the control "
                f"{name} is the same for all autoencoders: list it of one, at one epoch and size"
            )


def _of(cell: list) -> str:
    """The runs of a cell in words."""
    shown = (f"{run.sampler} (epoch {run.epoch}, {run.size} codes)" for run in cell)
    return ", ".join(shown) or "no method"
