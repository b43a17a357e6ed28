"""A result that was damaged or edited is found and named, and never taken for what was made."""

import json
import os
import subprocess
import sys

import pytest
from conftest import ROOT
from damage import flip_a_bit
from expost.io import files
from expost.provenance import integrity

CONFIG = {"draws": 10}


@pytest.fixture
def results(tmp_path):
    """A folder of results, recorded."""
    folder = tmp_path / "results"
    for name in ("data/a.npz", "a/b/codes.npz", "tables/scores.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    integrity.write(folder, CONFIG, always, seconds=5)
    return folder


def always(path, entry):
    return True


def never(path, entry):
    return False


def test_a_folder_is_as_recorded_until_it_is_not(results):
    assert not any(integrity.differences(results).values())
    flip_a_bit(results / "a/b/codes.npz")
    (results / "data/a.npz").unlink()
    (results / "data/b.npz").write_text("new")
    assert integrity.differences(results) == {
        "changed": ["a/b/codes.npz"],
        "missing": ["data/a.npz"],
        "new": ["data/b.npz"],
    }


def test_what_is_no_result_is_not_recorded(results):
    for name in (
        *("README.md", "reference/mnist/scores.csv", "data/a.tsv", "data/.a.part.npz"),
        *("downloads/mnist/a.gz.part", "downloads/mnist/a.gz.corrupt"),
        "runs/digits/ebcae.ae/seed0/kept/state.safetensors",
        "runs/digits/ebcae.ae/seed0/epoch2/kde/n20m10/kept/moments.json",
    ):
        (results / name).parent.mkdir(parents=True, exist_ok=True)
        (results / name).write_text("no result")
    assert not any(integrity.differences(results).values())


def test_a_data_set_may_be_called_kept_and_a_folder_be_a_link(results, tmp_path):
    (tmp_path / "room/mnist").mkdir(parents=True)
    (tmp_path / "room/mnist/a.gz").write_text("published")
    (results / "downloads").symlink_to(tmp_path / "room")
    (tmp_path / "room/back").symlink_to(tmp_path)  # round in circles
    (results / "runs/kept/ebcae.ae/seed0").mkdir(parents=True)
    (results / "runs/kept/ebcae.ae/seed0/epoch1.safetensors").write_text("a training")
    assert integrity.differences(results)["new"] == [
        "downloads/mnist/a.gz",
        "runs/kept/ebcae.ae/seed0/epoch1.safetensors",
    ]


def test_only_what_has_changed_is_read_again(results, monkeypatch):
    read, sha256 = [], files.sha256
    monkeypatch.setattr(files, "sha256", lambda path: read.append(path) or sha256(path))
    (results / "data/a.npz").write_text("another")
    integrity.write(results, CONFIG, always)
    assert read == [results / "data/a.npz"]
    assert not any(integrity.differences(results).values())


def test_damage_is_refused_by_name_and_a_touch_is_not(results):
    os.utime(results / "data/a.npz", (0, 0))
    integrity.check(results, never)
    (results / "data/a.npz").unlink()  # to be made again
    flip_a_bit(results / "a/b/codes.npz")
    integrity.check(results, lambda path, entry: path.endswith("codes.npz"))
    with pytest.raises(ValueError, match=r"results/a/b/codes\.npz, damaged .*verify\.py` lists"):
        integrity.check(results, never)


def test_damage_is_never_recorded(results):
    flip_a_bit(results / "a/b/codes.npz")
    (results / "data/b.npz").write_text("altered since it was made")
    os.utime(results / "data/a.npz", (0, 0))
    integrity.write(results, CONFIG, never)
    wanted = ["a/b/codes.npz", "data/b.npz"]
    assert integrity.differences(results)["changed"] == wanted
    with pytest.raises(ValueError, match=r"codes\.npz, .*/data/b\.npz, damaged"):
        integrity.check(results, never)
    integrity.write(results, CONFIG, lambda path, entry: path.endswith("b.npz"))  # made again
    assert integrity.differences(results)["changed"] == wanted[:1]


def test_what_made_the_results_stays_where_nothing_was_made(results):
    made_by = integrity.load(results)["made_by"]
    integrity.write(results, {"draws": 11}, always)
    assert integrity.load(results)["made_by"] == made_by
    integrity.write(results, {"draws": 11}, always, seconds=6)
    assert integrity.load(results)["made_by"]["seconds"] == 6
    assert integrity.load(results)["made_by"]["config"] != made_by["config"]


def test_nothing_recorded_is_nothing_to_refuse(tmp_path):
    integrity.check(tmp_path, never)


@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]", "{}", '{"files": {"a": {}}}', "\x00"),
        '{"made_by": {"commit": null, "seconds": "long"}, "files": {}}',
        '{"made_by": {"commit": null, "seconds": 1e999}, "files": {}}',
    ],
)
def test_a_damaged_record_is_named_and_replaced(results, content):
    (results / "provenance.json").write_text(content)
    with pytest.raises(ValueError, match=r"provenance\.json is damaged .* delete it"):
        integrity.check(results, never)
    integrity.write(results, CONFIG, always)
    assert not any(integrity.differences(results).values())


def verify(folder):
    command = [sys.executable, ROOT / "workflow/verify.py", folder]
    return subprocess.run(command, capture_output=True, text=True)


def test_a_command_names_what_differs(results):
    done = verify(results)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("0 differences from the 3 results")
    flip_a_bit(results / "a/b/codes.npz")
    done = verify(results)
    assert done.returncode == 1
    assert done.stdout.startswith("changed: a/b/codes.npz\n1 differences from the 3 results")


def test_without_a_record_nothing_can_be_compared(tmp_path):
    done = verify(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"there is no {tmp_path}/provenance.json to compare with; name a folder" in done.stderr


def test_a_run_records_every_result(smoke):
    assert not any(integrity.differences(smoke / "results").values())
    made = [
        *smoke.glob("results/**/*.json"),
        *smoke.glob("results/**/*.np[yz]"),
        *smoke.glob("results/**/*.safetensors"),
        *smoke.glob("results/*/*.csv"),
        *smoke.glob("results/figures/**/*.p*"),
        smoke / "results/report.html",
    ]
    made = [path for path in made if path.parent.name != "kept"]
    paths = {str(path.relative_to(smoke / "results")) for path in made} - {"provenance.json"}
    recorded = json.loads((smoke / "results/provenance.json").read_text())["files"]
    assert {path for path in paths if not path.startswith("reference")} <= recorded.keys()
