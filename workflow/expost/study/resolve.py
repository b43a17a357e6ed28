"""A figure of a study, as it is written, to the data sets and runs that it shows."""

from itertools import product

from ..metrics.scoring import FAMILIES
from . import (
    class_turns,
    definitions,
    figure_checks,
    figures,
    of_training,
    option_sweeps,
    reasons,
    runs,
    sampler_checks,
    training_sweeps,
)
from .kinds import Kind


def figure(plan, kinds: dict[str, Kind], study: str, name: str, entry: dict) -> figures.Figure:
    """One figure with all that its study says for it.

    Args:
        plan: the `Plan`, which gets the entries of the samplers that the figure runs.
        kinds: name -> kind.
        study: whose the figure is.
        name: of the figure.
        entry: what the study says of it.

    Raises:
        ValueError: what is not known, and what is.
    """
    definition, where = plan.study(study), f"figure {name!r} of study {study!r}"
    figure_checks.known("kind", [entry["kind"]], kinds, where)
    kind = kinds[entry["kind"]]
    options = figures.options(kind, entry, where)
    usual = {"metrics": list(FAMILIES)}
    entry = usual | {k: definition[k] for k in definitions.PROTOCOL if k in definition} | entry
    wanted = entry.get("on", plan.config["on"])
    figure_checks.known("data set", wanted, plan.data_sets, where)
    wanted = wanted if kind.of in ("methods", "autoencoders") else []
    turned = {_autoencoder(plan, k, study, where): v for k, v in entry.get("turns", {}).items()}
    shows = [_autoencoder(plan, name, study, where) for name in _named(kind, definition, entry)]
    elsewhere = reasons.elsewhere(plan, entry, shows, turned)
    found = {name: reasons.lacking(plan, kind, entry, name, shows) or elsewhere for name in wanted}
    datasets = tuple(dataset for dataset in wanted if found[dataset] is None)
    turns = training_sweeps.of_figure(plan, turned, datasets, where)
    turns += class_turns.of_figure(plan, shows, datasets, options, where)
    shown, sweeps = [], ()
    if kind.synthetic:
        shown = runs.synthetic(kind.of, options, where)
    elif kind.of == "autoencoders":
        shown = _trainings(plan, kind, study, entry, datasets, turns, where)
    elif kind.of == "methods":
        given = definitions.samplers(definition)
        sweeps = tuple(option_sweeps.lines(entry.get("knobs", {}), given, where))
        shown = _runs(plan, kind, study, entry, datasets, sweeps, turns, where)
    return figures.Figure(
        name, study, kind, entry["kind"], entry["title"], datasets,
        {k: v for k, v in found.items() if v}, entry["draws"], tuple(entry["features"]),
        tuple(entry["metrics"]), tuple(shown), sweeps, tuple(turns), options,
    )  # fmt: skip


def _named(kind: Kind, definition: dict, entry: dict) -> list[str]:
    """The autoencoders that a figure shows, as it names them."""
    if kind.of == "autoencoders":
        return entry.get("autoencoders", [*definition["autoencoders"]])
    methods = entry.get("methods", definition.get("methods", [])) if kind.of == "methods" else []
    return list(dict.fromkeys(method.partition("/")[0] for method in methods))


def _trainings(plan, kind, study, entry, datasets, turns, where) -> list[runs.Training]:
    definition = plan.study(study)
    wanted = [_autoencoder(plan, name, study, where) for name in _named(kind, definition, entry)]
    _check_turned(turns, wanted, where)
    found = [
        runs.Training(dataset, autoencoder, epoch, seed)
        for dataset in datasets
        for one in wanted
        for autoencoder in training_sweeps.names(turns, dataset, one)
        for epoch in _epochs(plan, entry, dataset, autoencoder)
        for seed in figures.chosen(entry.get("seeds", "all"), definition["seeds"])
    ]
    return _once(found, where)


def _runs(plan, kind, study, entry, datasets, sweeps, turns, where) -> list[runs.Run]:
    definition = plan.study(study)
    methods = [*entry.get("methods", definition.get("methods", [])), *option_sweeps.methods(sweeps)]
    sizes = figures.chosen(
        entry.get("sizes", [definition["size"]]), definition.get("sizes", [definition["size"]])
    )
    seeds = figures.chosen(entry.get("seeds", "all"), definition["seeds"])
    pairs = [method.split("/") for method in dict.fromkeys(methods)]
    wanted = [(_autoencoder(plan, name, study, where), sampler) for name, sampler in pairs]
    wanted = reasons.with_priors(plan, entry, wanted)
    _check_turned(turns, [autoencoder for autoencoder, _ in wanted], where)
    found = []
    for dataset, (autoencoder, sampler) in product(datasets, wanted):
        entries = definitions.samplers(definition, dataset)
        options = option_sweeps.entries_of(sweeps, entries).get(sampler, entries.get(sampler, {}))
        built = sampler_checks.built(sampler, options, f"{where}, on data set {dataset!r}")
        shown = [autoencoder]
        if built.shows != "originals":  # which are the same whatever the autoencoder
            shown = training_sweeps.names(turns, dataset, autoencoder)
        for name in shown:
            full = of_training.completed(plan, dataset, name, sampler, options)
            _remember(plan, (dataset, name, sampler), full, where)
        axes = [_epochs(plan, entry, dataset, autoencoder), sizes]
        for axis, values in enumerate(axes):
            if kind.steady_controls and ("epoch", "size")[axis] in sampler_checks.steady(built):
                usual = definition["size"]
                axes[axis] = [usual] if axis and usual in values else values[-1:]
        found += [
            runs.Run(dataset, name, sampler, epoch, size, entry["draws"], seed)
            for name, epoch, size, seed in product(shown, *axes, seeds)
        ]
    return _once(found, where)


def _check_turned(turns, shown: list[str], where: str) -> None:
    turned = dict.fromkeys(turn.autoencoder for turn in turns)
    figure_checks.known("autoencoder", turned, shown, f"the `turns` of {where}")


def _once(found: list, where: str) -> list:
    """Refuse runs that are there twice, as of one method named in two ways."""
    if len(set(found)) < len(found):
        raise ValueError(
            f"got one method or autoencoder twice in {where}, with its study's name and without; "
            "list it once"
        )
    return found


def _autoencoder(plan, name: str, study: str, where: str) -> str:
    """An autoencoder's name as in paths: with its study's, which is the figure's if it has none."""
    of, _, bare = name.rpartition(".")
    figure_checks.known("study", [of] if of else [], plan.known_studies, where)
    known = plan.study(of or study)["autoencoders"]
    figure_checks.known("autoencoder", [bare], known, where)
    return f"{of or study}.{bare}"


def _epochs(plan, entry: dict, dataset: str, autoencoder: str) -> list[int]:
    known = plan.epochs(dataset, autoencoder)
    if plan.is_pretrained(autoencoder):
        return known  # the one, whatever is asked of those that are trained
    return sorted(figures.chosen(entry.get("epochs", "last"), known))


def _remember(plan, key: tuple, options: dict, where: str) -> None:
    """Note what a sampler's name stands for on an autoencoder: paths have only the name."""
    if plan.entries.setdefault(key, options) != options:
        raise ValueError(
            f"got {options} for the sampler {key[2]!r} in {where}, but another study has "
            f"{plan.entries[key]} under that name for {key[1]}; give one another name"
        )
