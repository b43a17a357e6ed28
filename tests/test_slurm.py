"""The SLURM profile on a real cluster of two pretended nodes; one run serves all tests."""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, copy_project
from slurm_cluster import SlurmCluster, missing

ON_GPU = {"train", "classifier", "reference", "training_features", "decode"}
TARGET = "results/digits/ae/seed0/epoch2/gaussian/n100/scores.json"
# Jobs take 5 s here, so that the first look pays after 7; and no file system is slow.
PROFILE = ("--profile", "profiles/slurm", "--latency-wait", "5")
SMOKE = "--configfile=tests/smoke.yaml"
PROFILE += ("--slurm-init-seconds-before-status-checks", "7")


@pytest.fixture(scope="module")
def cluster():
    if lacking := missing():
        reason = f"no {', '.join(lacking)} here: install slurm-wlm and munge"
        if os.environ.get("EXPOST_REQUIRE_SLURM"):
            pytest.fail(reason)
        pytest.skip(reason)
    # pytest's own folders may be too deep for the name of a socket.
    with tempfile.TemporaryDirectory(prefix="slurm-") as root, SlurmCluster(Path(root)) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def run(cluster, tmp_path_factory):
    """A run through SLURM, now ended, whose first training job was cancelled: where it is."""
    folder = copy_project(tmp_path_factory.mktemp("slurm"))
    with open(folder / "slurm.log", "w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "snakemake", *PROFILE, SMOKE, TARGET],
            cwd=folder,
            env=cluster.env,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        cancel_first(cluster, "train", process)
        process.wait(240)
    finally:
        process.kill()  # a mere SIGTERM would have it wait for its jobs
        process.wait()
    assert process.returncode == 0, (folder / "slurm.log").read_text()
    return folder


def cancel_first(cluster, rule, process):
    while process.poll() is None:
        for job in cluster.jobs():
            if rule_of(job) == rule and job["JobState"] == "RUNNING":
                cluster.ask(f"scancel {job['JobId']}")
                return
        time.sleep(0.1)


def rule_of(job):
    return job["Comment"].removeprefix("rule_").partition("_wildcards_")[0]


def test_scores_are_the_bytes_of_a_local_run(run, smoke):
    for path in (TARGET, "results/digits/ae/seed0/epoch2.safetensors"):
        assert (run / path).read_bytes() == (smoke / path).read_bytes()


def test_networks_get_a_gpu_and_nothing_else_does(run, cluster):
    jobs = {rule_of(job): job for job in cluster.jobs()}
    assert jobs.keys() == ON_GPU | {"dataset", "encode", "fit_sampler", "score"}
    for rule, job in jobs.items():
        place = ("gpu", "gpu1", "gres:gpu:1") if rule in ON_GPU else ("cpu", "cpu1", None)
        assert (job["Partition"], job["NodeList"], job.get("TresPerJob")) == place, rule


def test_a_cancelled_job_is_submitted_again_with_more_memory_and_time(run, cluster):
    jobs = [job for job in cluster.jobs() if rule_of(job) == "train"]
    assert [job["JobState"] for job in jobs] == ["CANCELLED", "COMPLETED"]
    assert [job["MinMemoryNode"] for job in jobs] == ["4000M", "8000M"]
    assert [job["TimeLimit"] for job in jobs] == ["12:00:00", "1-00:00:00"]
    others = [job["JobState"] for job in cluster.jobs() if rule_of(job) != "train"]
    assert set(others) == {"COMPLETED"}


def test_the_first_attempt_asks_for_what_the_rule_says():
    profile = yaml.safe_load((ROOT / "profiles/slurm/config.yaml").read_text())
    rules = "".join(path.read_text() for path in (ROOT / "workflow/rules").glob("*.smk"))
    for rule, resources in profile["set-resources"].items():
        if base := re.search(rf"^use rule (\w+) as {rule} with:", rules, re.MULTILINE):
            rule = base[1]
        (body,) = re.findall(rf"^rule {rule}:\n(.*?)(?=^\S|\Z)", rules, re.DOTALL | re.MULTILINE)
        for name in ("mem_mb", "runtime"):
            assert resources[name] == re.search(rf"{name}=(\d+)", body)[1] + " * attempt", rule
