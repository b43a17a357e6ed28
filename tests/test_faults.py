"""Runs that are interrupted, killed or out of disk end, run again, as if nothing had been."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, SMOKE, snakemake
from expost.io import files, safetensors

CHECKPOINT = "results/runs/digits/ebcae.ae/seed0/epoch2"
RUN = f"{CHECKPOINT}/gaussian/n100m40"
TARGET = f"{RUN}/scores.json"
SAME = (
    f"{CHECKPOINT}.safetensors",
    f"{CHECKPOINT}/codes.npz",
    *(f"{RUN}/{name}" for name in ("draws.npz", "images.npy", "features.npz")),
    "results/data/digits/reference/seed0m40/pixels-classifier.npz",
)
LOG = "logs/train/digits/ebcae.ae/seed0/epoch2.log"
KEPT = "kept/epoch2.safetensors"  # the first that a training of that epoch writes in the end


# Appended to `files.py` of a copy: a job that is about to write the file named in `hold` waits.
HOLD = """
_whole, _hold = whole, Path("hold")


@contextmanager
def whole(path):
    if _hold.exists() and str(path).endswith(_hold.read_text()):
        Path("held.part").write_text(str(os.getpid()))
        Path("held.part").rename("held")
        while _hold.exists():
            time.sleep(0.01)
    with _whole(path) as temporary:
        yield temporary
"""
READERS = {
    ".csv": pd.read_csv,
    ".json": files.load_json,
    ".npy": files.load_npy,
    ".npz": files.load_npz,
    ".safetensors": safetensors.load,
}


@pytest.fixture
def start(project):
    """Start a run of one score, until it is about to write a file.

    It is ended with all its jobs when the test is.
    """
    started = []
    with open(project / "workflow/expost/io/files.py", "a") as library:
        library.write("import time\n" + HOLD)

    def start(path):
        (project / "hold").write_text(path)
        command = [sys.executable, "-m", "snakemake", "--cores", "2", SMOKE, TARGET]
        with open(project / "run.log", "w") as log:
            run = subprocess.Popen(
                command, cwd=project, stdout=log, stderr=log, start_new_session=True
            )
        started.append(run)
        wait(run, project / "held")
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


def jobs_in(folder):
    """The processes of Snakemake's jobs there."""
    pids = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError):  # ended since, or another user's
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
            if b".snakemake/scripts" in command and Path(f"/proc/{pid}/cwd").samefile(folder):
                pids.append(int(pid))
    return pids


def wait_for_no_job_in(folder, seconds=60):
    deadline = time.monotonic() + seconds
    while pids := jobs_in(folder):
        assert time.monotonic() < deadline, pids
        time.sleep(0.02)


def all_is_whole(project):
    """Each file that has its name can be read; how many there are."""
    paths = [path for path in (project / "results").rglob("[!.]*") if path.suffix in READERS]
    for path in paths:
        READERS[path.suffix](path)
    return len(paths)


def ends_as_undisturbed(smoke, project):
    run = snakemake(project, SMOKE, TARGET)
    assert run.returncode == 0, run.stdout
    for path in SAME:
        assert (project / path).read_bytes() == (smoke / path).read_bytes(), path
    assert rows(project / TARGET) == rows(smoke / TARGET)
    assert not list((project / "results").rglob(".*part*"))


def rows(path):
    return path.read_text().partition('"rows"')[2]


def test_an_interrupted_run_goes_on_by_the_same_command(smoke, project, start):
    run = start(KEPT)
    os.killpg(run.pid, signal.SIGINT)  # as Ctrl-C does
    assert run.wait(120) != 0
    assert not (project / SAME[0]).exists()
    assert all_is_whole(project) >= 3
    (project / "hold").unlink()
    ends_as_undisturbed(smoke, project)
    assert "going on after epoch 1" in (project / LOG).read_text()


# What a job is about to write when Snakemake is killed, and what its run ends with.
KILLED = {
    "train": (KEPT, SAME[0]),
    "decode": ("images.npy", SAME[3]),
    "score": ("scores.json", TARGET),
}


@pytest.mark.parametrize("rule", KILLED)
def test_a_killed_run_goes_on_once_unlocked(rule, smoke, project, start):
    """Only Snakemake is killed: the job it had started goes on after the new run's same job."""
    about_to_write, made = KILLED[rule]
    run = start(about_to_write)
    orphans = jobs_in(project)
    for pid in orphans:
        os.kill(pid, signal.SIGSTOP)
    run.kill()
    run.wait()
    (project / "hold").unlink()
    assert not (project / made).exists()
    assert all_is_whole(project) >= 3
    locked = snakemake(project, SMOKE, TARGET)
    assert locked.returncode != 0
    assert "--unlock" in locked.stdout
    assert snakemake(project, SMOKE, "--unlock").returncode == 0
    ends_as_undisturbed(smoke, project)
    assert jobs_in(project) == orphans != []
    before = (project / made).read_bytes()
    for pid in orphans:
        os.kill(pid, signal.SIGCONT)
    wait_for_no_job_in(project)
    assert (project / made).read_bytes() == before
    again = snakemake(project, SMOKE, TARGET)
    assert "Nothing to be done" in again.stdout, again.stdout


def test_what_to_do_about_a_lost_job_ends_those_of_this_folder_alone(project, start, tmp_path):
    """By the command of profiles/README.md."""
    run = start(KEPT)
    run.kill()
    run.wait()
    orphan = int((project / "held").read_text())
    (command,) = re.findall(r"```bash\n(for pid.*)\n```", (ROOT / "profiles/README.md").read_text())
    (tmp_path / "other").mkdir()
    subprocess.run(["bash", "-c", command], cwd=tmp_path / "other", check=False)
    assert orphan in jobs_in(project)
    subprocess.run(["bash", "-c", command], cwd=project, check=False)
    wait_for_no_job_in(project)
