"""The config, checked before anything starts: what the schema cannot know of its parts."""

import os
import re
from collections.abc import Callable

import pandas as pd

from .. import datasets, objectives, samplers
from ..datasets import image_groups
from ..networks import architectures
from ..samplers import fit_and_pool
from . import option_sweeps, yaml_safety
from .runs import cost_grid, grid

CONTROLS = ("copy", "held_out")  # without them a score says little
# Experiments that show scores -> the axes along which they cannot show several values.
SCORED = {
    "scores": (),
    "metrics_over_epochs": ("size",),
    "metrics_over_sample_size": ("epoch",),
    "trade_off": ("epoch", "size"),
}


def source(entry: dict) -> dict:
    """The part of an entry under the config's `datasets` that says where the images come from."""
    others = ("training", "classifier", "hide_originals")
    return {key: value for key, value in entry.items() if key not in others}


def departures(config: dict) -> dict[str, str]:
    """Of each sampler with settings other than its defaults, which are the paper's: which ones."""
    found = {}
    for name, options in config["samplers"].items():
        if name not in samplers.SAMPLERS:
            continue  # a variant by a name of its own, which the paper does not have
        chosen = samplers.build(name, **options)
        usual = type(chosen)().get_params()
        if changed := {k: v for k, v in chosen.get_params().items() if v != usual[k]}:
            found[name] = ", ".join(f"{option} = {value}" for option, value in changed.items())
    return found


def prepare(config: dict, validate: Callable[[dict], None]) -> None:
    """Check a config in every way, then expand its knobs in place.

    Args:
        config: the whole.
        validate: refuses what does not fit the schema, in its own way, and may set defaults.

    Raises:
        ValueError: what was got, what was wanted.
    """
    yaml_safety.check(config)
    validate(config)
    check(config)
    config.update(option_sweeps.expand(config))


def misfit(message: str, by_hand: bool = False) -> str:
    """What does not fit the schema, and where; not the schema and the config, which follow there.

    Args:
        message: of the validator.
        by_hand: whether there are values from the command line, where a list holds texts alone.
    """
    said = re.sub(r"(?s)\n\nFailed validating.*?(\nOn instance.*?):\n.*", r"\1", message)
    if by_hand and "is not of type" in said:
        said += "\nNumbers in lists after --config are text: write them to a file for --configfile"
    return said


def check(config: dict) -> None:
    """Refuse a config whose parts do not fit together, naming the part.

    The schema has checked names and types of all keys; this checks what they refer to.

    Raises:
        ValueError: what was got, what was wanted.
    """
    for name, entry in config["samplers"].items():
        _check_sampler(name, entry)
    config = option_sweeps.expand(config)
    for options in config["autoencoders"].values():
        objectives.check(**options)
    sets = {name: _dataset(name, entry) for name, entry in config["datasets"].items()}
    for name, experiment in config["experiments"].items():
        runs, where = grid(experiment), f" in experiment {name!r}"
        _check_runs(where, runs, config, sets)
        if name == "vine_trees":
            _check_vines(where, runs, config["samplers"])
        if name in SCORED and (lacking := set(CONTROLS) - set(runs["sampler"])):
            raise ValueError(
                f"got no method with the sampler {' or '.join(sorted(lacking))}{where}; scores are "
                "only shown beside these controls, so add ae/copy and ae/held_out, say"
            )
        for axis in SCORED.get(name, ()):
            if len(values := runs[axis].unique()) > 1:
                raise ValueError(
                    f"got {axis} {', '.join(map(str, values))}{where}; its figure wants one"
                )
    _check_features(config, sets)
    _check_groups(config, {name: dataset.classes for name, dataset in sets.items()})
    for name in cost_grid(config["cost_over_sample_size"])["sampler"].unique():
        _known("sampler", name, config, " in 'cost_over_sample_size'")
    data_dir = config["data_dir"]
    if data_dir is not None and not os.path.isdir(data_dir):
        raise ValueError(
            f"got data_dir {data_dir!r}, which is no folder; name one that exists, or null to "
            "download"
        )


def _check_sampler(name: str, entry: dict) -> None:
    where = f"in the entry {name!r} of samplers"
    if name in samplers.names() and entry.get("sampler", name) != name:
        raise ValueError(
            f"got the sampler {entry['sampler']!r} {where}, which is another one's name; give the "
            "entry a name of its own"
        )
    try:
        samplers.build(name, **entry)
    except ValueError as error:
        raise ValueError(f"{error} ({where})") from None


def _dataset(name: str, entry: dict) -> datasets.Dataset:
    """The data set of an entry, if its networks can be made for images of its size."""
    dataset = datasets.build(**source(entry))
    plan = architectures.build(f"ebcae_{entry.get('training', {}).get('architecture', 'mnist')}")
    if dataset.size is not None:
        try:
            plan.check((1, dataset.size, dataset.size))
        except ValueError as error:
            raise ValueError(f"data set {name!r}: {error}") from None
    return dataset


def _check_runs(where: str, runs: pd.DataFrame, config: dict, sets: dict) -> None:
    for axis in runs.columns.intersection(["dataset", "autoencoder", "sampler", "epoch"]):
        for value in runs[axis].unique().tolist():
            _known(axis, value, config, where)
    for name in runs["dataset"].unique():
        if sets[name].counts is None:
            continue  # known when the data is there; the jobs check it again
        train, test = sets[name].counts
        if "size" in runs and (size := runs["size"].max()) > train:
            raise ValueError(f"got size {size}{where}; {name} has {train} training images")
        parts = 2 if "held_out" in set(runs.get("sampler", ())) else 1
        if config["draws"] * parts > test:
            raise ValueError(
                f"got draws {config['draws']}{where}; {name} has {test} test images, of which the "
                f"reference and the control held_out want that many each: at most {test // parts}"
            )


def _check_features(config: dict, sets: dict) -> None:
    used = {name for experiment in config["experiments"].values() for name in experiment["dataset"]}
    for name in sorted(used if "classifier" in config["features"] else ()):
        if sets[name].tells_nothing(config["data_dir"] or "."):
            raise ValueError(
                f"got the feature space 'classifier', but {name} has neither labels nor "
                "attributes to learn from; add either, or set features to [resnet34]"
            )


def _check_groups(config: dict, classes: dict[str, int | None]) -> None:
    """The kinds of images that targeted sampling and recombination are about."""
    able = {"targeted_sampling": fit_and_pool.targets, "recombination": lambda s: s.recombines()}
    for name, can in able.items():
        experiment, where = config["experiments"][name], f" in experiment {name!r}"
        for sampler in grid(experiment)["sampler"].unique():
            if not can(samplers.build(sampler, **config["samplers"][sampler])):
                known = [s for s in samplers.names() if can(samplers.build(s))]
                raise ValueError(
                    f"got the sampler {sampler}{where}, which cannot do that; those that can are "
                    f"{', '.join(known)}"
                )
        for dataset in experiment["dataset"]:
            try:
                asked = image_groups.asked(experiment, dataset)
                for group in asked:
                    image_groups.check(group, classes[dataset])
            except ValueError as error:
                raise ValueError(f"{error}{where}, data set {dataset!r}") from None
            if name == "recombination" and asked[0] == asked[1]:
                raise ValueError(
                    f"got the dependence and the margins of {asked[0]!r}{where}; wanted two groups"
                )


def _check_vines(where: str, runs: pd.DataFrame, options: dict) -> None:
    for name in runs["sampler"].unique():
        if not hasattr(samplers.build(name, **options[name]), "trees"):
            raise ValueError(f"got sampler {name!r}{where}; only a vine has trees to show")
    for name, several in runs.groupby("dataset"):
        if len(several) > 1:
            raise ValueError(
                f"got {len(several)} runs of {name}{where}; its figure shows one vine, so list one "
                "method, epoch, size and seed"
            )


def _known(kind: str, name, config: dict, where: str) -> None:
    known = config[f"{kind}s"]
    if name not in known:
        raise ValueError(
            f"got unknown {kind} {name!r}{where}; wanted one of the {kind}s "
            f"{', '.join(map(str, known))}"
        )
