"""Studies of an autoencoder of anybody's, two ONNX files, from the files to pictures and scores."""

import os

import numpy as np
import pandas as pd
import yaml
from conftest import snakemake
from elsewhere import linear, overlay, trained_by_torch
from expost import export
from expost.io import files
from planned import overlay as smoke_overlay
from planned import planned

METHODS = ["ae/gaussian", "ae/kde", "ae/reconstruction", "ae/copy", "ae/held_out"]
FIGURES = {"sample_grid": {"methods": METHODS}, "scores": {"methods": METHODS}}
TARGETS = ("sample_grid", "scores")
RUN = "results/runs/digits/ebcae.ae/seed0/epoch40"


def test_a_model_of_plain_torch_goes_through_figures_and_changed_files_run_again(project):
    encoder, decoder = trained_by_torch()
    text = export(encoder, decoder, (1, 16, 16), project / "model", range=(-1, 1))
    entry = yaml.safe_load(text)["autoencoders"]["mine"]
    asked = overlay(project, {"ae": entry, "vae": entry | {"prior": True}}, FIGURES)
    assert "train" not in planned(project, *asked, "all")
    run = snakemake(project, *asked, *TARGETS)
    assert run.returncode == 0, run.stdout
    assert (project / "results/figures/sample_grid/digits.png").exists()
    codes = files.load_npz(project / RUN / "codes.npz")
    assert codes["train"].shape == (997, 32)  # (2, 4, 4), flattened
    scores = pd.read_csv(project / "results/scores/scores.csv")
    assert {"pixels", "codes", "classifier"} <= set(scores["space"])
    # The reconstructions are the model's own.
    shown = np.load(project / RUN / "reconstruction/n100m40/images.npy", allow_pickle=False)
    assert shown.shape == (40, 1, 16, 16)
    assert shown.std() > 40  # of 255
    assert not planned(project, *asked, *TARGETS)
    path = project / "model/encoder.onnx"
    path.write_bytes(path.read_bytes())
    os.utime(path, (1, 1))
    assert {"pretrained", "encode", "fit_sampler"} <= set(planned(project, *asked, *TARGETS))


def test_covariances_of_its_codes_stand_beside_those_of_masks(project):
    encoder = linear(project / "e.onnx", (1, 16, 16), (5,))
    decoder = linear(project / "d.onnx", (5,), (1, 16, 16))
    entry = {"encoder": encoder.name, "decoder": decoder.name, "range": [0, 1]}
    study = {
        "autoencoders": {"wae_mmd": entry | {"layout": "channels_first"}},
        "figures": {"lmgae_table2": {"autoencoders": ["wae", "lmgae", "wae_mmd"]}},
    }
    found = planned(project, *smoke_overlay(project, overrides={"lmgae": study}), "lmgae_table2")
    assert len(found["covariances"]) == 1
    assert not [made for made in found["train"] if "wae_mmd" in made]
    assert [made for made in found["encode"] if "wae_mmd" in made]
