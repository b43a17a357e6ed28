"""`codes=my.npy` adds a data set and a study of it, with numbers that the codes allow."""

import copy

import numpy as np
import pytest
from expost.study import data_sets, own_codes
from expost.study.plan import Plan
from jsonschema import Draft202012Validator
from planning import CONFIG, STUDIES, kinds, planned, schema, validate


@pytest.fixture
def added(tmp_path, monkeypatch):
    """A function: the config with so many codes, and what is said of it."""
    monkeypatch.chdir(tmp_path)

    def of(n, d=4, test=None, **changes):
        np.save("my.npy", np.random.default_rng(0).normal(size=(n, d)))
        if test is not None:
            np.save("test.npy", np.random.default_rng(1).normal(size=(test, d)))
            changes["test"] = "test.npy"
        whole = copy.deepcopy(CONFIG) | {"codes": "my.npy"} | changes
        Draft202012Validator(schema("config")).validate(whole)
        return own_codes.added(whole, STUDIES)

    return of


def plan_of(config):
    return Plan(config, kinds.every(), STUDIES, validate, ["compare"])


@pytest.mark.parametrize(
    ("n", "test", "size", "draws"),
    [(300, None, 225, 37), (300, 90, 300, 45), (20_000, None, 10_000, 2_000)],
)
def test_as_many_codes_and_draws_as_there_can_be(n, test, size, draws, added):
    config, notes = added(n, test=test)
    plan = plan_of(config)
    figures = [figure for figure in plan.figures.values() if figure.study == "compare"]
    runs = {run for figure in figures for run in figure.runs if figure.name != "compare_normality"}
    assert {(run.size, run.draws) for run in runs} == {(size, draws)}
    assert {run.dataset for run in runs} == {"codes"}
    assert {run.autoencoder for run in runs} == {"compare.given"}
    assert {run.epoch for run in runs} == {0}
    assert not notes
    assert not any(figure.left_out for figure in figures)


def test_other_studies_are_drawn_as_before(added):
    config, _ = added(300)
    plan, before = plan_of(config), planned()
    for name, figure in before.figures.items():
        assert plan.figures[name].runs == figure.runs


def test_what_the_config_says_itself_stays(added):
    said = {"compare": {"draws": 20, "seeds": [5], "figures": {"compare_pairs": {"dimensions": 2}}}}
    config, _ = added(300, overrides=said)
    plan = plan_of(config)
    found = plan.figures["compare_pairs"]
    assert {(run.draws, run.size, run.seed) for run in found.runs} == {(20, 225, 5)}
    assert found.options["dimensions"] == 2


def test_once_more_changes_nothing(added):
    """As jobs do, in processes of their own."""
    config, _ = added(300)
    assert own_codes.added(config, STUDIES)[0] == config


def test_samplers_that_do_not_suit_are_left_out_and_named(added):
    config, notes = added(300, d=1)
    shown = {run.sampler for run in plan_of(config).figures["compare_scores"].runs}
    assert "real_nvp" not in shown
    assert {"empirical_beta", "copy", "held_out"} <= shown
    assert any(note.startswith("real_nvp: RealNVP wants codes of at least 2") for note in notes)


def test_codes_of_one_dimension_have_no_pairs(added):
    plan = plan_of(added(300, d=1)[0])
    for name in ("compare_pairs", "compare_correlations"):
        assert plan.figures[name].left_out == {"codes": "it has one dimension"}
    assert plan.figures["compare_margins"].datasets == ("codes",)


def test_too_few_codes_are_refused(added):
    with pytest.raises(ValueError, match="got 57 codes of my.npy to fit to and 19 to test by"):
        added(76)


@pytest.mark.parametrize("name", ["{dataset}.npy", "a{b.csv"])
def test_a_path_is_no_pattern(name, added):
    with pytest.raises(ValueError, match="wanted one without braces"):
        added(300, codes=name)
    entry = {"kind": "npz", "path": f"{name}.npz"}
    assert "without braces" in data_sets.describe("mine", entry, ".").problem


def test_a_test_file_alone_is_refused(tmp_path):
    with pytest.raises(ValueError, match="got test without codes"):
        own_codes.added(copy.deepcopy(CONFIG) | {"test": "my.npy"}, STUDIES)


@pytest.mark.parametrize("target", ["compare", "compare_pairs"])
def test_the_target_says_what_to_write(target):
    with pytest.raises(ValueError, match=rf"--cores 8 {target} --config codes=my\.npy"):
        own_codes.check_asked(CONFIG, ["all", target], STUDIES)
    own_codes.check_asked(CONFIG, ["all", "scores"], STUDIES)


def test_codes_are_not_trained_on_and_images_not_taken_for_codes(added):
    config, _ = added(300)
    with pytest.raises(ValueError, match="wanted the study compare for codes"):
        plan_of(config | {"on": ["codes"]})
    figures = {name: {"on": ["digits"]} for name in ("compare_pairs",)}
    with pytest.raises(ValueError, match="wanted one of the kind codes"):
        plan_of(config | {"overrides": {"compare": {"figures": figures}}})
