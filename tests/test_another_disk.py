"""Results can lie on another disk: behind a link, or in a folder of their own."""

import pytest
from conftest import snakemake
from expost.io import writable

DATA = "results/data/digits.npz"


def test_results_behind_a_link_stay_there(project, tmp_path):
    """A folder of a run, whose results are a link to another disk's folder."""
    disk, run = tmp_path / "disk", tmp_path / "run"
    disk.mkdir()
    run.mkdir()
    (run / "results").symlink_to(disk)
    made = snakemake(project, "--directory", str(run), "--", DATA)
    assert made.returncode == 0, made.stdout
    assert (disk / "data/digits.npz").is_file()
    assert (run / "results").is_symlink()
    again = snakemake(project, "--directory", str(run), "--dry-run", "--", DATA)
    assert "Nothing to be done" in again.stdout


def test_a_link_to_a_disk_that_is_not_there_is_named(tmp_path):
    (tmp_path / "results").symlink_to("/no/such/disk")
    with pytest.raises(OSError, match="results is a link to /no/such/disk, which is not there"):
        writable.check(tmp_path / "results")


def test_a_folder_that_is_not_yet_there_can_be_made(tmp_path):
    writable.check(tmp_path / "a/b/results")
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("file", ["results", "a"])
def test_a_file_in_place_of_a_folder_is_named(file, tmp_path):
    (tmp_path / file).touch()
    with pytest.raises(NotADirectoryError, match=f"/{file} is a file; wanted a folder for results"):
        writable.check(tmp_path / ("results" if file == "results" else "a/b/results"))
