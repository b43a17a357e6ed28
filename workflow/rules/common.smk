"""The checked config, closed wildcards, and the few helpers that rules share."""

import json
import re
from functools import cache
from itertools import chain
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.logging import logger

from expost import datasets, features, kinds, metrics, samplers
from expost.datasets import row_choice
from expost.io import download, escaping, plain_yaml, writable
from expost.networks import architectures
from expost.objectives import mask_schedules
from expost.papers import published_numbers
from expost.papers.claims import ledger
from expost.provenance import old_layout
from expost.runtime import threads
from expost.study import (
    code_identity,
    config_checks,
    data_sets,
    definitions,
    given_codes,
    identities,
    of_training,
    own_codes,
    paper_settings,
    pretrained,
    report_rows,
    runs,
    schemas,
    seeds_together,
    summary,
    written,
    yaml_safety,
)
from expost.study.count_checks import COLUMNS
from expost.study.plan import Plan
from expost.training import settings


def fits_schema(whole, schema):
    """Refuse what does not."""
    by_hand = bool(workflow.config_settings.config_args)
    schemas.check(whole, library / "schemas", schema, by_hand)


try:
    yaml_safety.check_arguments(workflow.config_settings.config_args or ())
    yaml_safety.check(config)
    for key, value in yaml_safety.read_on({**config}).items():
        config[key] = value
    config.pop(True, None)
    fits_schema(config, "config")
    config_checks.check_data_dir(config["data_dir"])
    with_codes, unsuited = own_codes.added(config, library / "studies")
    config.update(with_codes)
    plan = Plan(
        config,
        kinds.every(),
        library / "studies",
        lambda study: fits_schema(study, "study"),
        wanted=[],  # what is asked for is known only later; see hooks.smk
    )
    old_layout.refuse("results")
    writable.check("results")
except (ValueError, OSError) as error:
    raise WorkflowError(error) from None

for note in unsuited:
    logger.info(f"Left out of the comparison of codes: {note}.")
for note in summary.left_out(plan):
    logger.info(f"Left out: {note}.")
for name in summary.unused(
    plan, plain_yaml.load((library.parent / "config.yaml").read_text())
):
    logger.info(
        f"No figure shows the data set {name}: to have it drawn, add it to `on`."
    )

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
    """A digest of what the code behind a script does: a change of it reruns the script's jobs.

    Rules ask in a function of their wildcards, so that only those whose jobs are planned read it.
    """
    return code_identity.digest(library / "scripts" / f"{script}.py", *modules)


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
