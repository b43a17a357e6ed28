"""Data of one's own: what can be drawn for it is, and what cannot is named in a line."""

import re

import numpy as np
import pandas as pd
import pytest
import yaml
from conftest import snakemake
from expost.features import held_out_accuracy
from expost.io import files
from PIL import Image
from planned import planned

GROUPED = {"targeted_sampling", "recombination"}
CONFIG = ("--configfile=mine.yaml", "--")
IMAGES = {"kind": "folder", "path": "pictures", "size": 16, "test": 24}
STUDY = {
    "draws": 10,
    "size": 40,
    "sizes": [20, 40],
    "seeds": [0],
    "training": {"latent": 3, "batch": 20, "epochs": [1]},
}
KNOBS = {  # values of the study's own want more codes
    "trade_off": {
        "knobs": {"ae/gmm": {"n_components": [2]}, "ae/empirical_beta": {"degree": [4, "auto"]}}
    }
}


def configure(project, entry, **changes):
    config = {"studies": ["ebcae"], "on": ["mine"], "datasets": {"mine": entry}}
    figures = KNOBS | changes.pop("figures", {})
    config["overrides"] = {"ebcae": STUDY | changes | {"figures": figures}}
    (project / "mine.yaml").write_text(yaml.safe_dump(config))


def draw_pictures(folder, *classes):
    rng = np.random.default_rng(0)
    for number in range(80):
        place = folder / "pictures" / (classes[number % len(classes)] if classes else "")
        place.mkdir(parents=True, exist_ok=True)
        pixels = rng.integers(256, size=(16, 16), dtype=np.uint8)
        Image.fromarray(pixels).save(place / f"{number}.png")


def drawn(plan):
    """The figures and tables that a plan makes for the data set."""
    pictures = {output.split("/")[2] for output in plan["figure"] if "/mine." in output}
    return pictures | {output.split("/")[2].partition(".")[0] for output in plan["table"]}


def test_pictures_with_classes_have_every_figure(project):
    draw_pictures(project, "cat", "dog")
    configure(project, IMAGES)
    plan = planned(project, *CONFIG, "all")
    assert drawn(plan) >= GROUPED | {"sample_grid", "scores", "metrics_over_epochs", "trade_off"}
    assert "classifier" in plan


def test_a_folder_with_classes_is_scored_and_shows_the_class_asked_for(project):
    draw_pictures(project, "cat", "dog")
    methods = ["ae/gaussian", "ae/copy", "ae/held_out"]
    grouped = {"methods": ["ae/kde", "ae/held_out"]}
    figures = {"scores": {"methods": methods}, "targeted_sampling": grouped}
    configure(project, IMAGES | {"groups": {"targets": ["dog"]}}, figures=figures)
    run = snakemake(project, *CONFIG, "scores", "targeted_sampling")
    assert run.returncode == 0, run.stdout
    assert (
        "| Method | dog | untargeted |"
        in (project / "results/tables/targeted_sampling.md").read_text()
    )
    (draws,) = project.glob("results/runs/mine/*/*/*/held_out/*/targeted_sampling/draws.npz")
    shown, data = files.load_npz(draws), files.load_npz(project / "results/data/mine.npz")
    asked = data["labels_test"][shown["rows_test"][shown["drawn"] == "dog"]]
    assert {data["class_names"][label] for label in asked} == {"dog"}
    assert "classifier" in set(pd.read_csv(project / "results/scores/scores.csv")["space"])
    history = pd.read_csv(project / "results/data/mine/classifier.csv")
    assert history["epoch"].max() == 300  # of one step each
    accuracy = held_out_accuracy.read(project / "results/data/mine/classifier.json")
    assert "not clearly better than chance" in accuracy.doubt  # the pictures are noise
    for place in ("results/tables/scores.md", "logs/classifier/mine.log"):
        assert accuracy.doubt in (project / place).read_text()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"size": 57, "sizes": [57]}, "got size 57 in .*; mine has 56 training images"),
        ({"draws": 13}, "mine has 24 test images, .*: at most 12"),
    ],
)
@pytest.mark.parametrize("kind", ["folder", "npz", "vectors"])
def test_more_than_there_is_is_refused_when_planning(kind, changes, words, project):
    entry = IMAGES
    if kind == "folder":
        draw_pictures(project)
    else:
        what, shape = ("images", (1, 16, 16)) if kind == "npz" else ("vectors", (5,))
        dtype = np.uint8 if kind == "npz" else np.float32
        parts = (("train", 56), ("test", 24))
        arrays = {f"{what}_{part}": np.zeros((n, *shape), dtype) for part, n in parts}
        np.savez(project / "mine.npz", **arrays)
        entry = {"kind": kind, "path": "mine.npz"}
    configure(project, entry, **changes)
    run = snakemake(project, "--dry-run", *CONFIG, "scores")
    assert run.returncode == 1
    assert re.search(words, run.stdout), run.stdout


def test_pictures_without_lack_what_wants_groups_and_say_so(project):
    draw_pictures(project)
    configure(project, IMAGES)
    plan = planned(project, *CONFIG, "all")
    assert drawn(plan) >= {"sample_grid", "scores", "nearest_neighbours", "tsne"}
    assert not drawn(plan) & GROUPED
    assert "classifier" not in plan
    told = snakemake(project, "--dry-run", "--quiet=rules", *CONFIG, "all").stdout
    lines = [line for line in told.splitlines() if line.startswith("Left out: ")]
    groups = [line for line in lines if set(line[10:].partition(":")[0].split(", ")) >= GROUPED]
    assert len(groups) == 1, told
    assert "not for mine, as it has neither labels nor attributes" in groups[0]


@pytest.fixture
def vectors(project):
    rng = np.random.default_rng(0)
    parts = {
        f"vectors_{part}": rng.standard_normal((n, 7)) for part, n in (("train", 60), ("test", 24))
    }
    np.savez(project / "mine.npz", **parts)
    return project


def test_vectors_are_planned_without_what_wants_images(vectors):
    configure(vectors, {"kind": "vectors", "path": "mine.npz"})
    plan = planned(vectors, *CONFIG, "all")
    assert "scores" in drawn(plan)
    assert not drawn(plan) & {"sample_grid", "interpolation", *GROUPED}


def test_vectors_are_scored(vectors):
    methods = ["ae/gaussian", "ae/copy", "ae/held_out"]
    configure(
        vectors, {"kind": "vectors", "path": "mine.npz"}, figures={"scores": {"methods": methods}}
    )
    run = snakemake(vectors, *CONFIG, "scores")
    assert run.returncode == 0, run.stdout
    scores = pd.read_csv(vectors / "results/scores/scores.csv")
    of_vectors = scores[scores["space"] == "vectors"]
    assert {"emd", "mmd", "coverage", "frechet", "c_t"} <= set(of_vectors["metric"])
    assert {"gaussian", "copy", "held_out"} == set(of_vectors["sampler"])
    assert "codes" in set(scores["space"])
    assert "classifier" not in set(scores["space"])
    assert np.isfinite(scores["value"]).all()
    assert "Held-out" in (vectors / "results/tables/scores.md").read_text()
