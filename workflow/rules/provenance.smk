"""
What made the results, and whether they still are what was made.

Needs     results/**
Makes     results/provenance.json, after each run
Options   none
"""

import time

from snakemake.io import IOFile
from snakemake.logging import logger

from expost import provenance

run_began = time.monotonic()


def remade(path):
    """Whether a file is as Snakemake's own last job left it, or will be made again by this run."""
    made = workflow.persistence.metadata(IOFile(path))
    if made is None or made.endtime == Path(path).stat().st_mtime:
        return True
    return any(path in job.output for job in workflow.dag.needrun_jobs())


def refuse_damaged_results():
    """Stop a run before it takes as input what was damaged since it was made."""
    try:
        provenance.check("results", remade)
    except ValueError as error:
        raise WorkflowError(error) from None


def record_results():
    """Record what there is; where that cannot be written, the results are none the worse."""
    try:
        provenance.record("results", config)
    except OSError as error:
        logger.warning(str(error))


def make_report(make=workflow.create_report, **settings):
    """The report after a run, with what made it; none after a dry run, as its figures may lack."""
    if not workflow.dryrun:
        config["made_by"] = provenance.made_by(config)
        config["made_by"]["seconds"] = time.monotonic() - run_began
        make(**settings)
        del config["made_by"]
        record_results()


# The default profile has a report made after each run.
workflow.create_report = make_report
