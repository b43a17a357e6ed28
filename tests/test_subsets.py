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
RUN = "ebcae.ae/seed0/epoch1/gaussian/n50m10"


def save_images(path, side, **known):
    rng = np.random.default_rng(0)
    arrays = {}
    for part, n in (("train", 60), ("test", 24)):
        arrays[f"images_{part}"] = rng.integers(256, size=(n, 3, side, side), dtype=np.uint8)
        arrays |= {f"{kind}_{part}": make(rng, n) for kind, make in known.items()}
    if "attributes" in known:
        arrays["attribute_names"] = np.array(ATTRIBUTES)
    np.savez(path, **arrays)


def small():
    """An overlay that shrinks the presets: their trainings, draws and methods."""
    methods = ["ae/gaussian", "ae/copy", "ae/held_out"]
    figures = {name: {"methods": methods} for name in ("scores", "metrics_over_epochs")}
    for name in ("targeted_sampling", "recombination"):
        figures[name] = {"methods": ["ae/empirical_beta"], "sizes": [50]}
    study = {"draws": 10, "size": 50, "sizes": [50], "seeds": [0], "figures": figures}
    study["training"] = {"latent": 4, "batch": 20, "epochs": [1]}
    study["training"]["on"] = {name: {"latent": 4, "batch": 20} for name in ("svhn", "celeba")}
    entry = {"classifier": {"epochs": 1, "batch": 20}}
    datasets = {"svhn": entry, "celeba": entry}
    return {
        "studies": ["ebcae"],
        "on": ["svhn", "celeba"],
        "datasets": datasets,
        "overrides": {"ebcae": study},
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A copy of the project in which a few runs of both presets were made."""
    project = copy_project(tmp_path_factory.mktemp("subsets"))
    save_images(project / "svhn.npz", 32, labels=lambda rng, n: np.arange(n) % 10)
    flags = {"attributes": lambda rng, n: rng.integers(2, size=(n, len(ATTRIBUTES)))}
    save_images(project / "celeba.npz", 64, **flags)
    (project / "small.yaml").write_text(yaml.safe_dump(small()))
    run = snakemake(
        project,
        "--configfile",
        *PRESETS,
        "small.yaml",
        "--",
        f"results/runs/svhn/{RUN}/images.npy",
        "results/tables/scores.md",
        "results/figures/metrics_over_epochs/celeba.png",
        "results/tables/targeted_sampling.csv",
        "results/tables/recombination.csv",
    )
    assert run.returncode == 0, run.stdout
    return project / "results"


@pytest.mark.parametrize(("name", "channels"), [("svhn", 256), ("celeba", 512)])
def test_each_is_trained_with_its_own_networks(made, name, channels):
    path = made / f"runs/{name}/ebcae.ae/seed0/epoch1.safetensors"
    assert safetensors.load(path)[1]["networks"] == f"ebcae_{name}"
    sizes = [size for part in checkpoints.load(path).decoder.parameters() for size in part.shape]
    assert channels in sizes


def test_features_tell_classes_of_one_and_attributes_of_the_other(made):
    svhn, celeba = (
        load_npz(made / f"runs/{name}/{RUN}/features.npz") for name in ("svhn", "celeba")
    )
    assert svhn.keys() == {"device", "classifier/vectors", "classifier/probabilities"}
    assert celeba.keys() == {"device", "classifier/vectors", "classifier/attributes"}
    attributes = celeba["classifier/attributes"]
    assert attributes.shape == (10, len(ATTRIBUTES))
    assert ((attributes >= 0) & (attributes <= 1)).all()


def test_scores_of_attributes_lack_those_of_classes_and_nothing_else(made):
    scores = pd.read_csv(made / "scores/scores.csv")
    scores = scores[scores["dataset"] == "celeba"]
    features = set(scores.loc[scores["space"] == "classifier", "metric"])
    pixels = set(scores.loc[scores["space"] == "pixels", "metric"])
    assert features == pixels | {"frechet", "kid", "vendi"}
    page = (made / "tables/scores.md").read_text()
    assert "Inception" in page  # of SVHN, which has classes


def test_samples_are_targeted_at_attributes_and_attributes_are_recombined(made):
    groups = {
        "targeted_sampling": {"Eyeglasses", "Smiling", "Male"},
        "recombination": {"Eyeglasses", "not Eyeglasses"},
    }
    for name, wanted in groups.items():
        table = pd.read_csv(made / f"tables/{name}.csv")
        table = table[table["dataset"] == "celeba"]
        assert set(table["group"]) == wanted
        assert table["mean"].between(0, 1).all()
