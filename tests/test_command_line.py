"""Commands as one types them: a word that Snakemake would take for another is told in one line."""

import importlib.util
import re
import subprocess
import sys

import pytest
from conftest import ROOT, snakemake

PATH = ROOT / "workflow/command_line.py"
spec = importlib.util.spec_from_file_location("command_line", PATH)
command_line = importlib.util.module_from_spec(spec)
spec.loader.exec_module(command_line)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text("on: [digits]\n")
    (tmp_path / "mine.json").write_text('{"on":\t["digits"]}\n')
    (tmp_path / "a_folder").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        "--cores 2 all",
        "--cores 2 sample_grid --configfile mine.yaml",
        "--configfile mine.yaml mine.json --cores 2 sample_grid",
        "--configfile=mine.yaml sample_grid",
        "--configfiles mine.yaml -- sample_grid",
        "--configfile mine.yaml --config device=cpu -- sample_grid",
        "--config device=cpu threads=2 --cores 2 sample_grid",
        "-C device=cpu -n",
        "--config=device=cpu sample_grid",
        "--config --cores 2 sample_grid",
        "--cores 2 -- --configfile missing.yaml",
        "",
    ],
)
def test_what_snakemake_takes_as_it_is_meant_passes(folder, words):
    assert command_line.check(words.split()) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "--cores 2 --configfile mine.yaml sample_grid",
            "got sample_grid after --configfile, which is no file. .*: "
            "snakemake --cores 2 --configfile mine.yaml -- sample_grid$",
        ),
        (
            "--configfile mine.yaml all scores --cores 2",
            "snakemake --configfile mine.yaml --cores 2 -- all scores$",
        ),
        (
            "--configfile mine.yaml results/tables/scores.md --cores 2 -- all",
            "snakemake --configfile mine.yaml --cores 2 all -- results/tables/scores.md$",
        ),
        (
            "--config device=cpu sample_grid -n",
            "got sample_grid after --config, which is no key=value.*: "
            "snakemake --config device=cpu -n -- sample_grid$",
        ),
        ("-C sample_grid", "got sample_grid after -C"),
        ("--config a=b sample_grid", "got a=b after --config; wanted a key"),
        (
            "--configfile mine.yaml --configfile=mine.json all",
            "got --configfile and --configfile=mine.json, of which Snakemake takes the last alone",
        ),
        ("-C a=1 -n --config bc=2", "got -C and --config, of which .*: --config one two$"),
        ("--configfile wide.yaml", "wide.yaml is no text in UTF-8.*; save it as that"),
        (
            "--configfile octal.yaml",
            "line 1, column 4: got 0200, which YAML reads as 128; write that if it is meant, "
            "200 if that is, or quotes around a text",
        ),
        ("--configfile clock.yaml", "got 12:30, which YAML reads as 750; write that if it is"),
        ("--configfile seconds.yaml", "got 1:30.5, which YAML reads as 90.5; write that if"),
        ("--configfile missing.yaml", "there is no file missing.yaml"),
        ("--configfile=missing.yml all", "there is no file missing.yml"),
        ("--configfile a_folder", "a_folder, which --configfile names, is a folder"),
        ("--configfile bad.yaml", "bad.yaml is no YAML: line 2, column 5: "),
        ("--configfile tab.yaml", "tab.yaml is no YAML: line 2, column 1: .* not by tabs"),
        ("--configfile twice.yaml", "got on twice in the mapping of line 1, again in line 3"),
        ("--configfile same.yaml", "got a twice in the mapping of line 1, again in line 1"),
        ("--configfile binary.png", "binary.png is no text in UTF-8"),
        ("--configfile list.yaml", "list.yaml holds no mapping"),
        ("--configfile empty.yaml", "empty.yaml holds no mapping"),
    ],
)
def test_what_it_would_take_otherwise_ends_in_one_line(folder, words, said):
    (folder / "bad.yaml").write_text("on: [digits]\na: b: c\n")
    (folder / "tab.yaml").write_text("on:\n\t- digits\n")
    (folder / "twice.yaml").write_text("on: [digits]\nthreads: 1\non: [x]\n")
    (folder / "same.yaml").write_text("on: {a: 1, a: 2}\n")
    (folder / "binary.png").write_bytes(b"\x89PNG\r\n\xff\x00")
    (folder / "wide.yaml").write_bytes("on: [digits]".encode("utf-16"))
    (folder / "octal.yaml").write_text("a: 0200\n")
    (folder / "clock.yaml").write_text("a: 12:30\n")
    (folder / "seconds.yaml").write_text("a: [1:30.5]\n")
    (folder / "list.yaml").write_text("- a\n")
    (folder / "empty.yaml").write_text("")
    with pytest.raises(SystemExit) as ended:
        command_line.check(words.split())
    assert re.search(said, ended.value.code), ended.value.code
    assert "\n" not in ended.value.code


def test_snakemake_asks_before_it_reads_a_config(project):
    (project / "mine.yaml").write_text("draws: 200\n")
    run = snakemake(project, "--configfile", "mine.yaml", "sample_grid")
    assert run.returncode == 1
    said = run.stdout.splitlines()[1:]
    assert len(said) == 1
    assert said[0].startswith("Error: got sample_grid after --configfile, which is no file.")
    assert said[0].endswith(": snakemake --cores 2 --configfile mine.yaml -- sample_grid")


def test_so_it_does_in_another_folder(project, tmp_path):
    """The profile that asks is found by the Snakefile, and so is what it asks."""
    command = ["-s", str(project / "Snakefile"), "--cores", "2", "--config", "device"]
    run = subprocess.run(
        [sys.executable, "-m", "snakemake", *command], cwd=tmp_path, capture_output=True, text=True
    )
    assert run.stderr.splitlines()[1].startswith("Error: got device after --config, which is no")


@pytest.mark.parametrize("profile", [[], ["--workflow-profile", "none"]])
def test_a_broken_config_is_named_with_its_line(project, profile):
    """The file of the checkout is read by the Snakefile; overlays too, where no profile asks."""
    (project / "config.yaml").write_text("on: [digits]\nstudies: [a: b: c\n")
    run = snakemake(project, "--dry-run", *profile)
    assert run.returncode == 1
    assert re.search(r"/config.yaml is no YAML: line 2, column 15: ", run.stdout), run.stdout
    assert len(run.stdout.splitlines()) < 8
