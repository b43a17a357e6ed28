"""Autoencoders of which each is trained on the images of one class, as figures of novelty want."""

from collections.abc import Iterable

from . import training_sweeps
from .data_sets import DataSet
from .named_groups import Known
from .turns import Turn

SETTING = "of_class"
WORDS = ("targets", "all")


def of_figure(
    plan, shows: Iterable[str], datasets: Iterable[str], options: dict, where: str
) -> list[Turn]:
    """An autoencoder a class, of each that a figure shows; none of a figure without classes.

    Args:
        plan: the `Plan`, which gets to know each of them.
        shows: autoencoders, as in paths.
        datasets: of the figure.
        options: of the figure. `classes` are names or numbers; `targets` for those of the data
            set's groups that images are drawn for, or `all`.
        where: the figure, for messages.

    Raises:
        ValueError: a data set lacks a class, or an autoencoder cannot be trained on one.
    """
    if "classes" not in options:
        return []
    wanted, folder = options["classes"], plan.config["data_dir"] or "."
    numbers = {name: _numbers(plan.data_sets[name], wanted, where, folder) for name in datasets}
    return [
        training_sweeps.turn(plan, dataset, autoencoder, SETTING, found, where)
        for dataset, found in numbers.items()
        for autoencoder in shows
    ]


def check_methods(runs: Iterable, plan, where: str) -> None:
    """Refuse samplers on the codes of an autoencoder of one class: they would get those of all.

    Args:
        runs: of a figure.
        plan: the `Plan`.
        where: the figure, for messages.

    Raises:
        ValueError: whose codes.
    """
    for dataset, name in dict.fromkeys((run.dataset, run.autoencoder) for run in runs):
        if (only := plan.training(dataset, name).get(SETTING)) is not None:
            raise ValueError(
                f"got the autoencoder {name}, which is trained on class {only} of {dataset} alone, "
                f"in {where}; samplers are fitted to codes of all classes, so name another"
            )


def _numbers(known: DataSet, wanted: str | list, where: str, folder: str) -> list[int]:
    """The numbers of the classes that are meant, each once."""
    if not (wanted in WORDS if isinstance(wanted, str) else isinstance(wanted, list) and wanted):
        raise ValueError(
            f"got classes {wanted!r} in {where}; wanted a list of classes, or one of the words "
            f"{', '.join(WORDS)}"
        )
    groups, names = known.reader.groups(folder), known.reader.class_names(folder)
    if wanted == "all" and groups is None:
        raise ValueError(
            f"got classes 'all' in {where}; those of {known.name} are known only once it is "
            "loaded, so list them"
        )
    asked = {"all": groups, "targets": known.targets}.get(str(wanted), wanted)
    if groups is not None and asked is wanted:
        about = Known(known.name, groups, names is not None, known.reader.numbered)
        asked = list(map(about.meant, wanted))
    if wanted == "targets":  # some of which may be all but one, as `not 3`
        asked = [one for one in asked if groups is None or one in groups]
    found = (
        asked if names is None else [groups.index(one) if one in groups else one for one in asked]
    )
    if not found or not all(type(one) is int for one in found) or len(set(found)) < len(found):
        raise ValueError(
            f"got the classes {', '.join(map(str, found)) or 'none'} of {known.name} in {where}; "
            "wanted one or more, each once, by number where they have no names"
        )
    return list(found)
