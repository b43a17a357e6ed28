"""What the next run does of results that changed since they were made, and of those it remakes."""

import json
import os
import shutil
import time

import pytest
from conftest import SMOKE, copy_results, snakemake
from damage import flip_a_bit
from expost.provenance import integrity

DRAWS = "runs/digits/ebcae.ae/seed0/epoch2/gaussian/n100m40/draws.npz"
TABLE = "tables/scores.md"
COLLECTED = "scores/scores.csv"
SCORES = (SMOKE, "scores")


@pytest.fixture
def made(smoke, project):
    """A copy of the project with the results of the smoke run, as that left them."""
    copy_results(smoke, project)
    return project


def refused(project, name):
    """A run stops at a result that differs, makes nothing, and does not take it for made."""
    run = snakemake(project, *SCORES)
    assert run.returncode != 0
    assert f"got results/{name}, damaged or edited since made" in run.stdout
    assert "Finished job" not in run.stdout
    differ(project, name)


def differ(project, *names):
    assert integrity.differences(project / "results")["changed"] == list(names)


def test_damage_is_named_until_it_is_gone_and_then_made_again(smoke, made):
    whole = (made / "results" / DRAWS).read_bytes()
    flip_a_bit(made / "results" / DRAWS)
    refused(made, DRAWS)
    (made / "results" / DRAWS).unlink()
    run = snakemake(made, *SCORES, f"results/{DRAWS}")
    assert run.returncode == 0, run.stdout
    assert (made / "results" / DRAWS).read_bytes() == whole
    for path in (f"results/{COLLECTED}", f"results/{TABLE}"):
        assert (made / path).read_bytes() == (smoke / path).read_bytes()
    differ(made)


def test_damage_of_what_nothing_is_made_from_is_named(made):
    flip_a_bit(made / "results" / TABLE)
    page = (made / "results/report.html").read_bytes()
    refused(made, TABLE)
    assert (made / "results/report.html").read_bytes() == page


def test_damage_is_named_where_snakemake_knows_no_job(made):
    shutil.rmtree(made / ".snakemake")
    flip_a_bit(made / "results" / DRAWS)
    refused(made, DRAWS)


def test_what_was_cut_with_its_time_kept_is_named(made):
    path = made / "results" / DRAWS
    times = path.stat()
    os.truncate(path, times.st_size - 1)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    refused(made, DRAWS)


@pytest.mark.parametrize("recorded", [True, False], ids=["recorded", "new"])
def test_what_something_else_damages_during_a_run_is_named(recorded, made):
    """A job's input is made by this run, and changed while the job has it."""
    for path in (made / "results").glob("*/scores.*"):
        path.unlink()
    if not recorded:
        path = made / "results/provenance.json"
        content = json.loads(path.read_text())
        del content["files"][COLLECTED]
        path.write_text(json.dumps(content))
    with open(made / "workflow/scripts/table.py", "a") as script:
        script.write("open(snakemake.input.numbers, 'a').write('more')\n")
    run = snakemake(made, *SCORES)
    assert run.returncode != 0
    assert "Finished job" in run.stdout
    assert f"got results/{COLLECTED}, damaged or edited since made" in run.stdout
    refused(made, COLLECTED)


def test_copies_and_deleted_results_are_no_damage(made):
    """Copied without times or Snakemake's own notes; some were deleted since."""
    shutil.rmtree(made / ".snakemake")
    now = time.time()
    for path in (made / "results").rglob("*"):
        os.utime(path, (now, now))  # all the same: none is older than what it was made from
    (made / "results" / DRAWS).unlink()
    for path in (made / "results/tables").glob("scores.*"):
        path.unlink()
    run = snakemake(made, *SCORES)
    assert run.returncode == 0, run.stdout
    assert (made / "results" / TABLE).is_file()
    differ(made)


def test_what_a_changed_script_makes_is_recorded_also_by_the_run_after(made):
    """The second run is one after a killed one, which had recorded nothing of what it made."""
    before = (made / "results/provenance.json").read_bytes()
    with open(made / "workflow/scripts/table.py", "a") as script:
        script.write("open(snakemake.output.md, 'a').write('more')\n")
    run = snakemake(made, *SCORES)
    assert run.returncode == 0, run.stdout
    assert (made / "results" / TABLE).read_text().endswith("more")
    differ(made)
    made_by = integrity.load(made / "results")["made_by"]

    (made / "results/provenance.json").write_bytes(before)
    differ(made, "report.html", TABLE)
    run = snakemake(made, *SCORES)
    assert run.returncode == 0, run.stdout
    assert "Nothing to be done" in run.stdout
    differ(made)
    last = integrity.load(made / "results")["made_by"]
    assert last == json.loads(before)["made_by"] != made_by
    took = "{:.0f} min {:02.0f} s".format(*divmod(int(last["seconds"]), 60))
    page = (made / "results/report.html").read_text()
    assert f"The last run that made anything took {took}." in page
    assert "images decoded on device cpu, commit" in page


def test_what_is_made_again_after_an_interruption_is_no_damage(made):
    """Interrupted, a run leaves neither the file nor Snakemake's note of it, but ours."""
    (made / "results" / TABLE).unlink()
    for note in (made / ".snakemake/metadata").iterdir():
        if json.loads(note.read_text())["rule"] == "table":
            note.unlink()
    with open(made / "workflow/scripts/table.py", "a") as script:
        script.write("open(snakemake.output.md, 'a').write('more')\n")
    run = snakemake(made, SMOKE, "--", f"results/{TABLE}")
    assert run.returncode == 0, run.stdout
    differ(made)


def test_results_that_nothing_recorded_are_recorded_as_they_are(made):
    (made / "results/provenance.json").unlink()
    flip_a_bit(made / "results" / TABLE)
    run = snakemake(made, *SCORES)
    assert run.returncode == 0, run.stdout
    differ(made)
