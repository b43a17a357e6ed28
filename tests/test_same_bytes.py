"""The same results, to the byte, however and wherever they are made."""

import os
import shutil
import signal
import subprocess
import sys
import time

import yaml
from conftest import ROOT, copy_project, snakemake

SMOKE = "--configfile=tests/smoke.yaml"
CONFIG = yaml.safe_load((ROOT / "config.yaml").read_text())


def test_scores_are_the_same_bytes_with_one_core_in_another_clone(smoke, project):
    path = "results/scores/metrics_over_sample_size.csv"
    run = snakemake(project, SMOKE, path, cores=1)
    assert run.returncode == 0, run.stdout
    assert (project / path).read_bytes() == (smoke / path).read_bytes()


def test_two_threads_give_the_same_bytes_on_one_core_and_on_two(tmp_path):
    """Snakemake tells jobs how many cores there are; it must not matter to the sums."""
    weights = "results/digits/ae/seed0/epoch2.safetensors"
    made = []
    for cores in (1, 2):
        folder = copy_project(tmp_path / str(cores))
        run = snakemake(folder, SMOKE, "--config", "threads=2", "--", weights, cores=cores)
        assert run.returncode == 0, run.stdout
        made.append((folder / weights).read_bytes())
    assert made[0] == made[1]


def test_a_training_killed_with_its_workflow_goes_on_to_the_same_bytes(project):
    overlay = project / "long.yaml"
    overlay.write_text(
        yaml.safe_dump(
            {
                "epochs": [2, 12],
                "experiments": {name: {"epoch": [12]} for name in CONFIG["experiments"]},
            }
        )
    )
    weights = "results/digits/ae/seed0/epoch12.safetensors"
    arguments = ("--configfile", "tests/smoke.yaml", "long.yaml", "--", weights)
    calm = snakemake(project, *arguments)
    assert calm.returncode == 0, calm.stdout
    wanted = (project / weights).read_bytes()
    shutil.rmtree((project / weights).parent)

    process = subprocess.Popen(
        [sys.executable, "-m", "snakemake", "--cores", "2", *arguments],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    state = project / "results/digits/ae/seed0/kept/state.safetensors"
    deadline = time.monotonic() + 60
    while not state.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert state.exists(), "the training ended before it could be killed"

    assert snakemake(project, "--unlock").returncode == 0
    again = snakemake(project, *arguments)
    assert again.returncode == 0, again.stdout
    assert "going on after epoch" in (project / "logs/train/digits/ae/seed0.log").read_text()
    assert (project / weights).read_bytes() == wanted
