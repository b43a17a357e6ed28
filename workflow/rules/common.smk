"""The checked config, closed wildcards, and the few helpers that rules share."""

import json
import re
from functools import cache
from itertools import chain
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.logging import logger
from snakemake.utils import validate

from expost import datasets, features, kinds, metrics, samplers
from expost.datasets import row_choice
from expost.io import writable
from expost.networks import architectures
from expost.papers import comparison
from expost.papers.claims import ledger
from expost.provenance import old_layout
from expost.runtime import threads
from expost.study import (
    code_identity,
    config_checks,
    data_sets,
    definitions,
    runs,
    summary,
    yaml_safety,
)
from expost.study.plan import Plan
from expost.training import settings


def fits_schema(whole, schema):
    """Refuse what does not, in a few lines; Snakemake shows all of the schema and the config."""
    try:
        validate(whole, f"../schemas/{schema}.schema.yaml")
    except WorkflowError as error:
        by_hand = workflow.config_settings.config_args
        raise ValueError(config_checks.misfit(str(error), bool(by_hand))) from None


try:
    yaml_safety.check_arguments(workflow.config_settings.config_args or ())
    yaml_safety.check(config)
    for key, value in yaml_safety.read_on({**config}).items():
        config[key] = value
    config.pop(True, None)
    fits_schema(config, "config")
    config_checks.check_data_dir(config["data_dir"])
    plan = Plan(
        config,
        kinds.every(),
        library / "studies",
        lambda study: fits_schema(study, "study"),
    )
    old_layout.refuse("results")
    writable.check("results")
except (ValueError, OSError) as error:
    raise WorkflowError(error) from None

for note in summary.left_out(plan):
    logger.info(f"Left out: {note}.")

threads.wait_asleep()  # in all jobs, which inherit this process's environment


def one_of(names):
    """A wildcard's values; none match where there are no names."""
    return "|".join(map(re.escape, names)) or "(?!)"


wildcard_constraints:
    dataset=one_of(plan.data_sets),
    autoencoder=one_of(plan.autoencoders()),
    sampler=one_of(plan.samplers()),
    figure=one_of(plan.figures),
    seed=r"\d+",
    epoch=r"\d+",
    dimension=r"\d+",
    size=r"\d+",
    draws=r"\d+",


@cache  # asked for each of thousands of jobs
def code(script, *modules):
    """A digest of what the code behind a script does: a change of it reruns the script's jobs."""
    return code_identity.digest(library / "scripts" / f"{script}.py", *modules)


def sampler_module(wildcards):
    """The module of the library behind a run's sampler."""
    return f"samplers/{plan.sampler(wildcards).get('sampler', wildcards.sampler)}"


def objective_module(wildcards):
    """The module of the library behind an autoencoder's objective."""
    return f"objectives/{plan.training(wildcards.dataset, wildcards.autoencoder)['objective']}"


def networks_module(wildcards):
    """The module of the library behind an autoencoder's networks."""
    training = plan.training(wildcards.dataset, wildcards.autoencoder)
    networks = training.get("networks", architectures.DEFAULT)
    return f"networks/{networks if isinstance(networks, str) else networks['name']}"


def run_of(wildcards):
    """The run that a rule's wildcards name."""
    numbers = {
        axis: int(wildcards[axis]) for axis in ("epoch", "size", "draws", "seed")
    }
    names = {axis: wildcards[axis] for axis in ("dataset", "autoencoder", "sampler")}
    return runs.Run(**names, **numbers)


def shipped(path):
    """A file of the checkout, wherever the working folder is; relative where that contains it."""
    path = library.parent / path
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def growing(first):
    """A resource of which a job that failed gets more, where it is tried again."""
    return lambda wildcards, attempt: first * attempt


def figures_of(*wanted):
    """The figures of some kinds."""
    return [name for name, figure in plan.figures.items() if figure.kind_name in wanted]


def sources_of(wildcards):
    """The files or the folder that a data set is read from."""
    dataset = datasets.build(**data_sets.source(config["datasets"][wildcards.dataset]))
    if dataset.files:
        return dataset.paths(f"results/downloads/{wildcards.dataset}")
    found = dataset.paths(config["data_dir"] or ".")
    for path in found:
        if not path.exists():
            raise WorkflowError(
                f"data set {wildcards.dataset}: there is no {path}; put it there, correct its "
                "path, or set data_dir to the folder that has it"
            )
    return found


def state_of(wildcards):
    """What changes with the content of a folder that a data set is read from."""
    dataset = datasets.build(**data_sets.source(config["datasets"][wildcards.dataset]))
    return dataset.state(config["data_dir"] or ".")


def scored_modules(figure):
    """The modules of the library that say what a figure's metrics and spaces are called."""
    families = map(metrics.modules, figure.metrics)
    spaces = ("pixels", *figure.features)
    return [*chain(*families), *(f"features/{space}" for space in spaces)]


def networks_of(dataset, spaces):
    """The file with the network of each feature space: published weights, or trained here."""
    published = {space: features.weights(space) for space in spaces}
    return [
        (
            f"results/downloads/{space}/{remote.name}"
            if remote
            else f"results/data/{dataset}/{space}.onnx"
        )
        for space, remote in published.items()
    ]


def spaces_in(wildcards):
    """The feature spaces that a file's name lists behind the pixels."""
    return wildcards.spaces.split("-")[1:]


def shown(figure, found):
    """Runs as figures and tables name them: without the study whose figure it is."""
    return [
        tuple(
            figure.display(run) if axis == "autoencoder" else getattr(run, axis)
            for axis in runs.AXES
            if hasattr(run, axis)
        )
        for run in found
    ]
