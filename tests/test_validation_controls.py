"""Controls of validation images and held-out likelihood, through the workflow on a few vectors."""

import itertools

import numpy as np
import pandas as pd
import pytest
import yaml
from conftest import copy_project, snakemake
from expost.datasets import row_choice
from expost.features.base import Features
from expost.io.files import load_npy, load_npz
from expost.metrics.scoring import measure
from expost.samplers import Gaussian, Interpolation

METHODS = ["gaussian", "gmm", "reconstruction", "interpolation", "copy", "held_out"]
TRAIN, HELD, SIZE, DRAWS = 60, 12, 48, 10
RUN = "runs/mine/ebcae.ae/seed0/epoch1"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    project = copy_project(tmp_path_factory.mktemp("validation"))
    rng = np.random.default_rng(0)
    parts = {
        f"vectors_{part}": rng.standard_normal((n, 3)) for part, n in (("train", 60), ("test", 24))
    }
    np.savez(project / "mine.npz", **parts)
    methods = [f"ae/{name}" for name in METHODS]
    study = {
        **{"draws": DRAWS, "size": SIZE, "sizes": [SIZE], "seeds": [0], "features": []},
        "training": {"latent": 2, "batch": 20, "epochs": [1], "validation": HELD},
        "samplers": {"reconstruction": {"source": "validation"}, "gmm": {"n_components": 2}},
        "figures": {"scores": {"methods": methods, "metrics": ["copying", "likelihood"]}},
    }
    mine = {"kind": "vectors", "path": "mine.npz"}
    config = {"studies": ["ebcae"], "on": ["mine"], "datasets": {"mine": mine}}
    config["overrides"] = {"ebcae": study}
    (project / "mine.yaml").write_text(yaml.safe_dump(config))
    run = snakemake(project, "--configfile=mine.yaml", "--", "results/tables/scores.md")
    assert run.returncode == 0, run.stdout
    return project / "results"


def draws(made, sampler):
    return load_npz(made / f"{RUN}/{sampler}/n{SIZE}m{DRAWS}/draws.npz")


def test_validation_images_are_shown_and_copies_are_of_others(made):
    held = set(row_choice.validation("mine", 0, TRAIN, HELD))
    codes = load_npz(made / f"{RUN}/codes.npz", "train")["train"]
    shown = draws(made, "reconstruction")
    assert set(shown["rows_train"]) < held
    np.testing.assert_array_equal(shown["codes"], codes[shown["rows_train"]])
    assert not held & set(draws(made, "copy")["rows_train"])
    own = codes[sorted(held)]
    pairs = itertools.combinations(own, 2)
    middles = [Interpolation().fit(np.array(pair)).sample(1, 0)[0] for pair in pairs]
    for code in draws(made, "interpolation")["codes"]:
        assert np.abs(middles - code).max(axis=1).min() < 1e-6


def test_what_is_known_of_training_and_test_data_changes_no_score(made):
    (known,) = made.glob("data/mine/copying/*/*.npz")  # one for all runs
    assert {name.partition("/")[0] for name in load_npz(known)} == {"vectors"}
    (training,) = made.glob("data/mine/training/*/*.npz")
    (reference,) = made.glob("data/mine/reference/*/*.npz")
    training, real = (Features(load_npz(path)["images"]) for path in (training, reference))
    scores = pd.read_csv(made / "scores/scores.csv").set_index(["sampler", "metric"])
    ours = scores.loc[scores["space"] == "vectors", "value"].unstack()
    for sampler in METHODS:
        images = load_npy(made / f"{RUN}/{sampler}/n{SIZE}m{DRAWS}/images.npy")
        wanted = measure(real, Features(images), training, families=["copying"], data=True).scores
        assert ours.loc[sampler, list(wanted)].to_dict() == pytest.approx(wanted)


def test_likelihood_is_that_of_validation_codes_where_there_is_a_density(made):
    scores = pd.read_csv(made / "scores/scores.csv").set_index(["sampler", "metric"])
    likely = scores.loc[scores["space"] == "codes", "value"].unstack()
    names = ["held_out_likelihood", "likelihood_gap"]
    assert set(likely.index[likely[names].notna().all(axis=1)]) == {"gaussian", "gmm"}
    assert likely.loc[["copy", "interpolation"], names].isna().all(axis=None)
    codes = load_npz(made / f"{RUN}/codes.npz", "train")["train"].astype(float)
    rows = row_choice.training("mine", 0, TRAIN)
    fitted = Gaussian().fit(codes[rows[:SIZE]])
    others = fitted.score_samples(codes[rows[SIZE:]][:DRAWS]).mean()
    found = likely.loc["gaussian", names]
    assert found["held_out_likelihood"] == pytest.approx(others)
    own = fitted.score_samples(codes[rows[:DRAWS]]).mean()
    assert found["likelihood_gap"] == pytest.approx(own - others)
