"""The study of one's own codes, small: all of it is drawn, and what is wrong is said before."""

import numpy as np
import pandas as pd
import pytest
import yaml
from conftest import ROOT, copy_project, snakemake
from expost import samplers
from expost.comparing import suited
from expost.datasets import synthetic_codes, vector_arrays
from expost.io.files import load_npz
from planned import planned

FIGURES = yaml.safe_load((ROOT / "workflow/studies/compare/study.yaml").read_text())["figures"]
SMALL = {
    "codes": "my.csv",
    "overrides": {
        "compare": {
            "seeds": [0],
            "samplers": {"real_nvp": {"steps": 20, "hidden": 16}, "flow_matching": {"steps": 20}},
        }
    },
}
CONFIG = ("--configfile=small.yaml", "--")


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """A folder in which the study was drawn for 300 codes of 4 dimensions."""
    folder = copy_project(tmp_path_factory.mktemp("compare") / "project")
    codes = synthetic_codes.codes(300, 4, 0)
    pd.DataFrame(codes, columns=list("abcd")).to_csv(folder / "my.csv")
    (folder / "small.yaml").write_text(yaml.safe_dump(SMALL))
    run = snakemake(folder, *CONFIG, "compare")
    assert run.returncode == 0, run.stdout
    return folder


def test_every_figure_and_table_is_made_and_reported(compared):
    report = (compared / "results/report.html").read_text()
    for name in FIGURES:
        picture = compared / f"results/figures/{name}/codes.png"
        table = compared / f"results/tables/{name}.html"
        assert picture.exists() != table.exists(), name
        made = picture if picture.exists() else table
        assert f'"{made.relative_to(compared)}": {{' in report
    assert not (compared / "results/figures/sample_grid").exists()


def test_the_report_leads_with_the_choice_and_has_no_words_of_other_studies(compared):
    report = (compared / "results/report.html").read_text()
    start = report.index("Which to take")
    page = report[start : report.index("What made it", start)]
    assert "Which to take: One seed tells nothing of chance" in page
    assert "Copying against quality" in page
    assert "Correlations of draws" not in page
    assert "looked at after" not in page
    assert "read as digits" not in page
    assert "Samplers: Gaussian, Independent, KDE, GMM, Vine copula, EBC, Real NVP, Flow" in page
    note = (compared / "results/tables/compare_scores.md").read_text()
    assert "Which to take: One seed tells nothing of chance" in note


def test_names_of_columns_are_kept(compared):
    assert vector_arrays.columns(compared / "results/data/codes.npz") == list("abcd")


def test_every_sampler_is_a_run_that_is_scored_in_codes_alone(compared):
    scores = pd.read_csv(compared / "results/scores/compare_scores.csv")
    left_out = {*samplers.CONTROLS, *suited.ASKED_FOR, *suited.OF_TRAININGS} - {*samplers.ORIGINALS}
    wanted = {*samplers.names()} - left_out
    assert set(scores["sampler"]) == wanted
    assert set(scores["space"]) == {"codes"}
    assert {"emd", "mmd", "coverage", "density", "c_t", "authenticity"} < set(scores["metric"])
    assert {"held_out_likelihood"} < set(scores.loc[scores["sampler"] == "gmm", "metric"])
    copies = scores[(scores["sampler"] == "copy") & (scores["metric"] == "nearest_training")]
    assert copies["value"].max() < 1e-6


def test_codes_are_the_data_and_nothing_is_trained(compared):
    (path,) = compared.glob("results/runs/codes/compare.given/seed0/epoch0/codes.npz")
    data, codes = load_npz(compared / "results/data/codes.npz"), load_npz(path)
    for part in ("train", "test"):
        np.testing.assert_array_equal(codes[part], data[f"vectors_{part}"])
    assert codes["train"].shape == (225, 4)  # without the index
    assert not [*compared.glob("results/**/*.onnx"), *compared.glob("results/**/*.safetensors")]


def test_what_is_there_is_used_and_other_codes_are_drawn_anew(compared):
    assert planned(compared, *CONFIG, "compare") == {}
    before = (compared / "my.csv").read_text()
    (compared / "my.csv").write_text(before.replace("0.", "1."))
    try:
        assert "fit_sampler" in planned(compared, *CONFIG, "compare")
    finally:
        (compared / "my.csv").write_text(before)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "snakemake --cores 8 compare --config codes=my.npy"),
        (("codes=none.npy",), "there is no none.npy"),
        (("codes=my.txt",), "ends in .npy, .npz, .csv, .parquet"),
        (("codes=bad.csv",), "are missing"),
        (("codes=my.csv", "test=wide.npy"), "my.csv has 4 columns, wide.npy has 5"),
        (("test=wide.npy",), "got test without codes"),
    ],
)
def test_what_is_wrong_is_said_before_anything_runs(words, said, compared):
    (compared / "bad.csv").write_text("a,b\n" + "0.5,1.5\n" * 99 + "0.5,\n")
    np.save(compared / "wide.npy", np.random.default_rng(0).normal(size=(90, 5)))
    arguments = ("--config", *words) if words else ()
    run = snakemake(compared, "--dry-run", "compare", *arguments)
    assert run.returncode == 1
    assert said in run.stdout, run.stdout
    assert "Traceback" not in run.stdout
