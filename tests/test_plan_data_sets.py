"""Figures are drawn for the data sets that have what they want, and say which have not."""

import numpy as np
import pytest
import yaml
from expost.study import data_sets, summary
from planning import VECTORS, figure, planned

NPZ = {"kind": "npz", "path": "mine.npz"}
CODES = {"on": ["digits", "codes"], "datasets": {"codes": VECTORS}}


def save_images(path, **known):
    images = np.zeros((900, 1, 16, 16), np.uint8)
    np.savez(path, images_train=images, images_test=images, **known)


def mine(folder, **config):
    return {"on": ["mine"], "datasets": {"mine": NPZ}, "data_dir": str(folder)} | config


def without(plan, dataset):
    return {name for name, figure in plan.figures.items() if dataset in figure.left_out}


def drawn(plan, dataset):
    return {name for name, figure in plan.figures.items() if dataset in figure.datasets}


def test_figures_of_groups_leave_out_images_that_nothing_is_known_of(tmp_path):
    save_images(tmp_path / "mine.npz")
    plan = planned(None, mine(tmp_path, on=["digits", "mine"]))
    groups = {"targeted_sampling", "recombination"}
    assert without(plan, "mine") == groups | {"trade_off"}  # whose classifier has nothing to learn
    assert drawn(plan, "digits") > groups
    assert not [run for run in plan.figures["recombination"].runs if run.dataset == "mine"]
    groups, features = summary.left_out(plan)
    assert groups == (
        "targeted_sampling, recombination: not for mine, as it has neither labels nor attributes"
    )
    start = "trade_off: not for mine, as there is nothing to train a classifier on; `"
    assert features.startswith(start)
    offered = yaml.safe_load(features.removeprefix(start).partition("`")[0])["overrides"]["ebcae"]
    mended = planned(offered, mine(tmp_path, on=["digits", "mine"]))
    assert "trade_off" in drawn(mended, "mine")
    spaces = {run: mended.spaces(run) for run in mended.figures["trade_off"].runs_of("mine")}
    assert {*spaces.values()} == {("resnet34",)}
    assert summary.left_out(mended) == [groups]


def test_a_figure_that_is_asked_for_no_features_is_offered_some(tmp_path):
    save_images(tmp_path / "mine.npz")
    _, note = summary.left_out(planned({"features": []}, mine(tmp_path)))
    assert note.startswith("trade_off: not for mine, as no feature space is asked for; `overrides")


def test_another_feature_space_can_stand_for_the_classifier(tmp_path):
    save_images(tmp_path / "mine.npz")
    plan = planned({"features": ["classifier", "resnet34"]}, mine(tmp_path))
    assert "trade_off" in drawn(plan, "mine")
    assert {plan.spaces(run) for run in plan.figures["scores"].runs} == {("resnet34",)}


@pytest.mark.parametrize("known", ["labels", "attributes"])
def test_images_of_which_something_is_known_have_groups(known, tmp_path):
    told, about = np.arange(900) % 4, {}
    if known == "attributes":
        told = np.eye(4, dtype=int)[told]
        about["attribute_names"] = np.array(["Hat", "Beard", "Tie", "Ring"])
    about |= {f"{known}_{part}": told for part in ("train", "test")}
    save_images(tmp_path / "mine.npz", **about)
    plan = planned(None, mine(tmp_path))
    assert not summary.left_out(plan)
    groups = {n: plan.groups(n, "mine") for n in ("targeted_sampling", "recombination")}
    if known == "attributes":
        assert groups["targeted_sampling"] == ["Hat", "Beard", "Tie"]
        assert groups["recombination"] == ["Hat", "not Hat"]
    else:
        assert groups == {"targeted_sampling": [0, 1, 2], "recombination": [0, 1]}


def test_nothing_is_left_out_for_an_archive_that_is_not_there(tmp_path):
    assert not summary.left_out(planned(None, mine(tmp_path)))


def test_vectors_have_figures_of_codes_and_numbers_only():
    plan = planned(None, CODES)
    assert drawn(plan, "codes") == {
        *("scores", "metrics_over_epochs", "metrics_over_sample_size", "computing_times"),
        *("tsne", "vine_trees"),
    }
    (note,) = summary.left_out(plan)
    assert note.endswith(": not for codes, as it has vectors and no images")
    assert set(note.partition(":")[0].split(", ")) == without(plan, "codes")
    assert {plan.spaces(run) for run in plan.figures["scores"].runs if run.dataset == "codes"} == {
        ()
    }


@pytest.mark.parametrize(
    ("on", "items", "spaces"),
    [
        (["digits"], ["images"], ["pixels", "codes", "features of classifier"]),
        (["codes"], ["vectors"], ["vectors", "codes"]),
    ],
)
def test_the_report_says_what_is_scored_and_where(on, items, spaces):
    found = summary.summary(planned(None, CODES | {"on": on}))
    assert found["items"] == items
    assert found["spaces"] == spaces


def test_a_figure_names_its_own_data_sets():
    plan = planned(figure("tsne", on=["codes"]), CODES | {"on": ["digits"]})
    assert drawn(plan, "codes") == {"tsne"}
    assert "tsne" not in drawn(plan, "digits")


def test_groups_that_are_not_named_are_the_first_that_there_are():
    usual = data_sets.describe("digits", {"kind": "digits"}, ".")
    assert (usual.targets, usual.recombined) == ([0, 1, 2], [0, 1])
    entry = {"kind": "digits", "groups": {"targets": ["not 3"], "margins_of": 7}}
    some = data_sets.describe("digits", entry, ".")
    assert (some.targets, some.recombined) == (["not 3"], [0, 7])


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ({"targets": [10]}, r"group 10; wanted a class, 0\.\.9 in the groups of data set 'digits'"),
        ({"targets": ["Hat"]}, "group 'Hat'; wanted a class"),
        ({"margins_of": "not 11"}, "group 'not 11'; wanted a class"),
        ({"margins_of": 8, "dependence_of": 8}, "dependence and the margins of 8 in the groups"),
    ],
)
def test_groups_that_cannot_be_are_refused(groups, message):
    with pytest.raises(ValueError, match=message):
        planned(None, {"datasets": {"digits": {"groups": groups}}})


def test_every_reason_of_a_data_set_is_one_that_kinds_ask_for():
    """Or a capability that is spelt otherwise would never keep a figure from being drawn."""
    lacks = data_sets.describe("codes", VECTORS, ".").lacks
    wanted = {what for kind in planned().figures.values() for what in kind.kind.capabilities}
    assert wanted <= {"images", "classes", "groups", "features"}
    others = {what for what in lacks if not what.startswith("features")}
    assert others == {"images", "classes", "groups"}
