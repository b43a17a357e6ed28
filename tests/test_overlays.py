"""Another optimiser, schedule, objective or word of an option has no options of the first."""

import pytest
from expost.study import overlays
from planning import planned


def plan(overrides):
    return planned(None, {"studies": ["rae"], "overrides": {"rae": overrides}})


def entry(name, **keys):
    return {"autoencoders": {name: keys}}


def options(name, **said):
    return entry(name, options=said)


@pytest.mark.parametrize(
    ("overrides", "name", "key", "wanted"),
    [
        ({"training": {"schedule": {"kind": "constant"}}}, "ae", "schedule", {"kind": "constant"}),
        (
            {"training": {"optimiser": {"name": "Rprop"}}},
            *("ae", "optimiser", {"name": "Rprop"}),
        ),
        (
            {"training": {"schedule": {"patience": 2}}},
            *("ae", "schedule", {"kind": "halved_on_plateau", "patience": 2}),
        ),
        (entry("rae_l2", objective="ae"), "rae_l2", "options", None),
        (
            entry("cv_vae", objective="rae", options={"penalty": "l2"}),
            *("cv_vae", "options", {"penalty": "l2"}),
        ),
        (
            options("rae_l2", penalty="gradient"),
            *("rae_l2", "options"),
            {"penalty": "gradient", "beta": 1e-4, "weight": 1e-7, "embedding": "mean_square"},
        ),
        (
            options("rae_l2", penalty="none"),
            *("rae_l2", "options", {"penalty": "none", "beta": 1e-4, "embedding": "mean_square"}),
        ),
        (
            {"figures": {"rae_scores": {"turns": {"rae_sn": {"options.penalty": ["none"]}}}}},
            *("rae_sn-penalty-none", "options"),
            {"penalty": "none", "beta": 0.009, "embedding": "mean_square"},
        ),
    ],
)
def test_what_overrides_replace_leaves_nothing_behind(overrides, name, key, wanted):
    assert plan(overrides).training("digits", f"rae.{name}").get(key) == wanted


def test_a_data_sets_own_options_go_too():
    study = plan(options("rae_l2", penalty="gradient")).study("rae")
    assert study["autoencoders"]["rae_l2"]["on"]["celeba"]["options"] == {}
    assert study["autoencoders"]["rae_l2"]["on"]["cifar10"]["options"]["weight"] == 1e-6
    study = plan(entry("cv_vae", objective="ae")).study("rae")
    assert study["autoencoders"]["cv_vae"]["on"] == {"cifar10": {}, "celeba": {}}
    of_one = entry("rae_l2", on={"digits": {"options": {"penalty": "none"}}})
    assert "l2_of" not in plan(of_one).training("digits", "rae.rae_l2")["options"]


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (options("rae", weight=1), "options.weight 1 with penalty 'none'"),
        (options("rae_l2", penalty="gradient", l2_of="kernels"), "options.l2_of 'kernels' with"),
        (options("rae_l2", penalty="gp"), "options.penalty 'gp'; wanted one of none, l2"),
        (entry("vae", objective="ae", options={"beta": 1}), "'ae' got unknown option beta"),
        (entry("vae", objective="va"), "unknown objective 'va'"),
        (
            {"training": {"schedule": {"kind": "constant", "patience": 2}}},
            "unknown option patience",
        ),
        ({"autoencoders": {"vae": None}}, "None is not of type 'object'"),
        ({"autoencoders": {"vae": {"options": [1]}}}, "is not of type 'object'"),
        ({"autoencoders": {"vae": {"on": [1]}}}, "is not of type 'object'"),
        ({"training": {"players": [1]}}, "is not of type 'object'"),
        ({"autoencoders": [1]}, "is not of type 'object'"),
        ({"training": 3}, "is not of type 'object'"),
        (entry("vae", objective=["ae"]), "is not of type 'string'"),
    ],
)
def test_what_overrides_say_themselves_is_refused_as_ever(overrides, message):
    with pytest.raises(ValueError, match=message):
        plan(overrides)


def test_a_figure_of_another_kind_has_no_options_of_the_first():
    shown = plan({"figures": {"rae_figure1": {"kind": "scores"}}}).figures["rae_figure1"]
    assert shown.kind_name == "scores"
    assert "axis" not in shown.options
    assert len(shown.turns[0].values) == 3
    for change in ({"axis": "a"}, {"kind": "sweep"}):
        kept = plan({"figures": {"rae_figure1": change}}).figures["rae_figure1"]
        assert kept.options["axis"] == change.get("axis", "draws a step")
    with pytest.raises(ValueError, match="'rae_figure1' of study 'rae' has no option axis"):
        plan({"figures": {"rae_figure1": {"kind": "scores", "axis": "a"}}})


def test_players_keep_what_is_of_the_same_name():
    first = {"objective": "gen", "players": {"a": {"schedule": {"kind": "falling", "after": 0.5}}}}
    same = {"players": {"a": {"schedule": {"after": 0.7}}}}
    other = {"players": {"a": {"schedule": {"kind": "constant"}}}}
    found = [
        overlays.trained(first, change)["players"]["a"]["schedule"] for change in (same, other)
    ]
    assert found == [{"kind": "falling", "after": 0.7}, {"kind": "constant"}]
    assert first["players"]["a"]["schedule"]["after"] == 0.5
