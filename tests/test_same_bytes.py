"""The same results, to the byte, however and wherever they are made."""

import os
import signal
import subprocess
import sys
import time

from conftest import SMOKE, copy_project, snakemake
from planned import overlay

AE = "results/runs/digits/ebcae.ae/seed0"
LOG = "logs/train/digits/ebcae.ae/seed0/epoch12.log"


def test_scores_are_the_same_bytes_with_one_core_in_another_clone(smoke, project):
    path = "results/scores/metrics_over_sample_size.csv"
    run = snakemake(project, SMOKE, path, cores=1)
    assert run.returncode == 0, run.stdout
    assert (project / path).read_bytes() == (smoke / path).read_bytes()


def test_two_threads_give_the_same_bytes_on_one_core_and_on_two(tmp_path):
    """Snakemake tells jobs how many cores there are; it must not matter to the sums."""
    weights = f"{AE}/epoch2.safetensors"
    made = []
    for cores in (1, 2):
        folder = copy_project(tmp_path / str(cores))
        run = snakemake(folder, SMOKE, "--config", "threads=2", "--", weights, cores=cores)
        assert run.returncode == 0, run.stdout
        made.append((folder / weights).read_bytes())
    assert made[0] == made[1]


def test_a_training_killed_with_its_workflow_goes_on_to_the_same_bytes(project):
    """In one job of ten epochs, and after the one that made the checkpoint before them."""
    config = overlay(project, overrides={"ebcae": {"training": {"epochs": [2, 12]}}})
    weights = project / f"{AE}/epoch12.safetensors"
    arguments = (*config, f"{AE}/epoch12.safetensors")
    calm = snakemake(project, *arguments)
    assert calm.returncode == 0, calm.stdout
    assert "going on after epoch 2" in (project / LOG).read_text()
    wanted = weights.read_bytes()
    for path in [*(project / AE).glob("*.*"), *(project / AE).glob("kept/*")]:
        path.unlink()

    process = subprocess.Popen(
        [sys.executable, "-m", "snakemake", "--cores", "2", *arguments],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    reached = project / LOG
    reached.unlink()
    while process.poll() is None and time.monotonic() < deadline:
        if reached.exists() and " epoch 5  auto" in reached.read_text():
            break
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert " epoch 5  auto" in reached.read_text()
    assert not weights.exists(), "the training ended before it could be killed"

    assert snakemake(project, "--unlock").returncode == 0
    again = snakemake(project, *arguments)
    assert again.returncode == 0, again.stdout
    assert int(reached.read_text().split("going on after epoch ")[1].split()[0]) >= 4
    assert weights.read_bytes() == wanted
