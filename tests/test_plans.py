"""What Snakemake plans to make: what is missing or was added, and nothing else."""

import re
import shutil

import numpy as np
import pytest
from conftest import ROOT, SMOKE, copy_project, copy_results, snakemake
from planned import overlay, planned, times

AE = "results/runs/digits/ebcae.ae/seed0"


@pytest.fixture(scope="module")
def copied(smoke, tmp_path_factory):
    """A copy of the smoke run with its results, which tests add to."""
    folder = copy_project(tmp_path_factory.mktemp("plans") / "project")
    copy_results(smoke, folder)
    return folder


def test_a_second_run_does_nothing(smoke):
    assert planned(smoke, SMOKE, "all") == {}


def test_nor_does_one_in_a_copy(copied):
    assert planned(copied, SMOKE, "all") == {}


def test_data_dir_is_no_reason_to_run_anything_again(copied):
    (copied / "mydata").mkdir()
    assert planned(copied, SMOKE, "--config", "data_dir=mydata") == {}


def test_one_more_variant_is_one_more_fit(copied):
    samplers = {"ebc_smooth": {"sampler": "empirical_beta", "degree": 16}}
    methods = ["ae/copy", "ae/held_out", "ae/ebc_smooth"]
    figure = {"methods": methods, "knobs": {"ae/gmm": {"n_components": [3]}}}
    changes = {"samplers": samplers, "figures": {"trade_off": figure}}
    plan = planned(copied, *overlay(copied, overrides={"ebcae": changes}), "trade_off")
    fits = "".join(plan["fit_sampler"])
    assert len(plan["fit_sampler"]) == len(plan["decode"]) == 2, plan
    assert "/ebc_smooth/n100m40/" in fits
    assert "/gmm-n_components-3/n100m40/" in fits
    assert plan.keys() == {"fit_sampler", "decode", "score", "collect", "figure", "trade_off"}


def test_a_second_sample_grid_is_eight_lines_of_yaml(copied):
    lines = """\
overrides:
  ebcae:
    figures:
      two_rows:
        kind: gallery
        title: Two of the methods.
        methods: [ae/gmm, ae/copy]
        seeds: first
"""
    assert len(lines.splitlines()) == 8
    (copied / "two_rows.yaml").write_text(lines)
    config = ("--configfile", "tests/smoke.yaml", "two_rows.yaml", "--")
    assert planned(copied, *config, "two_rows").keys() == {"figure", "two_rows"}
    run = snakemake(copied, *config, "two_rows")
    assert run.returncode == 0, run.stdout
    first, second = (
        (copied / f"results/figures/{name}/digits.png").read_bytes()
        for name in ("two_rows", "sample_grid")
    )
    assert first.startswith(b"\x89PNG")
    assert first != second
    assert "Two of the methods." in (copied / "results/report.html").read_text()
    assert planned(copied, SMOKE, "all") == {}


def test_a_later_checkpoint_is_trained_from_the_one_before_and_nothing_else_is(copied):
    """A list of epochs that grew asks for what it lacks; the state of before is still there."""
    config = overlay(copied, overrides={"ebcae": {"training": {"epochs": [1, 2, 3]}}})
    plan = planned(copied, *config, "all")
    assert len(plan["train"]) == 4  # two autoencoders, two seeds
    for rule in ("train", "encode", "fit_sampler", "decode", "score", "embed", "interpolate"):
        assert all("/epoch3" in output for output in plan[rule]), (rule, plan[rule])
    assert not plan.keys() & {"dataset", "classifier", "reference", "training_features", "cost"}

    before = times(copied / AE, copied / "results/runs/digits/ebcae.vae")
    run = snakemake(copied, *config, f"{AE}/epoch3/codes.npz")
    assert run.returncode == 0, run.stdout
    log = (copied / "logs/train/digits/ebcae.ae/seed0/epoch3.log").read_text()
    assert "going on after epoch 2" in log
    assert len((copied / f"{AE}/epoch3.csv").read_text().splitlines()) == 1 + 3
    after = times(copied / AE, copied / "results/runs/digits/ebcae.vae")
    state = copied / AE / "kept/state.safetensors"
    assert {path for path in before if after[path] != before[path]} == {state}
    assert planned(copied, SMOKE, "all") == {}


def test_what_was_kept_can_go_and_costs_a_training_only(copied):
    """Results without the folder that trainings go on from are results."""
    shutil.rmtree(copied / AE / "kept")
    assert planned(copied, SMOKE, "all") == {}


def save_subset(path, side, counts=(8000, 2000), attribute_names=None, **known):
    """As many black images as the presets are for."""
    arrays = {} if attribute_names is None else {"attribute_names": attribute_names}
    for part, n in zip(("train", "test"), counts, strict=True):
        arrays[f"images_{part}"] = np.zeros((n, 3, side, side), np.uint8)
        arrays |= {f"{name}_{part}": make(n) for name, make in known.items()}
    np.savez_compressed(path, **arrays)


def arguments_of(preset, data_dir):
    """What the first command on its page gives to Snakemake, with another folder of data."""
    words = re.search(r"^# +snakemake (.*)$", preset.read_text(), re.MULTILINE)[1].split()
    words = [data_dir if word.startswith("data_dir=") else word for word in words]
    return words if data_dir in words else ["--config", data_dir, *words]


def test_the_shipped_config_and_presets_can_be_planned(tmp_path):
    digits = {"labels": lambda n: np.arange(n) % 10}
    save_subset(tmp_path / "svhn.npz", 32, **digits)
    save_subset(tmp_path / "cifar10.npz", 32, (20_000, 4_000), **digits)
    save_subset(
        tmp_path / "celeba.npz", 64, attributes=lambda n: np.ones((n, 4), np.uint8),
        attribute_names=np.array(["Eyeglasses", "Male", "Smiling", "Young"]),
    )  # fmt: skip
    data_dir = f"data_dir={tmp_path}"
    for preset in (None, *sorted((ROOT / "workflow/presets").glob("*.yaml"))):
        chosen = arguments_of(preset, data_dir) if preset else ["--config", data_dir]
        if preset is not None and preset.stem.startswith("paper"):  # which are for clusters
            chosen = ["--profile", "profiles/slurm", *chosen]
        run = snakemake(ROOT, "--dry-run", "--forceall", *chosen)
        assert run.returncode == 0, run.stdout
