"""The presets for subsets of SVHN and CelebA, through the workflow, on a few images made here."""

import numpy as np
import pandas as pd
import pytest
import yaml
from conftest import copy_project, snakemake
from expost.io import safetensors
from expost.io.files import load_npz
from expost.training import checkpoints

PRESETS = [f"workflow/presets/{name}_subset.yaml" for name in ("svhn", "celeba")]
ATTRIBUTES = ("Eyeglasses", "Male", "Smiling", "Young")


def save_images(path, side, **known):
    rng = np.random.default_rng(0)
    arrays = {}
    for part, n in (("train", 60), ("test", 24)):
        arrays[f"images_{part}"] = rng.integers(256, size=(n, 3, side, side), dtype=np.uint8)
        arrays |= {f"{kind}_{part}": make(rng, n) for kind, make in known.items()}
    if "attributes" in known:
        arrays["attribute_names"] = np.array(ATTRIBUTES)
    np.savez(path, **arrays)


def small(presets):
    """An overlay that shrinks the presets: their experiments, trainings and draws."""
    experiments = {name: {"epoch": [1], "seed": [0]} for name in presets}
    for name in presets:
        if "size" in presets[name]:
            experiments[name]["size"] = [50]
    methods = ["ae/gaussian", "ae/copy", "ae/held_out"]
    for name in ("scores", "metrics_over_epochs"):
        experiments[name]["method"] = methods
    for name in ("targeted_sampling", "recombination"):
        experiments[name]["method"] = ["ae/empirical_beta"]
    entry = {"training": {"latent": 4, "batch": 20}, "classifier": {"epochs": 1, "batch": 20}}
    return {
        "draws": 10,
        "epochs": [1],
        "datasets": {"svhn": entry, "celeba": entry},
        "experiments": experiments,
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A copy of the project in which a few runs of both presets were made."""
    project = copy_project(tmp_path_factory.mktemp("subsets"))
    save_images(project / "svhn.npz", 32, labels=lambda rng, n: np.arange(n) % 3)
    flags = {"attributes": lambda rng, n: rng.integers(2, size=(n, len(ATTRIBUTES)))}
    save_images(project / "celeba.npz", 64, **flags)
    presets = yaml.safe_load((project / PRESETS[1]).read_text())["experiments"]
    (project / "small.yaml").write_text(yaml.safe_dump(small(presets)))
    run = snakemake(
        project,
        "--configfile",
        *PRESETS,
        "small.yaml",
        "--",
        "results/svhn/ae/seed0/epoch1/gaussian/n50/images.npy",
        "results/tables/scores.md",
        "results/figures/metrics_over_epochs/celeba.png",
        "results/tables/targeted_sampling.csv",
        "results/tables/recombination.csv",
    )
    assert run.returncode == 0, run.stdout
    return project / "results"


@pytest.mark.parametrize("name", ["svhn", "celeba"])
def test_each_is_trained_with_its_own_networks(made, name):
    path = made / f"{name}/ae/seed0/epoch1.safetensors"
    assert safetensors.load(path)[1]["networks"] == f"ebcae_{name}"
    assert checkpoints.load(path).decoder[2].out_channels == {"svhn": 256, "celeba": 512}[name]


def test_features_tell_classes_of_one_and_attributes_of_the_other(made):
    run = "ae/seed0/epoch1/gaussian/n50/features.npz"
    svhn, celeba = (load_npz(made / name / run) for name in ("svhn", "celeba"))
    assert svhn.keys() == {"device", "classifier/vectors", "classifier/probabilities"}
    assert celeba.keys() == {"device", "classifier/vectors", "classifier/attributes"}
    attributes = celeba["classifier/attributes"]
    assert attributes.shape == (10, len(ATTRIBUTES))
    assert ((attributes >= 0) & (attributes <= 1)).all()


def test_scores_of_attributes_lack_those_of_classes_and_nothing_else(made):
    scores = pd.read_csv(made / "scores/scores.csv")
    features = set(scores.loc[scores["space"] == "classifier", "metric"])
    pixels = set(scores.loc[scores["space"] == "pixels", "metric"])
    assert features == pixels | {"frechet", "kid", "vendi"}
    assert "Inception" not in (made / "tables/scores.md").read_text()


def test_samples_are_targeted_at_attributes_and_attributes_are_recombined(made):
    table = pd.read_csv(made / "tables/targeted_sampling.csv")
    assert set(table["group"]) == {"Eyeglasses", "Smiling", "Male"}
    assert table["mean"].between(0, 1).all()
    table = pd.read_csv(made / "tables/recombination.csv")
    assert set(table["group"]) == {"Eyeglasses", "not Eyeglasses"}
