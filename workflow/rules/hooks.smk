"""
What Snakemake is made to do beyond its rules: refuse what cannot be, before anything is planned; look
whether the results still are what was made, and record what made them.

Needs     results/**
Makes     results/provenance.json, after each run
Options   device, precision
"""

import time

from snakemake.io import IOFile
from snakemake.logging import logger

from expost.provenance import integrity
from expost.runtime.device import check as check_device
from expost.study import targets

run_began = time.time()


def remade(path, entry):
    """Whether a file is as Snakemake's own last job left it, and that after it was recorded.

    One never recorded is taken as it is, unless this run made it and something has changed it since.
    """
    known = workflow.persistence  # none where a report is all that is asked for
    made, now = known and known.metadata(IOFile(path)), Path(path).stat()
    as_left = made is not None and made.endtime == now.st_mtime
    if entry is None:
        return as_left or made is None or (made.starttime or 0) < run_began
    if Path(path).match("results/*.html"):
        return True  # a report, which no job makes and every run makes anew
    return as_left and now.st_mtime_ns != entry.get("changed_ns")


def refuse_damaged_results(planned=frozenset()):
    """Stop before what was damaged since it was made is taken for good; `planned` is made anew."""
    try:
        integrity.check(
            "results", lambda path, entry: path in planned or remade(path, entry)
        )
    except ValueError as error:
        raise WorkflowError(error) from None


def begin():
    """Look at the results before the first job, if there is any to run, takes them as input."""
    jobs = workflow.dag.needrun_jobs()
    refuse_damaged_results({str(path) for job in jobs for path in job.output})


def record_results(seconds=None):
    """Record what there is; where that cannot be written, the results are none the worse."""
    try:
        integrity.write("results", config, remade, seconds)
    except OSError as error:
        logger.warning(str(error))


def end():
    """Record what the jobs made, all or some."""
    # Snakemake remembers where it had no note of a file, and of the last job's also after that job.
    workflow.persistence.deactivate_cache()
    record_results(time.time() - run_began)


def refuse_impossible_targets(execute=workflow.execute, **settings):
    """Stop before anything is planned for figures, data sets or devices that lack something.

    Snakemake tells a workflow what it is asked for once all rules are read. A job's own process is
    asked for what the first one has looked at. Where jobs go to a cluster, its nodes have devices
    of their own.
    """
    here = workflow.resource_settings.nodes is None  # and no jobs go to a cluster
    if workflow.is_main_process:
        try:
            wanted = workflow.dag_settings.targets or ["all"]
            own_codes.check_asked(config, wanted, library / "studies")
            targets.check_names(wanted, (rule.name for rule in workflow.rules))
            targets.check(plan, wanted)
            for name in targets.data_sets(plan, wanted):
                sources_of(name)  # here in one line, later with a traceback
                state_of(name)
            for space in targets.spaces(plan, wanted):
                refuse_other_weights(space)
            if here:
                check_device(config["device"], config["precision"])
        except ValueError as error:
            raise WorkflowError(error) from None
    return execute(**settings)


workflow.execute = refuse_impossible_targets
