"""Trainings of all seeds in one job: what it leaves, what makes it run again, what is refused."""

import csv
from pathlib import Path

import numpy as np
import pytest
import yaml
from conftest import copy_project, snakemake
from expost.io import files
from expost.metrics.frechet import frechet
from expost.networks.onnx_runtime import Network
from planned import planned

STUDY = {
    "paper": "Tiny",
    "title": "A study whose seeds are trained together",
    "draws": 20,
    "size": 50,
    "seeds": [0, 3],
    "features": [],
    "metrics": ["moments"],
    "training": {"networks": {"name": "mlp", "hidden": [8]}, "latent": 3, "epochs": [2]},
    "autoencoders": {"wae": {"objective": "wae_gan", "together": True, "options": {"units": 8}}},
    "figures": {
        "tiny_scores": {
            "kind": "scores",
            "title": "Scores.",
            "methods": ["wae/prior", "wae/copy", "wae/held_out"],
        }
    },
}
STUDY["training"] |= {"reconstruction": "squared_error", "batch": 20}
CONFIG = {
    "studies": ["tiny"],
    "on": ["small"],
    "datasets": {
        "small": {"kind": "synthetic", "dimension": 2, "ambient": 6, "train": 60, "test": 40}
    },
}
RULE = "train_together_tiny"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A project with such a study, all of it made."""
    folder = copy_project(tmp_path_factory.mktemp("together") / "project")
    (folder / "workflow/studies/tiny").mkdir()
    (folder / "workflow/studies/tiny/study.yaml").write_text(yaml.safe_dump(STUDY))
    run = snakemake(folder, *changed(folder), "all")
    assert run.returncode == 0, run.stdout
    return folder


def changed(folder, **overrides):
    """Arguments for the study with overrides; targets follow them."""
    path = folder / "changed.yaml"
    path.write_text(yaml.safe_dump(CONFIG | {"overrides": {"tiny": overrides}}))
    return ("--configfile", path.name, "--")


def trained(folder, seed):
    return folder / f"results/runs/small/tiny.wae/seed{seed}"


def test_every_seed_has_the_files_of_a_training(run):
    data = files.load_npz(run / "results/data/small.npz")["vectors_test"]
    codes = []
    for seed in (0, 3):
        made = trained(run, seed)
        found = files.load_npz(made / "epoch2/codes.npz", "test")["test"]
        np.testing.assert_allclose(found, Network(made / "epoch2.encoder.onnx")(data)[0], atol=1e-5)
        assert (made / "epoch2.safetensors").is_file()
        history = list(csv.DictReader((made / "epoch2.csv").read_text().splitlines()))
        assert [row["epoch"] for row in history] == ["1", "2"]
        codes.append(found)
    assert not np.allclose(*codes)
    assert len(list((run / "logs/train_together").rglob("*.log"))) == 1


def test_distances_of_vectors_are_of_the_vectors_themselves(run):
    place = trained(run, 3) / "epoch2/held_out/n50m20"
    scores = {
        row["metric"]: row["value"]
        for row in files.load_json(place / "scores.json")["rows"]
        if row["space"] == "vectors"
    }
    shown = files.load_npy(place / "images.npy")
    spaces = run / "results/data/small/reference/seed3m20/pixels.npz"
    real = files.load_npz(spaces, "images")["images"]
    assert scores == {"frechet": pytest.approx(frechet(real, shown))}


def test_nothing_is_to_be_done_again(run):
    assert planned(run, *changed(run), "all") == {}


def test_one_seed_more_trains_all_of_them_anew(run):
    (outputs,) = planned(run, *changed(run, seeds=[0, 3, 4]), "all")[RULE]
    for seed in (0, 3, 4):
        assert f"/seed{seed}/epoch2.safetensors" in outputs


def test_later_epochs_go_on_from_those_before(run):
    more = snakemake(
        run, *changed(run, training={"epochs": [2, 3]}), f"{trained(Path(), 3)}/epoch3.csv"
    )
    assert more.returncode == 0, more.stdout
    log = run / "logs/train_together/small/tiny.wae/epoch3.log"
    assert "going on after epoch 2" in log.read_text()


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        (
            {"figures": {"tiny_scores": {"seeds": [3, 4]}}},
            "got seed 4 in figure 'tiny_scores' of study 'tiny', autoencoder tiny.wae, whose seeds "
            "are trained together; wanted one of 0, 3",
        ),
        ({"training": {"validation": 10}}, "got `together: true` with validation"),
        ({"training": {"networks": "ebcae_mnist"}}, "with the networks 'ebcae_mnist'"),
        ({"autoencoders": {"wae": {"objective": "aae"}}}, "with the objective 'aae'"),
    ],
)
def test_what_cannot_go_together_is_refused_before_anything_runs(run, overrides, said):
    refused = snakemake(run, "-n", *changed(run, **overrides), "all")
    assert refused.returncode
    assert said in refused.stdout
