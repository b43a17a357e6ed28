"""Validated config, closed wildcards, and the few helpers that rules share."""

import re
from functools import cache
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.utils import validate

from expost import datasets, features, samplers
from expost.datasets import image_groups, row_choice
from expost.io import writable
from expost.metrics import NAMES as METRICS
from expost.runtime import threads
from expost.study import (
    code_identity,
    config_checks,
    option_sweeps,
    yaml_safety,
)
from expost.study import runs as grid


def fits_schema(whole):
    """Refuse what does not, in a few lines; Snakemake shows all of the schema and the config."""
    try:
        validate(whole, "../schemas/config.schema.yaml")
    except WorkflowError as error:
        by_hand = workflow.config_settings.config_args
        raise ValueError(config_checks.misfit(str(error), bool(by_hand))) from None


try:
    yaml_safety.check_arguments(workflow.config_settings.config_args or ())
    config_checks.prepare(config, fits_schema)
    writable.check("results")
except (ValueError, OSError) as error:
    raise WorkflowError(error) from None

threads.wait_asleep()  # in all jobs, which inherit this process's environment


wildcard_constraints:
    dataset="|".join(config["datasets"]),
    autoencoder="|".join(config["autoencoders"]),
    sampler="|".join(map(re.escape, config["samplers"])),
    experiment="|".join(config["experiments"]),
    seed=r"\d+",
    epoch=r"\d+",
    dimension=r"\d+",
    size=r"\d+",


@cache  # asked for each of thousands of jobs
def code(script, *modules):
    """The library modules behind a script, as inputs: editing one reruns its users and nobody else.

    Plain paths on purpose. Snakemake compares them by content, whereas
    `workflow.source_path` files rerun whenever git touches their times.
    """
    return code_identity.behind(f"workflow/scripts/{script}.py", *modules)


def growing(first):
    """A resource of which a job that failed gets more, where it is tried again."""
    return lambda wildcards, attempt: first * attempt


def runs(experiment, **columns):
    """The runs of an experiment as named tuples, or those with the given values."""
    table = grid.grid(config["experiments"][experiment])
    for column, value in columns.items():
        table = table[table[column].astype(str) == value]
    return table.itertuples(index=False)


def sources_of(wildcards):
    """The files or the folder that a data set is read from."""
    dataset = datasets.build(
        **config_checks.source(config["datasets"][wildcards.dataset])
    )
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


def feature_networks(wildcards):
    """The weights of every configured feature space that has any."""
    files = {
        "classifier": "results/data/{dataset}/classifier.safetensors",
        "resnet34": f"results/downloads/resnet34/{features.weights('resnet34').name}",
    }
    return [
        files[space].format(dataset=wildcards.dataset) for space in config["features"]
    ]


def datasets_of(experiment):
    """The data sets that an experiment draws a figure for."""
    return config["experiments"][experiment]["dataset"]


def hidden(dataset, shown):
    """Of these runs of a data set, whether each has originals that figures are not to show."""
    hide = config["datasets"][dataset]["hide_originals"]
    names = [run.sampler for run in shown]
    built = [samplers.build(name, **config["samplers"][name]) for name in names]
    return [hide and sampler.shows == "originals" for sampler in built]


def groups_of(study, dataset):
    """The classes or attributes that a study is about."""
    return image_groups.asked(config["experiments"][study], dataset)


def first_seed(study, dataset):
    """The runs that a figure shows: of one seed, as images have no mean."""
    seed = config["experiments"][study]["seed"][0]
    return runs(study, dataset=dataset, seed=str(seed))
