"""How an autoencoder is trained on a data set: layers of a study, each before the next."""

import subprocess
import sys

import pytest
from conftest import ROOT
from expost.study import definitions
from planning import VECTORS, planned, write_study

ON = {"mnist": {"batch": 64}, "vectors": {"networks": "mlp"}}
STUDY = {
    "training": {
        "networks": {"name": "ebcae_mnist", "width": 2},
        "optimiser": {"name": "Adam", "learning_rate": 0.001, "weight_decay": 0.1},
        "schedule": {"kind": "halved_on_plateau", "patience": 3},
        "batch": 128,
        "epochs": [5, 15],
        "on": ON,
    },
    "autoencoders": {"ae": {"objective": "ae"}},
}


def trained(own=None, dataset="digits", vectors=False, **layer):
    """Of the study above with a layer for a data set, and keys of the autoencoder's own."""
    training = STUDY["training"] | {"on": ON | {dataset: ON.get(dataset, {}) | layer}}
    autoencoder = {"objective": "ae"} | (own or {})
    study = {"training": training, "autoencoders": {"ae": autoencoder}}
    return definitions.training(study, "ae", dataset, vectors)


def test_the_studys_training_is_that_of_each_autoencoder():
    usual = {key: value for key, value in STUDY["training"].items() if key != "on"}
    assert definitions.training(STUDY, "ae", "digits") == usual | {"objective": "ae"}
    assert "on" in STUDY["training"]


def test_each_layer_goes_before_the_one_that_it_changes():
    assert trained(dataset="mnist")["batch"] == 64
    assert trained({"batch": 32}, dataset="mnist")["batch"] == 32
    assert trained({"batch": 32, "on": {"mnist": {"batch": 16}}}, "mnist")["batch"] == 16
    assert trained({"on": {"mnist": {"batch": 16}}})["batch"] == 128


def test_vectors_have_a_layer_of_their_own_before_their_names():
    assert trained(dataset="codes")["networks"] == STUDY["training"]["networks"]
    assert trained(dataset="codes", vectors=True)["networks"] == "mlp"
    assert trained(dataset="codes", vectors=True, networks="other")["networks"] == "other"


@pytest.mark.parametrize(
    ("key", "change", "wanted"),
    [
        (
            "optimiser",
            {"learning_rate": 0.5},
            {"name": "Adam", "learning_rate": 0.5, "weight_decay": 0.1},
        ),
        (
            "optimiser",
            {"name": "Adam", "learning_rate": 0.5},
            {"name": "Adam", "learning_rate": 0.5, "weight_decay": 0.1},
        ),
        ("optimiser", {"name": "SGD", "momentum": 0.9}, {"name": "SGD", "momentum": 0.9}),
        ("schedule", {"patience": 9}, {"kind": "halved_on_plateau", "patience": 9}),
        ("schedule", {"kind": "constant"}, {"kind": "constant"}),
        ("networks", {"width": 3}, {"name": "ebcae_mnist", "width": 3}),
        ("networks", {"name": "mlp"}, {"name": "mlp"}),
        ("networks", "mlp", "mlp"),
    ],
)
def test_options_are_merged_unless_they_are_of_another(key, change, wanted):
    """Momentum beside Adam's decay, or a patience of constants, would be nobody's option."""
    assert trained(**{key: change})[key] == wanted
    assert trained({key: change})[key] == wanted


def test_options_are_added_to_networks_that_have_a_name_only():
    found = trained({"networks": {"hidden": [8]}}, "codes", True)
    assert found["networks"] == {"name": "mlp", "hidden": [8]}


@pytest.mark.parametrize(
    ("training", "size", "message"),
    [
        ({"networks": "ebcae_svnh"}, 32, "unknown networks 'ebcae_svnh'.*ebcae_mnist"),
        ({"networks": {"name": None}}, 32, "unknown networks None"),
        ({"networks": {"name": "mlp", "depth": 3}}, 32, "'mlp' has no option 'depth'"),
        ({"networks": "ebcae_celeba"}, 16, "got images of 16x16.* want both sides"),
        ({"optimiser": {"name": "Adma"}}, 32, "unknown optimiser 'Adma'"),
        ({"optimiser": {"momentum": 0.9}}, 32, "'Adam' got unknown option momentum"),
        ({"schedule": {"kind": "halved_on_plateau"}}, 32, "validation"),
        ({"keep": "best"}, 32, "`keep: best` with `validation: 0`"),
        ({"players": {"critic": {"optimizer": {}}}}, 32, "'critic' got unknown settings optimizer"),
    ],
)
def test_trainings_that_could_not_start_are_refused(training, size, message):
    config = {"datasets": {"digits": {"size": size}}}
    where = "autoencoder 'ae' of study 'ebcae' on data set 'digits'"
    with pytest.raises(ValueError, match=f"{message}.*{where}"):
        planned({"training": training}, config)


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"objective": "vea"}, "unknown objective 'vea'; wanted one of ae, vae"),
        ({"options": {"beta": 2}}, "'ae' got unknown option beta"),
    ],
)
def test_objectives_and_their_options_are_known(own, message):
    with pytest.raises(ValueError, match=message):
        planned({"autoencoders": {"ae": own}})


def test_a_training_has_epochs(tmp_path):
    training = {"networks": "ebcae_mnist"}
    write_study(tmp_path, "ebcae", training=training)
    with pytest.raises(ValueError, match="a training lacks its epochs .autoencoder 'ae' of study"):
        planned(None, None, tmp_path)


def test_vectors_are_trained_by_networks_for_them():
    config = {"on": ["codes"], "datasets": {"codes": VECTORS}}
    plan = planned(None, config)
    assert plan.training("codes", "ebcae.ae")["networks"] == "mlp"
    assert plan.training("codes", "ebcae.ae")["reconstruction"] == "squared_error"


def test_planning_loads_no_torch():
    code = "import planning, sys; planning.planned(); print('torch' in sys.modules)"
    path = f"import sys; sys.path[:0] = ['{ROOT / 'tests'}', '{ROOT / 'workflow'}']; "
    run = subprocess.run([sys.executable, "-c", path + code], capture_output=True, text=True)
    assert run.stdout == "False\n", run.stderr
