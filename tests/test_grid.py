"""Experiments become runs, and a config that does not fit together is refused by name."""

import copy
from pathlib import Path

import numpy as np
import pytest
import yaml
from expost import datasets
from expost.study import code_identity, config_checks, runs

ROOT = Path(__file__).parents[1]
CONFIG = yaml.safe_load((ROOT / "config.yaml").read_text())


def changed(change):
    config = copy.deepcopy(CONFIG)
    change(config)
    return config


def test_the_shipped_config_is_accepted():
    config_checks.check(CONFIG)


def test_runs_are_the_product_of_the_lists():
    found = runs.grid(
        {
            "dataset": ["digits"],
            "method": ["ae/kde", "vae/prior"],
            "epoch": [5, 20],
            "size": [100],
            "seed": [0, 1, 2],
        }
    )
    assert list(found.columns) == list(runs.AXES)
    assert len(found) == len(found.drop_duplicates()) == 12
    assert set(zip(found["autoencoder"], found["sampler"], strict=True)) == {
        ("ae", "kde"),
        ("vae", "prior"),
    }


def test_an_experiment_without_samplers_has_a_run_an_autoencoder():
    found = runs.grid(CONFIG["experiments"]["interpolation"])
    assert found.to_dict("list") == {
        "dataset": ["digits"] * 2,
        "autoencoder": ["ae", "vae"],
        "epoch": [40] * 2,
        "seed": [0] * 2,
    }


def scores(key, value):
    return lambda config: config["experiments"]["scores"].update({key: value})


def study(name, **keys):
    return lambda config: config["experiments"][name].update(keys)


def training(size=32, **options):
    return lambda config: config["datasets"]["digits"].update(size=size, training=options)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c["samplers"].update(gausian={}), "'gausian'.*gaussian"),
        (lambda c: c["samplers"].update(kde={"bandwith": 1}), "'kde'.*'bandwith'.*bandwidth"),
        (lambda c: c["autoencoders"].update(x={"objective": "vea"}), "'vea'.*ae, vae"),
        (lambda c: c["autoencoders"]["ae"].update(beta=2), "'ae'.*beta"),
        (lambda c: c["datasets"].update(x={"kind": "minst"}), "'minst'.*mnist"),
        (scores("method", ["ae/gausian"]), "'gausian'.*'scores'.*gaussian"),
        (scores("method", ["ea/gaussian"]), "'ea'.*'scores'.*ae"),
        (scores("dataset", ["digit"]), "'digit'.*'scores'.*digits"),
        (scores("method", ["ae/gaussian", "ae/copy"]), "held_out.*'scores'"),
        (
            lambda c: c["experiments"]["metrics_over_epochs"].update(size=[400, 800]),
            "size 400, 800.*'metrics_over_epochs'.*one",
        ),
        (
            lambda c: c["experiments"]["interpolation"].update(autoencoder=["eae"]),
            "'eae'.*'interpolation'.*ae, vae",
        ),
        (
            lambda c: c["experiments"]["vine_trees"].update(seed=[0, 1]),
            "2 runs of digits.*'vine_trees'.*one vine",
        ),
        (
            lambda c: c["experiments"]["vine_trees"].update(method=["ae/kde"]),
            "sampler 'kde'.*'vine_trees'.*only a vine",
        ),
        (scores("epoch", [61]), "61.*'scores'.*5, 15, 40"),
        (scores("size", [998]), "998.*'scores'.*997 training images"),
        (lambda c: c.update(draws=401), "401.*800 test images.*at most 400"),
        (
            lambda c: c["cost_over_sample_size"].append(
                {"sampler": ["gausian"], "dimension": [2], "size": [10]}
            ),
            "'gausian'.*'cost_over_sample_size'.*gaussian",
        ),
        (study("targeted_sampling", method=["ae/gmm"]), "gmm.*targeted_sampling.*kde, .*held_out"),
        (study("targeted_sampling", target={}), "target names no group for .*'digits'"),
        (study("targeted_sampling", target={"digits": [10]}), r"group 10; wanted a class, 0\.\.9"),
        (study("targeted_sampling", target={"digits": ["Hat"]}), "'Hat'.*data set 'digits'"),
        (study("recombination", method=["ae/kde"]), "kde.*recombination.*vine, empirical_beta"),
        (study("recombination", margins_of={"digits": 8}), "dependence and the margins of 8"),
        (study("recombination", margins_of={"mnist": 3}), "margins_of names no group"),
        (
            lambda c: c["samplers"].update(smooth={"sampler": "empirical_bta"}),
            "'empirical_bta'.*empirical_beta.*'smooth'",
        ),
        (
            lambda c: c["samplers"].update(smooth={"sampler": "kde", "degree": 3}),
            "'kde'.*'degree'.*bandwidth.*'smooth'",
        ),
        (lambda c: c["samplers"].update(kde={"sampler": "gmm"}), "'gmm'.*'kde'.*own"),
        (
            lambda c: c["experiments"]["trade_off"].update(knobs={"ae/gm": {"x": [1]}}),
            "'gm' in the knobs of experiment 'trade_off'; wanted .*gmm",
        ),
        (
            lambda c: c["experiments"]["scores"].update(knobs={"ae/kde": {"h": [1]}}),
            "'kde'.*'h'.*'scores'.*bandwidth",
        ),
        (
            lambda c: c["experiments"]["trade_off"].update(knobs={"ea/kde": {"bandwidth": [1]}}),
            "'ea'.*'trade_off'.*ae",
        ),
        (
            lambda c: c["experiments"]["trade_off"].update(epoch=[5, 40]),
            "epoch 5, 40.*'trade_off'.*one",
        ),
        (lambda c: c.update(data_dir="no/such/folder"), "'no/such/folder'.*no folder"),
        (
            training(architecture="svnh"),
            "unknown architecture 'ebcae_svnh'.*ebcae_mnist, ebcae_svhn",
        ),
        (training(16, architecture="celeba"), "'digits': got images of 16x16.* 4 times .*of 16"),
    ],
)
def test_what_does_not_fit_is_named_with_what_would(change, message):
    with pytest.raises(ValueError, match=message):
        config_checks.check(changed(change))


def save_images(path, **known):
    images = np.zeros((900, 1, 16, 16), np.uint8)
    np.savez(path, images_train=images, images_test=images, **known)


@pytest.mark.parametrize("known", ["labels", "attributes"])
def test_images_of_which_nothing_is_known_are_refused_with_a_classifier(known, tmp_path):
    def mine(config):
        config["datasets"] = {"mine": {"kind": "npz", "path": "mine.npz"}}
        config["data_dir"] = str(tmp_path)
        for experiment in config["experiments"].values():
            experiment["dataset"] = ["mine"]
            for groups in experiment.keys() & {"target", "dependence_of", "margins_of"}:
                experiment[groups] = {"mine": experiment[groups]["digits"]}

    config_checks.check(changed(mine))  # the archive is not there: nothing is known yet
    save_images(tmp_path / "mine.npz")
    with pytest.raises(ValueError, match=r"'classifier', but mine has neither .*\[resnet34\]"):
        config_checks.check(changed(mine))
    config_checks.check(changed(lambda c: (mine(c), c.update(features=["resnet34"]))))
    save_images(tmp_path / "mine.npz", **{f"{known}_train": np.zeros(900, int)})
    config_checks.check(changed(mine))
    (tmp_path / "mine.npz").write_bytes(b"damaged")
    config_checks.check(changed(mine))  # which loading it will say


@pytest.mark.parametrize("parts", ["", "train/"])
def test_a_folder_without_classes_tells_nothing(parts, tmp_path):
    mine = datasets.build("folder", path="mine")
    assert not mine.tells_nothing(tmp_path)  # it is not there
    (tmp_path / "mine" / parts / ".hidden").mkdir(parents=True)
    assert mine.tells_nothing(tmp_path)
    (tmp_path / "mine" / parts / "cats").mkdir()
    assert not mine.tells_nothing(tmp_path)


def test_modules_behind_a_script_are_found_through_other_modules(monkeypatch):
    monkeypatch.chdir(ROOT)
    found = code_identity.behind("workflow/scripts/fit_sampler.py", "samplers/empirical_beta")
    assert "workflow/expost/samplers/fit_and_pool.py" in found
    assert "workflow/expost/samplers/base.py" in found
    assert "workflow/expost/samplers/numerics/margins.py" in found  # through empirical_beta
    assert "workflow/expost/samplers/vine.py" not in found  # editing vines refits vines only
    assert "workflow/expost/training/loop.py" not in found
    assert not [path for path in found if path.endswith("__init__.py")]  # registries
    assert found == sorted(found)
    assert all((ROOT / path).is_file() for path in found)


@pytest.mark.parametrize("script", sorted(ROOT.glob("workflow/scripts/*.py")), ids=lambda p: p.stem)
def test_every_script_is_short_and_has_its_modules_declared(script):
    assert len(script.read_text().splitlines()) <= 40
    rules = "\n".join(path.read_text() for path in ROOT.glob("workflow/rules/*.smk"))
    assert f'"../scripts/{script.name}"' in rules
    if script.stem != "download":  # a file that is there is not fetched again
        assert f'"{script.stem}"' in rules.replace(f'"../scripts/{script.name}"', "")
