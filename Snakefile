"""Every figure and table of the studies: `snakemake --cores 8 all`, or one target of many."""

import sys

from snakemake.utils import min_version

min_version("9.27")  # the version that is tried; see rules/hooks.smk

# The library lives beside the rules. Snakemake hands this process's search path to
# every `script:` job, whatever its environment, so there is nothing to install.
sys.path.insert(0, f"{workflow.basedir}/workflow")


configfile: "config.yaml"


report: "workflow/report/landing.rst"


include: "workflow/rules/common.smk"
include: "workflow/rules/data.smk"
include: "workflow/rules/autoencoders.smk"
include: "workflow/rules/samplers.smk"
include: "workflow/rules/metrics.smk"
include: "workflow/rules/analyses.smk"
include: "workflow/rules/figures.smk"
include: "workflow/rules/hooks.smk"


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
