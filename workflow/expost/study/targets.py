"""Which figures a command asks for, so that others need not be possible."""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path, PurePath

from ..runtime import option_values
from . import count_checks, epoch_checks, figure_checks, seeds_together
from .figures import Figure
from .runs import Run


def check(plan, targets: Iterable[str]) -> None:
    """Refuse names that nobody knows, and targets that want epochs, codes or images that lack.

    Args:
        plan: the `Plan`.
        targets: see `asked`.

    Raises:
        ValueError: all that lacks, the figures that want it, and what to write.
    """
    for figure in plan.figures.values():
        figure_checks.check_names(figure, plan)
    targets = list(targets)
    for target in targets:
        count_checks.check_file(target, plan)
    figures = asked(plan, targets)
    epoch_checks.check(figures, plan)
    seeds_together.check(figures, plan)
    count_checks.check(figures, plan)
    figure_checks.check_numbers(figures, plan)
    figure_checks.check_classes(figures, plan)


def check_names(targets: Iterable[str], known: Iterable[str]) -> None:
    """Refuse a target that nobody knows, which Snakemake would say without a likely one.

    Args:
        targets: words; those with a folder in them are files, which Snakemake looks for.
        known: names of rules.

    Raises:
        ValueError: which one, and what it may have meant.
    """
    known = list(known)
    for target in targets:
        if "/" not in target and target not in known and not Path(target).exists():
            raise ValueError(
                f"got unknown target {target!r}; wanted one of those that `snakemake "
                "--list-target-rules` names, or a file in results/"
                f"{option_values.close(target, known)}"
            )


def asked(plan, targets: Iterable[str]) -> list[Figure]:
    """The figures of a plan that some targets want, and those whose numbers these show.

    Args:
        plan: the `Plan`.
        targets: figures, studies and files, of which those of no figure want none; any other word
            is taken to want all.
    """
    names = dict.fromkeys(name for target in targets for name in _names(plan, target))
    found = [plan.figures[name] for name in names]
    for figure in list(found):
        if figure.kind.of == "nothing":
            other = figure.options.get("compared_with")
            numbers = plan.numbered(figure.study) | plan.measured(figure.study)
            shown = [other] if other else numbers
            found += [plan.figures[name] for name in shown if name not in names]
    return list({figure.name: figure for figure in found}.values())


def data_sets(plan, targets: Iterable[str]) -> list[str]:
    """The data sets that some targets are about; arguments are those of `asked`."""
    runs = chain.from_iterable(figure.runs for figure in asked(plan, targets))
    return list(dict.fromkeys(run.dataset for run in runs if hasattr(run, "dataset")))


def spaces(plan, targets: Iterable[str]) -> list[str]:
    """The feature spaces that some targets are scored in; arguments are those of `asked`."""
    runs = chain.from_iterable(figure.runs for figure in asked(plan, targets))
    found = chain.from_iterable(plan.spaces(run) for run in set(runs) if isinstance(run, Run))
    return sorted(set(found))


def _names(plan, target: str) -> list[str]:
    if target in plan.figures:
        return [target]
    if target in plan.config["studies"]:
        return [name for name, figure in plan.figures.items() if figure.study == target]
    if "/" not in target:
        return list(plan.figures)
    path = PurePath(target)
    return [name for name in plan.figures if name in path.parts or name == path.stem]
