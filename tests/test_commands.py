"""`expost fit`, `sample` and `compare` do what Python does, and refuse what is wrong in a line."""

import base64
import os
import re
import shlex
import subprocess
import sys

import expost
import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from expost import samplers
from expost.commands import main
from expost.io import code_files

CODES = np.random.default_rng(0).normal(size=(60, 3))
FRAME = pd.DataFrame(CODES, columns=["a", "b", "c"])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The working folder, with codes in it."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    np.save("my.npy", CODES)
    FRAME.to_csv("my.csv")
    expost.Gaussian().fit(CODES).save("model.npz")
    return folder


def run(line):
    return main.main(shlex.split(line))


def test_a_fit_is_the_one_that_python_makes(folder):
    assert run("fit my.npy --sampler gmm --option n_components=3 --seed 7 -o new.npz") == 0
    made, again = expost.load("new.npz"), expost.GMM(n_components=3).fit(CODES, rng=7)
    assert made.get_params() == again.get_params()
    np.testing.assert_array_equal(made.sample(20, rng=1), again.sample(20, rng=1))


@pytest.mark.parametrize("suffix", code_files.SUFFIXES)
def test_draws_are_those_that_python_makes(suffix, folder, capsys):
    assert run(f"sample model.npz -n 40 -o new{suffix} --seed 3") == 0
    wanted = expost.load("model.npz").sample(40, rng=3)
    np.testing.assert_array_equal(code_files.read_codes(f"new{suffix}"), wanted)
    assert "drew 40 codes of 3 dimensions from Gaussian, seed 3" in capsys.readouterr().out


def test_seeds_make_a_difference_and_one_is_the_default(folder):
    for name, seed in (("a", ""), ("b", "--seed 0"), ("c", "--seed 1")):
        assert run(f"sample model.npz -n 40 -o {name}.npy {seed}") == 0
    a, b, c = (np.load(f"{name}.npy", allow_pickle=False) for name in "abc")
    assert (a == b).all()
    assert (a != c).all()


def test_a_comparison_is_the_one_that_python_makes_on_a_page_of_its_own(folder, capsys):
    np.save("<b>.npy", CODES + 1)
    line = "compare my.csv --test '<b>.npy' --samplers gaussian,kde --seeds 2 --report out.html"
    assert run(line) == 0
    wanted = expost.compare(CODES, CODES + 1, samplers=["gaussian", "kde"], seeds=2)
    page, shown = (folder / "out.html").read_text(), capsys.readouterr().out
    values = wanted.frame.pivot_table(
        index="sampler", columns="metric", values="value", aggfunc="mean"
    )
    emd = f"{values.loc['kde', 'emd']:.2f}"
    assert emd in shown
    assert emd in page
    assert wanted.best().sentence.partition(":")[0] in shown
    assert "60 codes of 3 dimensions, compared with 60 of &lt;b&gt;.npy" in page
    assert "<b>.npy" not in page
    picture = base64.b64decode(re.search('base64,([^"]+)"', page)[1])
    assert picture.startswith(b"\x89PNG")
    assert not re.search(r"(?:src|href)=\"(?!data:)", page)  # it needs no other file


def test_names_of_columns_come_back(folder):
    assert run("fit my.csv --sampler gaussian -o named.npz") == 0
    assert run("sample named.npz -n 5 -o new.csv") == 0
    assert list(pd.read_csv("new.csv")) == ["a", "b", "c"]
    assert run("sample model.npz -n 5 -o plain.parquet") == 0
    assert list(pd.read_parquet("plain.parquet")) == ["z0", "z1", "z2"]


def test_columns_are_chosen_by_name(folder):
    FRAME.assign(label="cat")[["a", "label", "b", "c"]].to_csv("labelled.csv")
    assert run("fit labelled.csv --columns c,a --sampler gaussian -o chosen.npz") == 0
    chosen = expost.load("chosen.npz")
    np.testing.assert_allclose(chosen.mean_, CODES[:, [2, 0]].mean(axis=0))
    assert list(chosen.feature_names_in_) == ["c", "a"]
    codes = code_files.read_codes("labelled.csv", columns=["c", "a"])
    np.testing.assert_allclose(codes, CODES[:, [2, 0]])


def test_draws_are_given_values_of_columns_by_name_and_by_number(folder):
    assert run("fit my.csv --sampler gaussian --columns c,a -o named.npz") == 0
    wanted = expost.load("named.npz").sample(30, rng=0, given={"a": 1.5})
    for condition in ("a=1.5", "1=1.5"):
        assert run(f"sample named.npz -n 30 -o new.npy --force --given {condition}") == 0
        np.testing.assert_array_equal(np.load("new.npy", allow_pickle=False), wanted)
    assert run("sample model.npz -n 30 -o both.npy --given 0=-1 --given 2=0.5") == 0
    assert (np.load("both.npy", allow_pickle=False)[:, [0, 2]] == [-1, 0.5]).all()
    expost.Gaussian().fit(FRAME.set_axis(["1", "0", "x"], axis=1)).save("swapped.npz")
    assert run("sample swapped.npz -n 30 -o named.npy --given 1=0.5") == 0
    assert (np.load("named.npy", allow_pickle=False)[:, 0] == 0.5).all()  # names come first


def test_options_are_read_as_numbers_words_and_nothing(folder):
    options = "--option degree=null --option bandwidth=0.5"
    assert run("fit my.npy --sampler kde --option bandwidth=0.5 -o a.npz") == 0
    assert expost.load("a.npz").bandwidth == 0.5
    assert run("fit my.npy --sampler empirical_beta --option degree=auto -o b.npz") == 0
    assert expost.load("b.npz").degree == "auto"
    assert run("fit my.npy --sampler empirical_beta --option degree=null -o c.npz") == 0
    assert expost.load("c.npz").degree is None
    assert run(f"fit my.npy --sampler kde {options} -o d.npz") == 2


WRONG = {
    "fit my.npy --sampler gausian -o new.npz": "unknown sampler.*mean 'gaussian'",
    "fit my.npy --sampler gmm --option components=3 -o new.npz": "has no option 'components'",
    "fit my.npy --sampler gmm --option n_components=0 -o new.npz": "got n_components 0; wanted",
    "fit my.npy --sampler gmm --option n_components=many -o new.npz": "got n_components 'many'",
    "fit my.npy --sampler kde --option bandwidth=NaN -o new.npz": "got bandwidth nan",
    "fit my.npy --sampler gmm --option n_components=61 -o new.npz": "too few codes",
    "fit my.npy --sampler kde --option high=1 --option high=2 -o new.npz": "option high twice",
    "fit my.npy --sampler gmm -o new.npy": r"wanted a name that ends in \.npz",
    "fit my.npy --sampler gmm -o model.npz": "model.npz is there already; --force replaces it",
    "fit other.npy --sampler gmm -o new.npz": "there is no other.npy",
    "fit my.npy --sampler gmm -o new.npz --array train": "no named arrays",
    "fit model.npz --sampler gmm -o new.npz": "which holds sampler, .*say which",
    "fit text.csv --sampler gmm -o new.npz": r"the columns 'x' \(str\);.* prompt --columns y,",
    "fit text.csv --sampler gmm -o new.npz --columns z": "the columns 'z' .*wanted .* of x, y",
    "fit my.npy --sampler gmm -o new.npz --columns a": "my.npy holds no names of columns",
    "fit flat.npy --sampler gmm -o new.npz": "1 of 3 columns of the codes are constant",
    "fit flat.csv --sampler gmm -o new.npz": r"columns of the codes are constant \(b\)",
    "compare my.npy --samplers gausian": "unknown sampler 'gausian'",
    "compare my.npy --samplers ''": "got the name '' of a sampler",
    "compare my.npy --samplers gaussian,": "got the name '' of a sampler",
    "compare my.npy --report ''": r"wanted a name that ends in \.html",
    "fit model.npz --array mean_ --sampler gmm -o model.npz --force": "model.npz is what is read",
    "sample model.npz -n 5 -o ../here/model.npz --force": r".*model\.npz is what is read; write to",
    "compare my.npy --report out.txt": r"wanted a name that ends in \.html",
    "compare my.npy --report model.npz/out.html": ".*model.npz is no folder",
    "compare my.npy --test other.npy": "there is no other.npy",
    "compare my.npy --test-array a": "--test-array without --test",
    "compare few.npy": "12 codes|got 12|at least",
    "sample model.npz -n 5 -o my.npy": "my.npy is there already; --force replaces it",
    "sample model.npz -n 5 -o new.txt": r"ends in \.npy, \.npz, \.csv, \.parquet",
    "sample my.npy -n 5 -o new.npy": "my.npy holds a single array",
    "sample a.npz -n 5 -o new.npy": r"No such file.*a\.npz",
    "sample model.npz -n 900000000000 -o new.npy": "of memory, this machine has",
    "sample model.npz -n 5 -o new.npy --given 7=1": r"`given` for the column 7; wanted a number",
    "sample model.npz -n 5 -o new.npy --given a=1": "`given` for the column 'a'; wanted a number",
    "sample model.npz -n 5 -o new.npy --given 0=1 --given 0=2": "got the column 0 twice",
    "sample model.npz -n 5 -o new.npy --given 0=nan": "not finite for the column 0",
    "sample model.npz -n 5 -o my.npy/new.npy": ".*my.npy is no folder",
}


@pytest.mark.parametrize("line", WRONG)
def test_what_is_wrong_is_said_in_one_line_and_nothing_is_written(line, folder, capsys):
    (folder / "text.csv").write_text("x,y\ncat,0.5\ndog,0.7\n")
    np.save("flat.npy", CODES * [1, 0, 1])
    FRAME.assign(b=1.0).to_csv("flat.csv", index=False)
    np.save("few.npy", CODES[:12])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert run(line) == 2
    out, err = capsys.readouterr()
    assert err.count("\n") == 1
    assert re.match(f"expost {line.split()[0]}: error: .*{WRONG[line]}", err), err
    assert not out
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "required: COMMAND"),
        ("fti my.npy", "invalid choice: 'fti'"),
        ("fit my.npy -o new.npz", "required: --sampler"),
        ("fit my.npy --sampler gmm --option n_components -o new.npz", "wanted name=value"),
        ("sample model.npz -n 5 -o new.npy --given a=b", "got a=b; wanted column=number"),
        ("sample model.npz -n 5 -o new.npy --given =1", "got =1; wanted column=number"),
        ("sample model.npz -n 1.5 -o new.npy", "got 1.5; wanted a whole number from 1 on"),
        ("sample model.npz -n 0 -o new.npy", "got 0; wanted a whole number from 1 on"),
        ("sample model.npz -n 5 -o new.npy --seed -1", "seed.*wanted a whole number|expected one"),
    ],
)
def test_words_that_are_no_command_are_refused_in_one_line(line, words, folder, capsys):
    with pytest.raises(SystemExit) as end:
        run(line)
    err = capsys.readouterr().err
    assert end.value.code == 2
    assert re.search(words, err), err
    assert err.count("\n") == 1
    assert "--help" in err


def test_a_folder_that_is_closed_is_refused_before_anything_is_computed(
    folder, capsys, monkeypatch
):
    monkeypatch.setattr(os, "access", lambda path, mode: os.fspath(path) != str(folder))
    assert run("fit my.npy --sampler gmm -o closed/new.npz") == 2
    assert "here is not yours to write in; write to another" in capsys.readouterr().err


def test_a_link_that_leads_nowhere_is_there_too(folder, capsys):
    os.symlink("gone.npz", "link.npz")
    assert run("fit my.npy --sampler gaussian -o link.npz") == 2
    assert "link.npz is there already; --force replaces it" in capsys.readouterr().err


def test_force_replaces(folder):
    assert run("sample model.npz -n 5 -o my.npy --force") == 0
    assert np.load("my.npy", allow_pickle=False).shape == (5, 3)


@pytest.mark.parametrize("command", main.COMMANDS)
def test_help_has_an_example_that_runs(command, folder, capsys):
    with pytest.raises(SystemExit) as end:
        run(f"{command} --help")
    assert end.value.code == 0
    (example,) = re.findall(r"^  expost (.*)$", capsys.readouterr().out, re.MULTILINE)
    quick = "--samplers gaussian --seeds 2" if command == "compare" else ""
    assert run(f"{example} --force {quick}") == 0


def test_help_names_every_sampler(folder, capsys):
    with pytest.raises(SystemExit):
        run("fit --help")
    shown = capsys.readouterr().out
    assert all(name in shown for name in samplers.names() if name not in samplers.CONTROLS)


@pytest.mark.parametrize("module", ["expost.commands", "expost.commands.main"])
def test_the_program_starts_without_anything_heavy(module, folder):
    program = [sys.executable, "-X", "importtime", "-m", module, "--version"]
    search = os.environ | {"PYTHONPATH": str(ROOT / "workflow")}
    done = subprocess.run(program, capture_output=True, text=True, env=search)
    assert done.stdout == f"expost {expost.__version__}\n"
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not {"torch", "pandas", "sklearn", "matplotlib"} & imported
