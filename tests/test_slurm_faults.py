"""Faults of a cluster: each costs time, and what comes out is that of an undisturbed run."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest
from conftest import copy_project, snakemake
from planned import overlay

# Long enough to be caught in the middle, on nodes of which one can be spared.
EPOCHS = 24
LONGER = {"overrides": {"ebcae": {"training": {"epochs": [2, EPOCHS]}}}}
CONFIG = ("--configfile", "tests/smoke.yaml", "overlay.yaml", "--")
# Snakemake alone takes 140 MB, its training 500 more.
TOO_LITTLE = 350
COMMAND = (
    *(sys.executable, "-m", "snakemake", "--profile", "profiles/slurm", "--latency-wait", "5"),
    *("--slurm-init-seconds-before-status-checks", "4"),
    *(
        "--set-resources",
        "train:slurm_partition=cpu",
        "train:gpu=0",
        f"train:mem_mb=8000 * attempt if wildcards.seed != '2' else {TOO_LITTLE} * 4**(attempt-1)",
    ),
)
RUNS = "results/runs/digits"
TRAININGS = {"cancelled": "ebcae.ae/seed0", "out of time": "ebcae.ae/seed1"}
TRAININGS["off"] = "ebcae.vae/seed0"
LARGE = "ebcae.ae/seed2"  # too large, as it seems
FITS = [f"{RUNS}/{LARGE}/epoch2/{name}/n3m40/draws.npz" for name in ("empirical_beta", "gaussian")]
# Its cross-validation wants ten codes.
CANNOT_BE_FITTED = f"{RUNS}/{LARGE}/epoch2/kde/n3m40/draws.npz"
TRAINED = [f"{RUNS}/{run}/epoch{EPOCHS}.safetensors" for run in TRAININGS.values()]
TARGETS = [*TRAINED, f"{RUNS}/{LARGE}/epoch2.safetensors", *FITS]
UNDER_WAY = " epoch 4  auto"  # so three epochs have been saved, one of them by this job


def longer(folder):
    """A copy of the project with an overlay that trains for longer."""
    overlay(copy_project(folder), **LONGER)
    return folder


def log_of(folder, run):
    return folder / f"logs/train/digits/{run}/epoch{EPOCHS}.log"


@pytest.fixture(scope="module")
def run(slurm, tmp_path_factory):
    """A run through SLURM of trainings, each with its fault, and fits, one to no end: where."""
    folder = longer(tmp_path_factory.mktemp("faults"))
    with open(folder / "slurm.log", "w") as log:
        command = [*COMMAND, *CONFIG, *TARGETS, CANNOT_BE_FITTED]
        process = subprocess.Popen(command, cwd=folder, env=slurm.env, stdout=log, stderr=log)
    try:
        jobs = {f: under_way(slurm, folder, run, process) for f, run in TRAININGS.items()}
        slurm.ask(f"scancel {jobs['cancelled']}")
        late = jobs["out of time"]
        slurm.ask(f"scontrol update JobId={late} EndTime=now+1")
        wait(lambda: slurm.ask(f"squeue -h -t all -j {late} -o %T") == ["TIMEOUT"], process)
        slurm.kill_node(node_of(slurm, jobs["off"]))
        process.wait(900)
    finally:
        process.kill()  # a mere SIGTERM would have it wait for its jobs
        process.wait()
    assert process.returncode == 1, (folder / "slurm.log").read_text()  # what cannot be fitted
    return folder


def wait(reached, process=None, seconds=300):
    """Until something is reached, while a process runs."""
    deadline = time.monotonic() + seconds
    while not reached():
        assert process is None or process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)


def jobs_of(slurm, folder, run, epoch=EPOCHS):
    comment = f"rule_train_wildcards_digits_{run.replace('/seed', '_')}_{epoch}"
    what = comment, str(folder)
    return [job for job in slurm.jobs() if (job["Comment"], job["WorkDir"]) == what]


def node_of(slurm, job):
    return slurm.ask(f"squeue -h -j {job} -o %N")[0]


def under_way(slurm, folder, run, process, words=UNDER_WAY):
    """The job of a training that has saved some epochs, now held still, so that it does not end."""
    log = log_of(folder, run)
    wait(lambda: log.exists() and words in log.read_text(), process)
    (job,) = [job["JobId"] for job in jobs_of(slurm, folder, run) if job["JobState"] == "RUNNING"]
    for pid in slurm.processes(job):
        os.kill(pid, signal.SIGSTOP)
    return job


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The same results, made on this machine without faults."""
    folder = longer(tmp_path_factory.mktemp("undisturbed"))
    done = snakemake(folder, *CONFIG, *TARGETS)
    assert done.returncode == 0, done.stdout
    return folder


@pytest.mark.parametrize("target", TARGETS)
def test_the_result_is_that_of_an_undisturbed_run(target, run, undisturbed):
    assert (run / target).read_bytes() == (undisturbed / target).read_bytes()


@pytest.mark.parametrize("fault", TRAININGS)
def test_a_training_goes_on_from_its_last_epoch(fault, run):
    log = log_of(run, TRAININGS[fault]).read_text()
    assert int(re.search(r"going on after epoch (\d+)", log)[1]) >= 3


@pytest.mark.parametrize(
    ("fault", "state"), [("cancelled", "CANCELLED"), ("out of time", "TIMEOUT")]
)
def test_a_job_that_failed_is_submitted_again_with_more_memory_and_time(fault, state, run, slurm):
    jobs = jobs_of(slurm, run, TRAININGS[fault])
    assert [job["JobState"] for job in jobs] == [state, "COMPLETED"]
    assert [job["MinMemoryNode"] for job in jobs] == ["8000M", "16000M"]
    assert jobs[1]["TimeLimit"] == "1-00:00:00"


def test_a_job_whose_node_died_runs_again_on_another(run, slurm):
    (job,) = jobs_of(slurm, run, TRAININGS["off"])
    assert (job["JobState"], job["Restarts"]) == ("COMPLETED", "1")


def test_a_job_that_took_too_much_memory_gets_more(run, slurm):
    """Killed once its training had begun, for its memory and nothing else."""
    first, second = jobs_of(slurm, run, LARGE, epoch=2)
    assert first["JobState"] in ("FAILED", "OUT_OF_MEMORY")
    assert second["JobState"] == "COMPLETED"
    assert [job["MinMemoryNode"] for job in (first, second)] == [
        f"{TOO_LITTLE}M",
        f"{4 * TOO_LITTLE}M",
    ]
    (log,) = run.glob(f".snakemake/slurm_logs/**/{first['JobId']}.log")
    begun, _, after = log.read_text().partition("localrule train:")
    assert "exceeded memory limit" in after, begun + after


def test_what_cannot_be_fitted_is_tried_thrice_and_takes_nothing_with_it(run, slurm):
    assert not (run / CANNOT_BE_FITTED).exists()
    name = "rule_fit_sampler_wildcards_digits_ebcae.ae_2_2_kde_3_40"
    states = [job["JobState"] for job in slurm.jobs() if job["Comment"] == name]
    assert states == ["FAILED"] * 3
    assert all((run / path).exists() for path in FITS)


def test_what_to_do_about_a_snakemake_that_was_killed_or_interrupted(slurm, undisturbed, tmp_path):
    """Killed, it leaves its job, to be cancelled by hand; interrupted, it cancels that itself."""
    folder, training, target = longer(tmp_path / "project"), TRAININGS["cancelled"], TARGETS[0]
    command = [*COMMAND, *CONFIG, target]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    ways = {signal.SIGKILL: UNDER_WAY, signal.SIGINT: "going on after epoch"}
    for way, words in ways.items():
        log_of(folder, training).unlink(missing_ok=True)
        process = subprocess.Popen(command, cwd=folder, env=slurm.env, **quiet)
        try:
            job = under_way(slurm, folder, training, process, words)
            process.send_signal(way)
            process.wait(120)
        finally:
            process.kill()
            process.wait()
        if way == signal.SIGKILL:
            assert slurm.ask(f"squeue -h -j {job} -o %T") == ["RUNNING"]
            slurm.ask(f"scancel {job}")
            unlock = [*command[:3], "--unlock"]
            subprocess.run(unlock, cwd=folder, env=slurm.env, **quiet, check=True)
        wait(lambda job=job: slurm.ask(f"squeue -h -t all -j {job} -o %T") == ["CANCELLED"])
    subprocess.run(command, cwd=folder, env=slurm.env, **quiet, check=True)
    assert (folder / target).read_bytes() == (undisturbed / target).read_bytes()
    log = log_of(folder, training).read_text()
    assert int(re.search(r"going on after epoch (\d+)", log)[1]) >= 3
