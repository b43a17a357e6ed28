"""Runs that are interrupted, killed or out of disk end, run again, as if nothing had been."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from conftest import snakemake

SMOKE = "--configfile=tests/smoke.yaml"
RUN = "results/digits/ae/seed0/epoch2/gaussian/n100"
TARGET = f"{RUN}/scores.json"
SAME = (
    "results/digits/ae/seed0/epoch2.safetensors",
    "results/digits/ae/seed0/epoch2/codes.npz",
    *(f"{RUN}/{name}" for name in ("draws.npz", "images.npy", "features.npz")),
    "results/data/digits/reference/seed0.npz",
)


@pytest.fixture
def start(project):
    """Start a run of one score; it is ended with all its jobs when the test is."""
    started = []

    def start():
        command = [sys.executable, "-m", "snakemake", "--cores", "2", SMOKE, TARGET]
        with open(project / "run.log", "w") as log:
            run = subprocess.Popen(
                command,
                cwd=project,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )
        started.append(run)
        return run

    yield start
    for run in started:
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()


def wait(run, path, seconds=300):
    """Until a file is there, which the run has not outlived."""
    deadline = time.monotonic() + seconds
    while not path.exists():
        assert run.poll() is None, (path, run.returncode)
        assert time.monotonic() < deadline, path
        time.sleep(0.02)


def ends_as_undisturbed(smoke, project):
    run = snakemake(project, SMOKE, TARGET)
    assert run.returncode == 0, run.stdout
    for path in SAME:
        assert (project / path).read_bytes() == (smoke / path).read_bytes(), path
    assert rows(project / TARGET) == rows(smoke / TARGET)
    assert not list((project / "results").rglob(".*part*"))
    assert not list((project / "results").rglob("unfinished"))


def rows(path):
    return path.read_text().partition('"rows"')[2]


def test_an_interrupted_run_goes_on_by_the_same_command(smoke, project, start):
    run = start()
    wait(run, project / "logs/train/digits/ae/seed0.log")
    run.send_signal(signal.SIGINT)
    assert run.wait(120) != 0
    ends_as_undisturbed(smoke, project)


@pytest.mark.parametrize("rule", ["train", "decode", "score"])
def test_a_killed_run_goes_on_once_unlocked(rule, smoke, project, start):
    """Only Snakemake is killed: the job it had started goes on, beside the new run's."""
    run = start()
    runs = f"logs/{rule}/digits/ae/seed0"
    wait(run, project / (f"{runs}.log" if rule == "train" else f"{runs}/epoch2/gaussian/n100.log"))
    run.kill()
    run.wait()
    locked = snakemake(project, SMOKE, TARGET)
    assert locked.returncode != 0
    assert "--unlock" in locked.stdout
    assert snakemake(project, SMOKE, "--unlock").returncode == 0
    ends_as_undisturbed(smoke, project)


# Runs in a mount namespace of its own: the file system is seen by nobody else, and gone in the end.
ON_A_FULL_DISK = """
set -eu
mount -t tmpfs -o size=300m tmpfs results
cp -a kept/. results
dd if=/dev/zero of=results/ballast bs=4k status=none 2>/dev/null || true
truncate -s -8k results/ballast
df --output=avail results | tail -n 1
rc=0
"$@" > full.log 2>&1 || rc=$?
echo "failed with $rc"
find results/digits -newer full.start -type f
rm results/ballast
"$@" > after.log 2>&1
cp -a results/. after
"""


def unshare():
    """The command that gives a process a mount namespace; None where that is not allowed."""
    command = ["unshare", "--user", "--map-root-user", "--mount"]
    try:
        probe = subprocess.run([*command, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], check=False)
    except FileNotFoundError:
        return None
    return command if probe.returncode == 0 else None


@pytest.mark.parametrize("outputs", [SAME[1:2], SAME[3:5]], ids=["codes", "images"])
def test_a_full_disk_is_told_and_loses_nothing(outputs, smoke, project):
    if not (command := unshare()):
        pytest.skip("this user may not mount a small disk to fill")
    shutil.copytree(smoke / "results/digits/ae/seed0", project / "kept/digits/ae/seed0")
    shutil.copytree(smoke / "results/data", project / "kept/data")
    shutil.copytree(smoke / ".snakemake/metadata", project / ".snakemake/metadata")
    for path in outputs:
        (project / "kept" / path.removeprefix("results/")).unlink()
    (project / "after").mkdir()
    (project / "full.start").touch()
    command += ["bash", "-c", ON_A_FULL_DISK, "full", sys.executable, "-m", "snakemake"]
    # Scripts of a copy are newer than the results, which is no reason to make them again.
    options = ["--cores", "1", SMOKE, "--rerun-triggers=mtime", outputs[0]]
    run = subprocess.run([*command, *options], cwd=project, capture_output=True, text=True)
    told = (project / "full.log").read_text()
    assert run.returncode == 0, run.stderr + told
    available, failed, *written = run.stdout.split("\n")
    assert int(available) <= 8
    assert failed == "failed with 1"
    assert [path for path in written if path] == []
    told = re.search(rf"OSError: .*could not write {outputs[0]}: (.*); nothing was left", told)[1]
    assert "No space left on device" in told or "is the disk full?" in told
    for path in outputs:
        after = project / "after" / path.removeprefix("results/")
        assert after.read_bytes() == (smoke / path).read_bytes(), path


def test_the_disk_is_smaller_than_what_it_shall_hold(smoke):
    """Or the test above would fill nothing."""
    for path in SAME[1], SAME[3]:
        assert (smoke / path).stat().st_size > 8 * 1024, path
