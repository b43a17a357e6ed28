"""Options of trainings are looked at when planning: each by its own name, with what to write."""

import inspect
import re

import pytest
import torch
from conftest import ROOT
from expost.study import definitions, overlays, remedies
from expost.training import optimisers
from planning import CONFIG, STUDIES, planned

SCHEMAS = ROOT / "workflow/schemas"
WHERE = "autoencoder 'ae' of study 'ebcae' on data set 'digits'"


def sgd(**options):
    return {"optimiser": {"name": "SGD"} | options}


def mlp(**options):
    return {"networks": {"name": "mlp"} | options}


def plateau(**options):
    return {"schedule": {"kind": "halved_on_plateau"} | options, "validation": 9}


@pytest.mark.parametrize(
    ("training", "message"),
    [
        ({"optimiser": {"learning_rate": "1e-4"}}, "learning_rate '1e-4'; .*: write 1.0e-4,"),
        ({"optimiser": {"learning_rate": True}}, "learning_rate True; wanted a number above 0"),
        ({"optimiser": {"weight_decay": "1e-4"}}, "optimiser.weight_decay '1e-4'; .* 1.0e-4,"),
        (
            {"optimiser": {"weight_decay": -1}},
            "optimiser.weight_decay -1; wanted a number of at least 0",
        ),
        ({"optimiser": {"eps": False}}, "optimiser.eps False; wanted a number"),
        ({"optimiser": {"eps": [1]}}, r"optimiser.eps .*; wanted a number"),
        ({"optimiser": {"betas": 0.9}}, "optimiser.betas 0.9; wanted a list of 2 numbers"),
        ({"optimiser": {"betas": [0.9]}}, r"betas \[0.9\]; wanted a list of 2 numbers"),
        ({"optimiser": {"betas": [0.9, "1e-2"]}}, r"optimiser.betas\[1\] '1e-2'; .* 1.0e-2,"),
        ({"optimiser": {"betas": [0.9, 1.5]}}, r"betas\[1\] 1.5; .* at least 0 and below 1"),
        ({"optimiser": {"amsgrad": 1}}, "optimiser.amsgrad 1; wanted true or false"),
        ({"optimiser": {"amsgrad": "yes"}}, "optimiser.amsgrad 'yes'; wanted true or false"),
        ({"optimiser": {"name": "AdamW", "betas": [2, 0.9]}}, r"betas\[0\] 2"),
        ({"optimiser": {"name": "adam"}}, "optimiser 'adam'.* .did you mean 'Adam'"),
        ({"optimiser": {"name": "Optimizer"}}, "unknown optimiser 'Optimizer'"),
        ({"optimiser": {"name": "Muon"}}, "got optimiser 'Muon'; .* none of .*Muon"),
        (sgd(momentum="9e-1"), "optimiser.momentum '9e-1'; .*: write 9.0e-1,"),
        (sgd(momentum=-0.5), "momentum -0.5; wanted a number of at least 0"),
        (sgd(nesterov=True), "nesterov without momentum"),
        (sgd(nestrov=True), "unknown option nestrov.*did you mean 'nesterov'"),
        (plateau(patience="5"), "patience '5'; .*: write 5, without"),
        (plateau(patience=2.5), "patience 2.5; wanted a whole number of at least 1"),
        (plateau(factor="5e-1"), "factor '5e-1'; .* above 0 and below 1, not text: write 5.0e-1"),
        (plateau(factor=1.5), "factor 1.5; wanted a number above 0 and below 1"),
        (plateau(minimum=-1), "minimum -1; wanted a number of at least 0"),
        (plateau(patiense=5), "unknown option patiense; .*did you mean 'patience'"),
        (mlp(hidden=128), "got hidden 128; wanted a list"),
        (mlp(hidden="128"), "got hidden '128'; wanted a list"),
        (mlp(hidden=[]), r"got hidden \[\]; wanted a list"),
        (mlp(hidden=[30.5]), r"hidden\[0\] 30.5; wanted a whole number of at least 1"),
        (mlp(hidden=[True]), r"hidden\[0\] True; wanted a whole number"),
        (mlp(hidden=["1e2"]), r"hidden\[0\] '1e2'; .*: write 100, without"),
        (mlp(slope="2e-1"), "slope '2e-1'; .*: write 2.0e-1,"),
        (mlp(slope=-0.5), "slope -0.5; wanted a number of at least 0"),
        (mlp(width="1e-1"), "width '1e-1'; .*: write 1.0e-1,"),
        ({"players": {"autoencoder": {"steps": "2"}}}, "steps of the player .* '2'; .* write 2,"),
        ({"players": {"autoencoder": {"optimiser": "Adam"}}}, "optimiser 'Adam'; wanted a mapping"),
        ({"players": {"autoencoder": {"optimiser": {"eps": "1e-9"}}}}, "'1e-9'.*1.0e-9"),
        ({"players": {"autoencodr": {}}}, "player autoencodr; .*did you mean 'autoencoder'"),
    ],
)
def test_options_of_trainings_are_refused_by_name(training, message):
    with pytest.raises(ValueError, match=f"{message}.*{WHERE}"):
        planned({"training": training})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"beta": "1e-4"}, "got options.beta '1e-4'; .*: write 1.0e-4,"),
        ({"beta": True}, "got options.beta True; wanted a number"),
        ({"beta": -1}, "got options.beta -1; wanted a number of at least 0"),
        ({"bata": 1}, "got unknown option bata.*did you mean 'beta'"),
        ({"log_sigma": "tan"}, "got options.log_sigma 'tan'; .*did you mean 'tanh'"),
    ],
)
def test_options_of_objectives_are_refused_by_name(options, message):
    with pytest.raises(ValueError, match=f"{message}.*autoencoder 'vae' of study 'ebcae'"):
        planned({"autoencoders": {"vae": {"options": options}}})


@pytest.mark.parametrize("value", [2**63, -(2**63), pytest.param(10**400, id="long")])
def test_whole_numbers_that_nothing_can_hold_are_refused_with_their_place(value):
    place = "overrides.ebcae.autoencoders.vae.options.samples"
    with pytest.raises(ValueError, match=f"got -?[0-9.]+ for {place}; wanted .* at most 9223372"):
        planned({"autoencoders": {"vae": {"options": {"samples": value}}}})


@pytest.mark.parametrize(
    "optimiser",
    [
        {"name": "Adam", "betas": [0, 0.9]},
        {"name": "Adam", "foreach": True},
        {"name": "AdamW", "differentiable": True},
        {"name": "Adafactor", "eps": [None, 0.001], "beta2_decay": -0.5},
        {"name": "SGD", "nesterov": True, "momentum": 0.9},
        {"name": "Rprop", "etas": [0.5, 2]},
    ],
)
def test_what_passes_is_what_pytorch_takes(optimiser):
    optimisers.check(optimiser)
    assert optimisers.build(optimiser, [torch.nn.Parameter(torch.zeros(2, 2))])


def options_of(name):
    """The options of one of PyTorch's optimisers, with their defaults."""
    arguments = inspect.signature(getattr(torch.optim, name)).parameters.values()
    return {a.name: a.default for a in arguments if a.name not in ("params", "lr")}


NAMES = {
    name
    for name, one in vars(torch.optim).items()
    if isinstance(one, type) and issubclass(one, torch.optim.Optimizer)
} - {"Optimizer"}


@pytest.mark.parametrize("name", sorted(NAMES - set(optimisers.LEFT_OUT)))
@pytest.mark.parametrize("value", [-1, -0.5, 0, 0.5, 1.5, 100])
def test_numbers_that_pytorch_refuses_are_refused_without_it(name, value):
    numbers = [k for k, v in options_of(name).items() if type(v) in (int, float)]
    pairs = [k for k, v in options_of(name).items() if isinstance(v, tuple)]
    options = [{k: value} for k in numbers]
    options += [{k: part} for k in pairs for part in ([0.5, value], [value, 0.5])]
    for option in options:
        optimiser = {"name": name} | option
        try:
            optimisers.check(optimiser)
        except ValueError:
            continue
        optimisers.build(optimiser, [torch.nn.Parameter(torch.zeros(2))])


def test_every_optimiser_of_pytorch_is_known_or_left_out():
    for name in NAMES - set(optimisers.LEFT_OUT):
        optimisers.check({"name": name})
        optimisers.build({"name": name}, [torch.nn.Parameter(torch.zeros(2))])
    assert set(optimisers.LEFT_OUT) <= NAMES


@pytest.mark.parametrize(
    ("name", "whole", "said"),
    [
        ("config", {"draw": 3}, "Of a study is 'draws': write `overrides: {ebcae: {draws: …}}`"),
        ("config", {"epochs": [2]}, "write `overrides: {ebcae: {training: {epochs: …}}}`"),
        ("config", {"on": "mine"}, "Wanted a list, as in `on: .mine.`$"),
        ("config", {"device": "gpu"}, "Wanted one of auto, cpu, cuda$"),
        ("config", {"datasets": {"digits": {"size": "32"}}}, "Got size '32'; .*: write 32,"),
        ("config", {"datasets": {"digits": {"size": 30}}}, "Write 24 or 32$"),
        ("config", {"datasets": {"digits": {"size": 20}}}, "Write 16 or 24$"),
        ("config", {"datasets": {"my Shapes": {"kind": "npz"}}}, "digits and _: write my_shapes$"),
        ("config", {"datasets": {"2": {"kind": "npz"}}}, None),
        ("config", {"datasets": {"path": "my/images"}}, "Wanted keys and values below 'path', t"),
        ("study", {"seeds": 2}, "Wanted a list, as in `seeds: .2.`$"),
        ("config", {"overide": {}}, "Known are studies, .*did you mean 'overrides'"),
        ("config", {"device": "cdua"}, "Wanted one of auto, cpu, cuda .did you mean 'cuda'"),
        ("config", {"threads": 2.0}, None),
        ("config", {"threads": "2"}, "Got threads '2'; .* whole number, not text: write 2,"),
        (
            "config",
            {"datasets": {"digits": {"kind": "digits", "classifier": {"learning_rate": "1e-4"}}}},
            "Got learning_rate '1e-4'; .*: write 1.0e-4,",
        ),
        ("study", {"draw": 3}, "did you mean 'draws'"),
        ("study", {"epochs": [2]}, "Of a training is 'epochs': write `training: {epochs: …}`"),
        ("study", {"training": {"width": "1e-1"}}, "Got width '1e-1'; .*: write 1.0e-1,"),
        ("study", {"training": {"epochs": ["1e1"]}}, "Got epochs '1e1'; .*: write 10,"),
        ("study", {"training": {"latnt": 3}}, "did you mean 'latent'"),
        ("study", {"training": {"keep": "lst"}}, "Wanted one of last, best .did you mean 'last'"),
        ("study", {"figures": {"scores": {"epochs": "frist"}}}, "did you mean 'first'"),
        ("study", {"metrics": ["two_samples"]}, "did you mean 'two_sample'"),
        ("study", {"features": "resnet34"}, r"as in `features: \[resnet34\]`"),
        ("study", {"seeds": "first"}, r"Wanted a list of whole numbers, as \[1, 2\]"),
        ("study", {"training": None}, "nothing behind 'training': leave it out"),
        ("study", {"draws": None}, "nothing behind 'draws': leave it out"),
        ("study", {"training": {"optimiser": "Adam"}}, "Write `optimiser: {name: Adam}`"),
        ("study", {"training": {"schedule": "constant"}}, "Write `schedule: {kind: constant}`"),
    ],
)
def test_what_does_not_fit_the_schema_has_a_remedy(name, whole, said):
    good = CONFIG if name == "config" else definitions.read(STUDIES, "ebcae")
    found = remedies.of(overlays.merged(good, whole), SCHEMAS, name)
    assert re.search(said, found) if said else found == ""


def test_a_key_of_a_study_is_offered_below_the_study_that_is_drawn():
    whole = {"studies": ["rae", "ebcae"], "datasets": {}, "draw": 3}
    found = remedies.of(overlays.merged(CONFIG, whole), SCHEMAS, "config")
    assert found == "Of a study is 'draws': write `overrides: {rae: {draws: …}}`"


def test_every_word_that_is_like_a_known_one_is_offered():
    for change, meant in (
        ({"figures": {"scores": {"kind": "score"}}}, "scores"),
        ({"figures": {"scores": {"methods": ["ea/gmm"]}}}, "ae"),
        ({"figures": {"scores": {"on": ["digit"]}}}, "digits"),
        ({"figures": {"interpolation": {"pair": 3}}}, "pairs"),
        ({"figures": {"metrics_over_epochs": {"over": "epochs"}}}, "epoch"),
        ({"samplers": {"kde": {"bandwith": 1}}}, "bandwidth"),
        ({"samplers": {"gausian": {}}}, "gaussian"),
        ({"autoencoders": {"ae": {"objective": "aee"}}}, "ae"),
        ({"training": {"networks": "ebcae_mnis"}}, "ebcae_mnist"),
        ({"training": {"schedule": {"kind": "constnt"}}}, "constant"),
    ):
        with pytest.raises(ValueError, match=f"did you mean '{meant}'"):
            planned(change)
