"""Samplers that are one under other options, and claims that compare what is one, or none."""

import numpy as np
import pandas as pd
import pytest
from claiming import entry, judged, load, tidy
from expost.papers.claims import verdicts
from expost.papers.claims.identity import Identity
from expost.samplers import build
from expost.study import identities
from planning import planned
from scipy import stats

N, D = 40, 3
CONTROLS = ("ae/copy", "ae/held_out")
ONE = {  # options that come to the same for 40 codes of 3 dimensions
    "vine": [{"truncation": None}, {"truncation": 2}, {"truncation": 15}],
    "vine of no tree": [{"truncation": 0}, {"truncation": 0, "grid": 10}],
    "vine of normal pairs": [{"family": "gaussian"}, {"family": "gaussian", "grid": 9}],
    "kde": [{"bandwidth": 1}, {"bandwidth": 1.0, "folds": 3}, {"bandwidth": 1, "high": 9}],
    "empirical_beta": [{}, {"degree": None}, {"degree": N}, {"bandwidth": "silverman"}],
    "empirical_beta inside": [
        {"margins": "empirical"},
        {"margins": "empirical", "bandwidth": "robust"},
    ],
    "real_nvp": [
        {"steps": 6},
        {"steps": 6, "epochs": 9},
        {"epochs": 6},
        {"epochs": 6, "batch": 36},
    ],
    "second_vae": [{"steps": 6}, {"steps": 6, "epochs": 9}, {"epochs": 6, "batch": 36}],
}
TWO = {
    "vine": [{"truncation": 1}, {"truncation": 2}, {"truncation": 0}, {"family": "gaussian"}],
    "kde": [{"bandwidth": 0.5}, {"bandwidth": 1}, {}, {"folds": 3}, {"scale": "standardise"}],
    "empirical_beta": [{}, {"degree": 20}, {"degree": "auto"}, {"margins": "empirical"}],
    "gmm": [{}, {"n_components": 1}, {"n_components": 1, "reg_covar": 0.5}],
    "real_nvp": [{}, {"steps": 6}, {"steps": 6, "patience": None}, {"steps": 6, "batch": 8}],
    "flow_matching": [{}, {"steps": 6}, {"patience": None}, {"averaging": 0}, {"ode_steps": 9}],
    "second_vae": [{}, {"steps": 6}, {"gamma": 1}, {"halve_every": None}, {"patience": None}],
}


def comes_to(name, options):
    return identities._text(build(name.split()[0], **options).in_effect(N, D))


@pytest.mark.parametrize("name", ONE)
def test_options_without_effect_make_no_other_sampler(name):
    assert len({comes_to(name, options) for options in ONE[name]}) == 1
    codes = np.random.default_rng(0).standard_normal((N, D))
    quick = {"hidden": 8} if name in ("real_nvp", "second_vae") else {}
    drawn = [build(name.split()[0], **o, **quick).fit(codes, 0).sample(9, 1) for o in ONE[name]]
    for other in drawn[1:]:
        np.testing.assert_allclose(other, drawn[0], rtol=1e-9)


@pytest.mark.parametrize("name", TWO)
def test_options_with_effect_make_another(name):
    assert len({comes_to(name, options) for options in TWO[name]}) == len(TWO[name])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("gaussian", {}), ("gmm", {"n_components": 1, "max_iter": 9})),
        (("independent", {}), ("empirical_beta", {"degree": 1})),
        (
            ("independent", {"bandwidth": "robust"}),
            ("empirical_beta", {"degree": 1, "bandwidth": "robust"}),
        ),
    ],
)
def test_two_samplers_of_one_law(one, other):
    assert comes_to(*one) == comes_to(*other)
    codes = np.random.default_rng(0).standard_normal((N, D)) @ np.triu(np.ones((D, D)))
    first, second = (build(n, **o).fit(codes, 0).sample(5000, 1) for n, o in (one, other))
    for j in range(D):
        assert stats.ks_2samp(first[:, j], second[:, j]).pvalue > 1e-4
    np.testing.assert_allclose(np.corrcoef(first.T), np.corrcoef(second.T), atol=0.08)


def test_a_plan_sees_through_options_and_what_a_training_says_needlessly():
    names = {
        "whole": {"sampler": "vine", "truncation": None},
        "capped": {"sampler": "vine", "truncation": 9},
        "low": {"sampler": "vine", "truncation": 8},
        "one": {"sampler": "gmm", "n_components": 1},
        "most": {"sampler": "empirical_beta", "degree": 100},
    }
    methods = [f"ae/{name}" for name in (*names, "vine", "gaussian", "empirical_beta")]
    plan = planned(
        {
            "autoencoders": {
                "vae": {"objective": "vae"},
                "again": {"objective": "vae", "options": {"beta": 1}, "epochs": [5]},
                "other": {"objective": "vae", "options": {"beta": 2}},
            },
            "samplers": names,
            "figures": {
                "scores": {
                    "methods": [*methods, "vae/kde", "again/kde", "other/kde", *CONTROLS],
                    "sizes": [100, 200],
                    "epochs": "last",
                }
            },
        }
    )
    known = identities.methods(plan, [plan.figures["scores"]])["digits"]
    assert known["ae/whole"] == known["ae/capped"] == known["ae/vine"] != known["ae/low"]
    assert known["ae/one"] == known["ae/gaussian"]
    assert known["ae/most"][100] == known["ae/empirical_beta"][100]
    assert known["ae/most"][200] != known["ae/empirical_beta"][200]
    assert known["vae/kde"] == known["again/kde"] != known["other/kde"]


def told(tmp_path, table, same=None, **test):
    claims = load(tmp_path, entry(test=test))
    found = verdicts.judge(claims, {"scores": table}, 2000, same and {"digits": same})
    return found["verdict"][0], found["reason"][0]


def test_methods_that_are_one_at_one_size_only(tmp_path):
    whole, low = Identity("ae", "empirical_beta", "n"), Identity("ae", "empirical_beta", "100")
    same = {"ae/kde": {100: whole, 200: whole}, "ae/vine": {100: whole, 200: low}}
    table = pd.concat(
        tidy({"ae/kde": [1.0, 1.1], "ae/vine": [2.0, 2.1]}, size=size) for size in (100, 200)
    )
    for size, word in ((100, "not tested here"), (200, "supported")):
        at = {"left_at": {"size": size}, "right_at": {"size": size}}
        assert told(tmp_path, table, same, **at)[0] == word


def test_scores_that_are_no_numbers_do_not_count(tmp_path):
    nan, inf = float("nan"), float("inf")
    table = tidy({"ae/kde": [1.0, nan, 1.1, 1.0], "ae/vine": [2.0, 2.1, inf, 2.1]})
    assert judged(tmp_path, table)["seeds"].tolist() == [2]
    table = tidy({"ae/kde": [nan, nan], "ae/vine": [2.0, 2.1]})
    found = told(tmp_path, table)
    assert found == ("not tested here", "no finite scores of features/emd of ae/kde")


def test_a_seed_that_is_there_twice_is_no_other_seed(tmp_path):
    table = tidy({"ae/kde": [1.0, 1.0], "ae/vine": [2.0, 2.0]}).assign(seed=0)
    word, reason = told(tmp_path, table)
    assert (word, reason.partition(" of ")[0]) == ("not tested here", "several scores")


@pytest.mark.parametrize(
    ("metric", "left", "right", "word"),
    [
        ("c_t", -20.0, 2.0, "not supported"),
        ("c_t", -2.0, 2.0, "supported"),
        ("one_nn", 0.5, 0.75, "supported"),
        ("one_nn", 0.99, 0.75, "not supported"),
        ("one_nn", 0.1, 0.75, "not supported"),
        ("density", 0.2, 0.9, "not supported"),
        ("density", 1.02, 0.9, "supported"),
        ("kid", -0.01, -0.01, "not tested here"),
        ("kid", -0.01, 0.2, "not tested here"),
        ("kid", 0.1, 0.2, "supported"),
    ],
)
def test_so_many_times_as_bad_is_told_from_where_a_metric_is_best(
    tmp_path, metric, left, right, word
):
    both = {"ae/kde": [left, left * 1.001], "ae/vine": [right, right * 1.001]}
    test = {"kind": "within_factor", "factor": 1.5, "by": [f"features/{metric}"]}
    assert told(tmp_path, tidy(both, f"classifier/{metric}"), **test)[0] == word
