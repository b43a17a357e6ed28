"""The worked example of CONTRIBUTING.md, followed to the letter in a copy of the project."""

import re
import subprocess
import sys

import pandas as pd
import pytest
import yaml
from conftest import ROOT, copy_project, snakemake

BLOCK = re.compile(r"```(python|diff)\n(.*?)```", re.DOTALL)
PATH = re.compile(r"`([\w./]+\.(?:py|yaml))`")


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """A copy of the project with the example's module and its lines in registry and study."""
    folder = copy_project(tmp_path_factory.mktemp("example"))
    text = (ROOT / "CONTRIBUTING.md").read_text()
    for block in BLOCK.finditer(text):
        path = folder / PATH.findall(text, 0, block.start())[-1]  # the last one named above
        if block[1] == "python":
            assert not path.exists(), f"{path.name} is no new file"
            path.write_text(block[2])
        else:
            insert(path, block[2].splitlines(keepends=True))
    return folder


def insert(path, lines):
    """Make the change that a diff without line numbers shows."""
    before = "".join(line[1:] for line in lines if line[0] == " ")
    after = "".join(line[1:] for line in lines)
    text = path.read_text()
    assert text.count(before) == 1, f"{path.name} has {text.count(before)} times:\n{before}"
    path.write_text(text.replace(before, after))


def test_the_new_sampler_is_in_the_tables(example):
    study = yaml.safe_load((example / "workflow/studies/ebcae/study.yaml").read_text())
    assert "ae/smoothed_bootstrap" in study["methods"]
    methods = ["ae/smoothed_bootstrap", "ae/copy", "ae/held_out"]  # of those that it would have
    changes = {"seeds": [0], "figures": {"scores": {"methods": methods}}}
    (example / "few.yaml").write_text(yaml.safe_dump({"overrides": {"ebcae": changes}}))
    run = snakemake(example, "--configfile", "tests/smoke.yaml", "few.yaml", "--", "scores")
    assert run.returncode == 0, run.stdout

    scores = pd.read_csv(example / "results/tables/scores.csv")
    ours = scores[scores["sampler"] == "smoothed_bootstrap"]
    assert set(ours["space"]) == {"pixels", "classifier", "codes"}
    assert ours["mean"].notna().all()
    rows = (example / "results/tables/scores.md").read_text().lower().replace("_", " ")
    assert rows.count("| smoothed bootstrap") == 9  # three tables a space


def test_the_new_sampler_keeps_every_promise(example):
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-n0"),
            *("tests/test_samplers.py", "tests/test_sampler_errors.py", "tests/test_examples.py"),
            *("-k", "smoothed_bootstrap or SmoothedBootstrap"),
        ],
        cwd=example,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 20, done.stdout


@pytest.mark.parametrize("check", ["check", "format --check"])
def test_the_new_module_is_lint_free(example, check):
    module = "workflow/expost/samplers/smoothed_bootstrap.py"
    done = subprocess.run(["ruff", *check.split(), module], cwd=example, capture_output=True)
    assert done.returncode == 0, done.stdout.decode()
