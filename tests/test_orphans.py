"""A job that outlived its Snakemake gives way to the same job, started again by another."""

import json
import subprocess
import sys

import pytest
from conftest import ROOT

# Each step of a job waits for a line.
BEGINNING = """
import sys
from pathlib import Path
from expost.io import files
from expost.runtime import job

who, folder = sys.argv[1], Path(sys.argv[2])
job.start(folder / "job.log")

def step(what):
    print(what, file=sys.__stdout__, flush=True)
    sys.stdin.readline()

step("began")
"""
WRITING = """
with files.whole(folder / "made.json") as temporary:
    temporary.write_text(f'{{"by": "{who}"}}')
    step("half-way")
"""
TRAINING = """
import numpy as np, torch
from expost.training.loop import Training

settings = {"objective": "ae", "latent": 2, "epochs": [1, 4]}
images = np.random.default_rng(0).integers(0, 255, (64, 1, 16, 16), dtype=np.uint8)
trainer = Training(settings, images.shape[1:], ("x",), folder / "kept", torch.device("cpu"))
save = trainer.kept.save

def save_and_wait(state, history):
    save(state, history)
    step(f"epoch {len(history)}")

trainer.kept.save = save_and_wait
trainer.run(images)
trainer.finish([folder / "epoch1.safetensors", folder / "epoch4.safetensors"], folder / "made.csv")
"""


class Job:
    """A process that makes a step each time it is told to."""

    def __init__(self, program, who, folder):
        (folder / "job.log").unlink(missing_ok=True)  # as Snakemake does before it starts a job
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            [sys.executable, "-c", BEGINNING + program, who, folder],
            cwd=ROOT / "workflow",
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            text=True,
        )
        assert self.reached() == "began"

    def reached(self):
        return self.process.stdout.readline().strip()

    def step(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.reached()

    def end(self):
        """Let it run to its end: what it left to say."""
        return self.process.communicate("\n" * 9, timeout=120)[1]


@pytest.fixture
def start(tmp_path):
    """Start the job anew; all are ended with the test."""
    started = []

    def start(program, who):
        started.append(Job(program, who, tmp_path))
        return started[-1]

    yield start
    for job in started:
        job.process.kill()
        job.process.communicate()


def made_by(folder):
    return json.loads((folder / "made.json").read_text())["by"]


@pytest.mark.parametrize("steps", [[], ["half-way"]], ids=["before it writes", "while it writes"])
def test_what_the_later_job_wrote_stays(steps, start, tmp_path):
    orphan = start(WRITING, "orphan")
    assert [orphan.step() for _ in steps] == steps
    new = start(WRITING, "new")
    assert new.end() == ""
    told = orphan.end()
    assert "job.log is now the log of a job that began later" in told
    assert f"process {new.process.pid} on" in told
    assert made_by(tmp_path) == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["job.log", "made.json"]


def test_the_later_job_is_not_disturbed_while_it_writes(start, tmp_path):
    orphan, new = start(WRITING, "orphan"), start(WRITING, "new")
    assert new.step() == "half-way"
    assert "leaving them to it" in orphan.end()
    assert new.end() == ""
    assert made_by(tmp_path) == "new"


def test_a_job_whose_log_was_tidied_away_goes_on(start, tmp_path):
    job = start(WRITING, "the only one")
    (tmp_path / "job.log").unlink()
    assert job.end() == ""
    assert made_by(tmp_path) == "the only one"


def test_of_two_trainings_the_later_goes_on_and_ends(start, tmp_path):
    orphan = start(TRAINING, "orphan")
    assert [orphan.step(), orphan.step()] == ["epoch 1", "epoch 2"]
    new = start(TRAINING, "new")
    assert new.step() == "epoch 3"
    assert "leaving them to it" in orphan.end()
    assert new.end() == ""
    names = ["epoch1.safetensors", "epoch4.safetensors", "job.log", "kept", "made.csv"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_a_training_whose_folder_went_says_so(start, tmp_path):
    job = start(TRAINING, "the only one")
    assert [job.step() for _ in range(4)] == [f"epoch {epoch}" for epoch in range(1, 5)]
    (tmp_path / "kept/epoch1.safetensors").unlink()
    told = job.end()
    assert "epoch1.safetensors went while this training ran" in told
    assert "starts over" in told
