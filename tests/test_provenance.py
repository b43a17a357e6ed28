"""Every result says what made it, and a damaged one is found and named."""

import json
import os
import shutil
import subprocess
import sys
from importlib import metadata

import pytest
from conftest import ROOT, snakemake
from expost import files, provenance

CONFIG = {"draws": 10, "data_dir": None, "datasets": {"digits": {"kind": "digits"}}}
DRAWS = "digits/ae/seed0/epoch2/gaussian/n100/draws.npz"


@pytest.fixture
def results(tmp_path):
    """A folder of results, recorded."""
    folder = tmp_path / "results"
    for name in ("data/a.npz", "a/b/codes.npz", "tables/scores.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    provenance.record(folder, CONFIG)
    return folder


def damage(path):
    """Flip a bit in the middle, which no reader of the format need notice."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def never(path):
    return False


def test_a_folder_is_as_recorded_until_it_is_not(results):
    assert not any(provenance.differences(results).values())
    damage(results / "a/b/codes.npz")
    (results / "data/a.npz").unlink()
    (results / "data/b.npz").write_text("new")
    assert provenance.differences(results) == {
        "changed": ["a/b/codes.npz"],
        "missing": ["data/a.npz"],
        "new": ["data/b.npz"],
    }


def test_what_is_no_result_is_not_recorded(results):
    for name in (
        *("README.md", "reference/mnist/scores.csv", "data/a.tsv", "data/.a.part.npz"),
        "a/unfinished/state.safetensors",
    ):
        (results / name).parent.mkdir(parents=True, exist_ok=True)
        (results / name).write_text("no result")
    assert not any(provenance.differences(results).values())


def test_only_what_has_changed_is_read_again(results, monkeypatch):
    read, sha256 = [], files.sha256
    monkeypatch.setattr(files, "sha256", lambda path: read.append(path) or sha256(path))
    (results / "data/a.npz").write_text("another")
    provenance.record(results, CONFIG)
    assert read == [results / "data/a.npz"]
    assert not any(provenance.differences(results).values())


def test_damage_is_refused_by_name_and_a_touch_is_not(results):
    os.utime(results / "data/a.npz", (0, 0))
    provenance.check(results, never)
    (results / "data/a.npz").unlink()  # to be made again
    damage(results / "a/b/codes.npz")
    provenance.check(results, lambda path: path.endswith("codes.npz"))
    with pytest.raises(ValueError, match=r"results/a/b/codes\.npz, damaged or edited since made"):
        provenance.check(results, never)


def test_nothing_recorded_is_nothing_to_refuse(tmp_path):
    provenance.check(tmp_path, never)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"files": {"a": {}}}', "\x00"])
def test_a_damaged_record_is_named_and_replaced(results, content):
    (results / "provenance.json").write_text(content)
    with pytest.raises(ValueError, match=r"provenance\.json is damaged .* delete it"):
        provenance.check(results, never)
    provenance.record(results, CONFIG)
    assert not any(provenance.differences(results).values())


def test_the_config_is_known_by_its_settings_and_not_by_where_data_is():
    def digest(**changes):
        return provenance.made_by(CONFIG | changes)["config"]

    assert digest() == digest(data_dir="elsewhere")
    assert digest() == provenance.made_by(dict(reversed(CONFIG.items())))["config"]
    assert digest() != digest(draws=11)


def test_the_commit_says_whether_files_were_edited(tmp_path, monkeypatch):
    def git(*words):
        name = ("-c", "user.name=a", "-c", "user.email=a@localhost")
        command = ["git", *name, *words]
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True).stdout

    def commit():
        provenance.commit.cache_clear()
        return provenance.commit()

    monkeypatch.setattr(provenance, "ROOT", tmp_path)
    assert commit() is None
    git("init")
    (tmp_path / "a").write_text("a")
    git("add", "a")
    git("commit", "-m", "a")
    head = git("rev-parse", "HEAD").decode().strip()
    assert commit() == head
    (tmp_path / "a").write_text("b")
    assert commit() == f"{head}-dirty"
    provenance.commit.cache_clear()


def test_every_score_says_what_made_it(smoke):
    scores = sorted(smoke.glob("results/digits/**/scores.json"))
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


def verify(folder):
    command = [sys.executable, ROOT / "workflow/verify.py", folder]
    return subprocess.run(command, capture_output=True, text=True)


def test_a_run_records_every_result_and_a_command_compares_them(smoke, tmp_path):
    done = verify(smoke / "results")
    assert (done.returncode, done.stderr) == (0, "")
    recorded = provenance.load(smoke / "results")["files"]
    made = [
        *smoke.glob("results/**/*.json"),
        *smoke.glob("results/**/*.np[yz]"),
        *smoke.glob("results/**/*.safetensors"),
        *smoke.glob("results/*/*.csv"),
        *smoke.glob("results/figures/**/*.p*"),
        smoke / "results/report.html",
    ]
    paths = {str(path.relative_to(smoke / "results")) for path in made} - {"provenance.json"}
    assert {path for path in paths if not path.startswith("reference")} <= recorded.keys()

    shutil.copytree(smoke / "results", tmp_path / "results")
    damage(tmp_path / "results" / DRAWS)
    done = verify(tmp_path / "results")
    assert done.returncode == 1
    assert done.stdout.startswith(f"changed: {DRAWS}\n1 differences from the ")


def test_without_a_record_nothing_can_be_compared(tmp_path):
    done = verify(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "provenance.json" in done.stderr


def test_the_next_run_names_a_damaged_result_and_makes_it_again_once_it_is_gone(smoke, project):
    shutil.copytree(smoke / "results", project / "results", dirs_exist_ok=True)
    shutil.copytree(smoke / ".snakemake/metadata", project / ".snakemake/metadata")
    whole = (project / "results" / DRAWS).read_bytes()
    damage(project / "results" / DRAWS)
    # Scripts of a copy are newer than the results, which is no reason to make them again.
    arguments = ("--configfile=tests/smoke.yaml", "--rerun-triggers=mtime", "scores")
    run = snakemake(project, *arguments)
    assert run.returncode != 0
    assert f"got results/{DRAWS}, damaged or edited since made; delete" in run.stdout
    assert "Finished job" not in run.stdout

    (project / "results" / DRAWS).unlink()
    run = snakemake(project, *arguments, f"results/{DRAWS}")
    assert run.returncode == 0, run.stdout
    assert (project / "results" / DRAWS).read_bytes() == whole
    for table in ("scores/scores.csv", "tables/scores.md"):
        path = f"results/{table}"
        assert (project / path).read_bytes() == (smoke / path).read_bytes()
