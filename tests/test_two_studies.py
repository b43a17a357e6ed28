"""Two studies on one data set in one folder of results, neither touching the other."""

import pytest
from conftest import SMOKE, copy_project, copy_results, snakemake
from planned import overlay, planned, times

TINY = """\
paper: Tiny
title: Another study with numbers of its own
draws: 20
size: 60
seeds: [0]
features: [classifier]
training: {networks: ebcae_mnist, latent: 3, batch: 100, epochs: [3], reconstruction: cross_entropy}
autoencoders:
  ae: {objective: ae, optimiser: {name: Adam, learning_rate: 0.002}}
methods: [ae/gaussian, ebcae.ae/gaussian, ae/copy, ae/held_out]
figures:
  tiny_grid: {kind: gallery, title: Samples of the tiny study.}
  tiny_scores: {kind: scores, title: Scores of the tiny study., metrics: [moments]}
"""


@pytest.fixture(scope="module")
def both(smoke, tmp_path_factory):
    """A copy of the smoke run in which a second study was drawn: where, and times before."""
    folder = copy_project(tmp_path_factory.mktemp("studies") / "project")
    copy_results(smoke, folder)
    (folder / "workflow/studies/tiny").mkdir()
    (folder / "workflow/studies/tiny/study.yaml").write_text(TINY)
    before = times(folder / "results")
    run = snakemake(folder, *overlay(folder, studies=["tiny"]), "tiny")
    assert run.returncode == 0, run.stdout
    return folder, before


def test_the_second_study_is_drawn_with_numbers_of_its_own(both):
    folder, _ = both
    made = folder / "results/runs/digits"
    assert (folder / "results/figures/tiny_grid/digits.png").is_file()
    assert (made / "tiny.ae/seed0/epoch3/gaussian/n60m20/images.npy").is_file()
    page = (folder / "results/tables/tiny_scores.md").read_text()
    assert "ebcae.ae" in page
    assert {path.name for path in made.iterdir()} >= {"ebcae.ae", "ebcae.vae", "tiny.ae"}
    assert "Another study with numbers of its own" in (folder / "results/report.html").read_text()


def test_nothing_of_the_first_was_touched(both):
    folder, before = both
    now = times(folder / "results")
    changed = {path.name for path in before if now.get(path) != before[path]}
    assert changed <= {"provenance.json", "report.html"}


@pytest.mark.parametrize("studies", [["ebcae"], ["tiny"], ["ebcae", "tiny"], ["tiny", "ebcae"]])
def test_nothing_is_to_be_done_for_either_or_both(both, studies):
    folder, _ = both
    assert planned(folder, *overlay(folder, studies=studies), "all") == {}


def test_two_figures_of_one_name_are_refused(both):
    folder, _ = both
    figures = {"tiny": {"figures": {"scores": {"kind": "scores", "title": "Ours."}}}}
    config = overlay(folder, studies=["ebcae", "tiny"], overrides=figures)
    run = snakemake(folder, "--dry-run", *config)
    assert run.returncode != 0
    assert "a figure called 'scores' of study 'tiny', as is one of study 'ebcae'" in run.stdout


def test_the_first_study_knows_nothing_of_the_second(both):
    folder, _ = both
    listed = snakemake(folder, "--list-target-rules", SMOKE).stdout
    assert "\nsample_grid (" in listed
    assert "tiny" not in listed
