"""The whole workflow, small: everything is made, described and named alike everywhere."""

import re

import numpy as np
import pandas as pd
import pytest
import yaml
from conftest import ROOT, STUDY, snakemake
from expost.io.files import load_npz
from expost.samplers import SAMPLERS

FIGURES = {
    "sample_grid": "digits",
    "metrics_over_epochs": "digits",
    "metrics_over_sample_size": "digits",
    "cost_over_sample_size": "synthetic",
    "targeted_sampling": "digits",
    "recombination": "digits",
    "nearest_neighbours": "digits",
    "tsne": "digits",
    "interpolation": "digits",
    "vine_trees": "digits",
    "trade_off": "digits",
    **dict.fromkeys(
        ("rae_prd", *(f"rae_figure{i}" for i in range(1, 7)), "rae_objective_sampler"), "digits"
    ),
    "gens_figure1": "synthetic",
    **dict.fromkeys(
        (
            "gens_interpolations",
            "gens_interpolations_of_images",
            "gens_figure2",
            "gens_training",
            "gens_reconstructions",
        ),
        "digits",
    ),
    **dict.fromkeys(("gens_figure3", "gens_traversals", "gens_figure4"), "digits"),
    **dict.fromkeys(("lmgae_figure3c", "lmgae_figure4", "lmgae_latent_size"), "digits"),
    **dict.fromkeys(("lmgae_figure3", "lmgae_figure5"), "synthetic_4"),
}
TABLES = (
    "scores",
    "computing_times",
    "published_table1",
    "published_figure3",
    "claims",
    "targeted_sampling",
    "recombination",
    "rae_table1",
    "rae_table2",
    "rae_scores",
    "rae_objective_sampler",
    "rae_published",
    "rae_claims",
    "gens_table1",
    "gens_figure1",
    "gens_table2",
    "gens_table3",
    "gens_tuned",
    "gens_scores",
    "gens_training",
    "gens_figure3",
    "gens_figure4",
    "gens_published",
    "gens_claims",
    "lmgae_table1",
    "lmgae_table2",
    "lmgae_figure3",
    "lmgae_figure3c",
    "lmgae_published",
    "lmgae_claims",
)


def test_every_figure_and_table_is_made(smoke):
    for stem, name in FIGURES.items():
        folder = smoke / "results/figures" / stem
        assert (folder / f"{name}.png").read_bytes().startswith(b"\x89PNG")
        assert (folder / f"{name}.pdf").read_bytes().startswith(b"%PDF")
    for stem in TABLES:
        for suffix in ("csv", "md", "tex", "html"):
            assert (smoke / f"results/tables/{stem}.{suffix}").read_text().strip()


def test_the_report_is_part_of_a_run_and_shows_every_result(smoke):
    report = (smoke / "results/report.html").read_text()
    for stem, name in FIGURES.items():
        assert f'"results/figures/{stem}/{name}.png": {{' in report
    for stem in TABLES:
        assert f'"results/tables/{stem}.html": {{' in report


def test_every_sampler_is_scored_in_every_space_with_its_controls(smoke):
    scores, others = (
        pd.read_csv(smoke / f"results/scores/{name}.csv") for name in ("scores", "rae_scores")
    )
    of_no_paper = {"flow_matching", "second_vae", "shrunk_prior"}
    wanted = {*SAMPLERS, "gmm-n_components-100"} - of_no_paper
    assert {*scores["sampler"], *others["sampler"]} == wanted
    assert set(scores["space"]) == {"pixels", "classifier", "codes"}
    runs = scores.groupby(["autoencoder", "sampler", "seed", "space"]).size().unstack()
    assert (runs == {"pixels": 10, "classifier": 15, "codes": 12}).all(axis=None)
    assert scores["value"].notna().all()
    copies = scores[(scores["sampler"] == "copy") & (scores["metric"] == "nearest_training")]
    assert copies["value"].max() < 1e-4  # the rows that a run is fitted to are those it copies
    table = (smoke / "results/tables/scores.md").read_text()
    assert "Training copies" in table
    assert "Held-out images" in table


def test_images_are_drawn_for_every_target_and_held_out_ones_are_of_its_class(smoke):
    folder = smoke / "results/runs/digits/ebcae.ae/seed0/epoch2"
    data = load_npz(smoke / "results/data/digits.npz")
    for name in ("gaussian", "kde", "empirical_beta", "reconstruction", "held_out"):
        draws = load_npz(folder / name / "n100m40/targeted_sampling/draws.npz")
        drawn, counts = np.unique(draws["drawn"], return_counts=True)
        assert list(drawn) == ["1", "not 3", "untargeted"]
        assert (counts == 40).all()
        for part in {"rows_train", "rows_test"} & set(draws):
            shown = data[part.replace("rows", "labels")][draws[part]]
            assert (shown[draws["drawn"] == "1"] == 1).all()
            assert (shown[draws["drawn"] == "not 3"] != 3).all()


def test_every_group_is_measured_however_it_was_drawn(smoke):
    shares = pd.read_csv(smoke / "results/shares/targeted_sampling.csv", dtype={"drawn": str})
    assert len(shares) == 5 * 3 * 2 * 2  # samplers, drawn, groups, metrics
    shares = pd.read_csv(smoke / "results/shares/recombination.csv")
    assert set(shares["drawn"]) == {"dependence_of", "recombined", "nearest", "margins_of"}
    assert shares["value"].between(0, 1).all()


def test_lint_finds_nothing():
    run = snakemake(ROOT, "--lint")
    assert run.returncode == 0, run.stdout
    assert "Congratulations" in run.stdout


def test_every_target_is_listed_with_what_it_is():
    run = snakemake(ROOT, "--list-target-rules")
    for target in (*STUDY["figures"], "ebcae", "all", "figures", "tables"):
        assert f"\n{target} (" in run.stdout, f"{target} is not listed, or has no docstring"


def test_the_studies_have_the_figures_and_tables_that_are_looked_for():
    found = {
        figure
        for study in ("ebcae", "rae", "gens", "lmgae")
        for figure in yaml.safe_load((ROOT / f"workflow/studies/{study}/study.yaml").read_text())[
            "figures"
        ]
    }
    assert found == FIGURES.keys() | set(TABLES)


def test_the_smoke_overlay_shrinks_the_study_and_removes_no_figure(smoke):
    small = yaml.safe_load((ROOT / "tests/smoke.yaml").read_text())["overrides"]["ebcae"]
    assert small["draws"] < STUDY["draws"]
    assert max(small["sizes"]) < max(STUDY["sizes"])
    assert max(small["training"]["epochs"]) < max(STUDY["training"]["epochs"])
    assert small["figures"].keys() <= STUDY["figures"].keys()
    costs = (s["figures"]["cost_over_sample_size"]["grid"] for s in (STUDY, small))
    ours, smallest = ([size for lists in grid for size in lists["size"]] for grid in costs)
    assert max(smallest) < min(ours)
    methods = pd.read_csv(smoke / "results/scores/scores.csv")[["autoencoder", "sampler"]]
    made = set(methods.agg("/".join, axis=1))
    assert made == set(STUDY["methods"])  # the one table that has all


@pytest.mark.parametrize("name", ["config", "study"])
def test_every_key_of_the_schemas_is_described(name):
    schema = yaml.safe_load((ROOT / f"workflow/schemas/{name}.schema.yaml").read_text())

    def check(node, place):
        for key, value in node.get("properties", {}).items():
            assert value.get("description"), f"{place}.{key}"
            check(value, f"{place}.{key}")
            check(value.get("additionalProperties") or {}, f"{place}.{key}.*")
            check(value.get("items") or {}, f"{place}.{key}[]")

    check(schema, name)
    config = yaml.safe_load((ROOT / "config.yaml").read_text())
    if name == "config":
        of_codes = {"array", "test", "test_array"}  # nothing without `codes`
        shown = {"on" if key is True else key for key in config}
        assert set(schema["properties"]) == shown | of_codes
    else:
        assert set(STUDY) <= set(schema["properties"])


def test_a_figure_has_one_name_everywhere(smoke):
    """Its target, its files and its place in the report."""
    report = (smoke / "results/report.html").read_text()
    for name in STUDY["figures"]:
        made = [
            *smoke.glob(f"results/figures/{name}/*.png"),
            *smoke.glob(f"results/tables/{name}.html"),
        ]
        assert made, name
        for path in made:
            assert f'"{path.relative_to(smoke)}": {{"name"' in report, name


def test_no_rule_is_left_for_a_single_figure():
    """One rule draws all pictures and one sets all tables: a new figure is YAML alone."""
    rules = "".join(path.read_text() for path in ROOT.glob("workflow/rules/*.smk"))
    named = set(re.findall(r"^(?:use )?rule .*?(\w+)(?: with)?:", rules, re.MULTILINE))
    assert not named & STUDY["figures"].keys()
    assert {"figure", "table"} <= named


def test_a_run_that_is_to_end_before_its_target_has_no_report(project):
    run = snakemake(project, "--until", "dataset", "--", "rae_table1")
    assert run.returncode == 0, run.stdout
    assert "No report, as --until or --omit-from leave out what it would show." in run.stdout
    assert not (project / "results/report.html").exists()
