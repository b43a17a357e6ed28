"""Every figure and table of the studies: `snakemake --cores 8 all`, or one target of many."""

import gc
import os
import sys
from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.utils import min_version

min_version("9.27")  # the version that is tried; see rules/hooks.smk

# What is planned stays: to look in it for garbage again and again takes a tenth of the time.
gc.freeze()
gc.set_threshold(100_000, 20, 20)

# The library lives beside the rules, and is used whatever else is installed. Snakemake appends this
# process's search path to that of every `script:` job, where a copy in site-packages comes first;
# but PYTHONPATH, which jobs inherit, comes before site-packages.
library = Path(workflow.basedir) / "workflow"
sys.path.insert(0, str(library))
inherited = os.environ.get("PYTHONPATH")
search_path = [str(library), *(inherited.split(os.pathsep) if inherited else ())]
os.environ.update(PYTHONPATH=os.pathsep.join(dict.fromkeys(search_path)))

import expost

if not Path(expost.__file__).resolve().is_relative_to(library.resolve()):
    raise WorkflowError(
        f"got the library of {expost.__file__}, which something imported before this workflow could; "
        f"wanted that of {library}: uninstall the other (`pip uninstall expost`), or look for what "
        "imports it when Python starts"
    )

from expost.io import plain_yaml

# Of broken YAML, Snakemake would name neither the file nor the line.
if workflow.is_main_process:
    for path in (library.parent / "config.yaml", *workflow.configfiles):
        try:
            plain_yaml.check_config(path)
        except (ValueError, OSError) as error:
            raise WorkflowError(error) from None


configfile: library.parent / "config.yaml"


report: "workflow/report/landing.rst"


include: "workflow/rules/common.smk"
include: "workflow/rules/lookups.smk"
include: "workflow/rules/trainings.smk"
include: "workflow/rules/pages.smk"
include: "workflow/rules/data.smk"
include: "workflow/rules/autoencoders.smk"
include: "workflow/rules/together.smk"
include: "workflow/rules/samplers.smk"
include: "workflow/rules/references.smk"
include: "workflow/rules/metrics.smk"
include: "workflow/rules/groups.smk"
include: "workflow/rules/looks.smk"
include: "workflow/rules/laws.smk"
include: "workflow/rules/capacities.smk"
include: "workflow/rules/costs.smk"
include: "workflow/rules/simulations.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/hooks.smk"
include: "workflow/rules/report.smk"


rule all:
    """Every figure and every table of all studies."""
    default_target: True
    input:
        rules.figures.input,
        rules.tables.input,
    localrule: True


onstart:
    # Snakemake's limit of jobs started a second starts a timer at every event, which starts itself
    # again for ever, and each of them looks at all waiting jobs: soon it does little else. The
    # default of 100/1s goes; a limit that was asked for stays.
    limit = workflow.scheduler.job_rate_limiter
    if limit and (limit.max_jobs, limit.timespan) == (100, 1):
        workflow.scheduler.job_rate_limiter = None
    begin()


onsuccess:
    end()


onerror:
    end()
