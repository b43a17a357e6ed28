"""The pipeline from any folder, and with its own library whatever else is installed."""

import subprocess
import sys

import pytest
from conftest import ROOT, snakemake

DATA = "results/data/digits.npz"


@pytest.fixture
def other(tmp_path, monkeypatch):
    """A folder on PYTHONPATH, which comes before site-packages, with another expost in it."""
    folder = tmp_path / "other"
    (folder / "expost").mkdir(parents=True)
    (folder / "expost/__init__.py").write_text("print('the other expost')\n")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    check = subprocess.run([sys.executable, "-c", "import expost"], capture_output=True, text=True)
    assert check.stdout == "the other expost\n"
    return folder


def test_plans_and_jobs_have_the_library_of_the_checkout(project, other):
    run = snakemake(project, DATA)
    assert run.returncode == 0, run.stdout
    assert (project / DATA).is_file()
    assert "the other expost" not in run.stdout


def test_a_library_that_was_imported_before_is_refused(project, other):
    (other / "sitecustomize.py").write_text("import expost\n")
    run = snakemake(project, DATA)
    assert run.returncode != 0
    assert f"got the library of {other}/expost/__init__.py" in run.stdout
    assert f"wanted that of {project}/workflow" in run.stdout
    assert not (project / DATA).exists()


def test_a_job_with_another_library_is_refused(tmp_path, monkeypatch):
    """As in a Conda environment that has one, where Snakemake leaves PYTHONPATH out."""
    (tmp_path / "workflow/expost").mkdir(parents=True)
    script = tmp_path / "workflow/scripts/train.py"
    script.parent.mkdir()
    script.write_text("from expost.runtime import job\njob.start('log')\nprint('goes on')\n")
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "workflow"))
    command = [sys.executable, script]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode != 0
    message = f"got the library in {ROOT}/workflow/expost for a job of {script}; wanted {tmp_path}"
    assert message in run.stderr
    log = (tmp_path / "log").read_text()
    assert message in log
    assert "goes on" not in log


def test_results_can_be_made_in_another_folder(project, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    here = ("--snakefile", str(project / "Snakefile"), "--directory", str(elsewhere))
    plan = snakemake(elsewhere, *here, "--dry-run")
    assert plan.returncode == 0, plan.stdout
    assert "rule table:" in plan.stdout
    for folder in (elsewhere, project):  # both ways in which Snakemake finds the default profile
        run = snakemake(folder, *here, DATA)
        assert run.returncode == 0, run.stdout
        page = (elsewhere / "results/report.html").read_text()
        assert (ROOT / "workflow/report/style.css").read_text().strip() in page
        assert (elsewhere / DATA).is_file()
        assert not (project / DATA).exists()
    assert "Nothing to be done" in snakemake(tmp_path, *here, DATA, "--dry-run").stdout
