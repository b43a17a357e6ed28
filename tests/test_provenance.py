"""Every result says what made it."""

import json
import os
import re
import subprocess
from importlib import metadata

import pytest
import yaml
from conftest import ROOT, SMOKE, copy_results, snakemake
from expost.provenance import stamp

CONFIG = {"draws": 10, "data_dir": None, "datasets": {"digits": {"kind": "digits"}}}
SCORES = "results/runs/digits/ebcae.ae/seed0/epoch2/gaussian/n100m40/scores.json"


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A folder that is taken for the project's, with code in it."""
    monkeypatch.setattr(stamp, "ROOT", tmp_path)
    (tmp_path / "workflow").mkdir()
    (tmp_path / "workflow/a.py").write_text("a")
    return tmp_path


def git(folder, *words):
    name = ("-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "safe.directory=*")
    command = ["git", *name, *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True).stdout


def commit_all(folder):
    """Make a repository of a folder; its commit."""
    git(folder, "init")
    git(folder, "add", "--all")
    git(folder, "commit", "-m", "a")
    return git(folder, "rev-parse", "HEAD").decode().strip()


def commit():
    stamp.commit.cache_clear()
    try:
        return stamp.commit()
    finally:
        stamp.commit.cache_clear()


def test_the_config_is_known_by_its_settings_and_not_by_where_data_is():
    def digest(**changes):
        return stamp.made_by(CONFIG | changes)["config"]

    assert digest() == digest(data_dir="elsewhere")
    assert digest() == stamp.made_by(dict(reversed(CONFIG.items())))["config"]
    assert digest() != digest(draws=11)


def test_the_commit_says_whether_code_is_as_committed(repository):
    assert commit() is None
    head = commit_all(repository)
    assert commit() == head
    (repository / "notes.txt").write_text("no code")
    assert commit() == head
    (repository / "workflow/b.py").write_text("a new module")
    assert commit() == f"{head}-dirty"
    (repository / "workflow/b.py").unlink()
    (repository / "workflow/a.py").write_text("edited")
    assert commit() == f"{head}-dirty"


def test_a_repository_without_a_commit_has_none(repository):
    git(repository, "init")
    assert commit() is None


def test_the_commit_is_of_the_code_wherever_git_is_told_to_look(repository, monkeypatch):
    head = commit_all(repository)
    monkeypatch.setenv("GIT_DIR", str(repository / "elsewhere"))  # as in a hook
    assert commit() == head


@pytest.mark.skipif(os.getuid() != 0, reason="only root may give files to another user")
def test_a_checkout_of_another_user_has_its_commit(repository):
    head = commit_all(repository)
    for path in (repository, *repository.rglob("*")):
        os.chown(path, 65534, 65534)
    assert commit() == head


def test_every_score_says_what_made_it(smoke):
    scores = sorted(smoke.glob("results/runs/**/scores.json"))
    assert scores
    for path in scores:
        about = json.loads(path.read_text())["made_by"]
        assert about.keys() == {
            *("commit", "config", "python", "packages", "cpu"),
            *("seed", "device", "seconds"),
        }
        assert f"seed{about['seed']}/" in str(path)
        assert about["device"] == "cpu"
        assert 0 < about["seconds"] < 3600
        assert about["packages"]["numpy"] == metadata.version("numpy")
    assert len({json.loads(path.read_text())["made_by"]["config"] for path in scores}) == 1


def test_a_score_has_the_commit_that_made_it(smoke, project):
    head = commit_all(project)
    copy_results(smoke, project)
    (project / SCORES).unlink()
    run = snakemake(project, SMOKE, "--", SCORES)
    assert run.returncode == 0, run.stdout
    assert json.loads((project / SCORES).read_text())["made_by"]["commit"] == head
    record = json.loads((project / "results/provenance.json").read_text())
    assert record["made_by"]["commit"] == head
    report = (project / "results/report.html").read_text()
    assert re.search(rf"images decoded on device cpu, commit [^.]*{head}", report)


def test_makers_are_named_once_each(tmp_path):
    made = [
        {"device": "cpu", "cpu": "fast", "commit": None},
        {"device": "cuda (X)", "cpu": "fast", "commit": "abc"},
        None,
    ]
    for number, about in enumerate(made):
        (tmp_path / f"{number}.json").write_text(json.dumps({"made_by": about, "rows": []}))
    assert stamp.makers(sorted(tmp_path.glob("*.json"))) == {
        "device": ["cpu", "cuda (X)", "unknown"],
        "cpu": ["fast", "unknown"],
        "commit": ["abc", "unknown"],
    }
    assert stamp.makers([]) == {"device": [], "cpu": [], "commit": []}


def test_every_package_that_numbers_depend_on_is_named():
    others = {"pyyaml", "pyarrow", "threadpoolctl"}  # which read what is given, and set threads
    for path in ROOT.glob("envs/*.yaml"):
        pinned = yaml.safe_load(path.read_text())["dependencies"][-1]["pip"]
        assert {pin.partition("==")[0] for pin in pinned} <= {*stamp.PACKAGES, *others}
