"""Verdicts respect what seeds scatter, and say so where nothing can be said."""

import numpy as np
import pandas as pd
import pytest
from claiming import entry, judged, load, tidy, verdict
from expost.papers.claims import pairwise, predicates, ranking, verdicts
from expost.papers.claims.scores import MissingScores, Scores, nearest
from scipy import stats


@pytest.mark.parametrize(
    ("kde", "word", "reason"),
    [
        ([1.0, 1.1, 1.2], "supported", ""),
        ([3.0, 3.1, 3.2], "not supported", "contradicted"),
        ([1.0, 2.5, 2.0], "not supported", "undecided"),
    ],
)
def test_a_verdict_wants_the_whole_interval_on_the_claimed_side(tmp_path, kde, word, reason):
    table = tidy({"ae/kde": kde, "ae/vine": [2.0, 2.1, 2.2]})
    (row,) = judged(tmp_path, table).itertuples()
    assert (row.verdict, row.reason) == (word, reason)
    assert row.seeds == len(kde)


def test_one_seed_tests_nothing(tmp_path):
    (row,) = judged(tmp_path, tidy({"ae/kde": [1.0], "ae/vine": [2.0]})).itertuples()
    assert (row.verdict, row.reason) == ("not tested here", "one seed, and so no interval")


def test_differences_are_taken_seed_by_seed(tmp_path):
    """Seeds scatter by far more than the samplers of one seed differ."""
    seeds = np.array([1.0, 5.0, 9.0])
    table = tidy({"ae/kde": seeds, "ae/vine": seeds + np.array([0.10, 0.11, 0.12])})
    (row,) = judged(tmp_path, table).itertuples()
    low, high = stats.t.interval(0.95, 2, -0.11, stats.sem([0.10, 0.11, 0.12]))
    assert row.estimate == pytest.approx((low + high) / 2)
    assert row.half_width == pytest.approx((high - low) / 2)
    assert row.verdict == "supported"
    shuffled = table.assign(seed=[0, 1, 2, 2, 1, 0])
    assert verdict(tmp_path, shuffled) == "not supported"


def test_seeds_that_one_side_lacks_do_not_count(tmp_path):
    table = tidy({"ae/kde": [1.0, 1.1, 99.0], "ae/vine": [2.0, 2.1]})
    assert judged(tmp_path, table)["seeds"].tolist() == [2]


@pytest.mark.parametrize(
    ("metric", "left", "right"),
    [("emd", 1, 2), ("inception_score", 2, 1), ("one_nn", 0.4, 0.7), ("density", 1.1, 0.8)],
)
def test_better_is_in_the_direction_of_the_metric(tmp_path, metric, left, right):
    table = tidy(
        {"ae/kde": [left, left + 0.001], "ae/vine": [right, right + 0.001]}, f"resnet34/{metric}"
    )
    by = {"by": [f"features/{metric}"]}
    assert verdict(tmp_path, table, test=by) == "supported"
    swapped = {"left": ["ae/vine"], "right": ["ae/kde"]}
    assert verdict(tmp_path, table, test=by | swapped) == "not supported"


def test_within_a_factor_is_one_sided_and_turns_round_with_the_metric(tmp_path):
    test = {"kind": "within_factor", "factor": 1.5}
    for value, word in ((0.1, "supported"), (1.4, "supported"), (1.6, "not supported")):
        table = tidy({"ae/kde": [value, value + 1e-4], "ae/vine": [1.0, 1.0 + 1e-4]})
        assert verdict(tmp_path, table, test=test) == word
        scores = table.assign(metric="inception_score", value=1 / table["value"])
        by = {"by": ["features/inception_score"]}
        assert verdict(tmp_path, scores, test=test | by) == word


def test_a_factor_below_one_says_that_the_left_is_better_by_so_much(tmp_path):
    test = {"kind": "within_factor", "factor": 0.5}
    for value, word in ((0.4, "supported"), (0.6, "not supported"), (1.6, "not supported")):
        table = tidy({"ae/kde": [value, value + 1e-4], "ae/vine": [1.0, 1.0 + 1e-4]})
        assert verdict(tmp_path, table, test=test) == word


def test_times_are_compared_by_their_ratio(tmp_path):
    times = tidy({"ae/kde": [1.0, 1.3, 2.0], "ae/vine": [20.0, 30.0, 90.0]}, "time/fit")
    test = {"by": ["time/fit"]}
    assert verdict(tmp_path, times, test=test | {"kind": "less"}) == "not supported"
    found = judged(tmp_path, times, test=test | {"kind": "faster"})
    assert set(found["verdict"]) == {"supported"}
    ratio = np.exp(found["estimate"].item())
    assert ratio == pytest.approx((2.6 / 54_000) ** (1 / 3))
    assert (found["left_mean"] / found["right_mean"]).item() == pytest.approx(ratio)


def test_a_score_lies_between_numbers(tmp_path):
    test = {"kind": "between", "by": ["features/wanted_share"], "left": ["ae/kde"]}
    made = entry(test=test)
    del made["tests"][0]["right"]
    table = tidy({"ae/kde": [0.8, 0.82, 0.84]}, "classifier/wanted_share")
    for bounds, word in (({"above": 0.5}, "supported"), ({"below": 0.5}, "not supported")):
        made["tests"][0] = {k: v for k, v in made["tests"][0].items() if k in test} | bounds
        found = verdicts.judge(load(tmp_path, made), {"scores": table}, 2000)
        assert set(found["verdict"]) == {word}


def test_spearman_is_scipys_and_nothing_where_there_is_no_order():
    rng = np.random.default_rng(0)
    x, y = pd.Series(rng.integers(0, 5, 20)), pd.Series(rng.integers(0, 5, 20))
    assert ranking.spearman(x, y) == pytest.approx(stats.spearmanr(x, y).statistic)
    assert ranking.spearman(x, y * 0) == 0


def test_rankings_are_compared_between_measures_and_places():
    methods = [f"ae/{name}" for name in ("kde", "gmm", "vine", "gaussian")]
    values = {method: [i, i + 0.1, i + 0.2] for i, method in enumerate(methods)}
    table = pd.concat(
        [
            tidy(values, epoch=1),
            tidy(dict(zip(methods, reversed(values.values()), strict=True)), epoch=9),
            tidy(values, "codes/nearest_training", epoch=9),
        ]
    )
    test = {"by": ["features/emd"], "methods": methods, "left_at": {"epoch": "first"}}
    (row,) = ranking.RankCorrelation(**test, below=0.0).comparisons(Scores(table, 2000))
    assert (row["estimate"], row["outcome"]) == (pytest.approx(-1), "holds")
    test |= {"other": "codes/nearest_training", "above": 0.5}
    (row,) = ranking.RankCorrelation(**test).comparisons(Scores(table, 2000))
    assert (row["estimate"], row["outcome"]) == (pytest.approx(1), "holds")


@pytest.mark.parametrize(
    ("wanted", "value"), [("first", 100), ("last", 800), (200, 100), (201, 400), (2000, 800)]
)
def test_places_are_the_nearest_that_were_run(wanted, value):
    assert nearest(np.array([400, 100, 800]), wanted) == value


def test_a_method_can_be_compared_with_itself_elsewhere():
    table = pd.concat(
        tidy({"ae/kde": [value, value + 0.01]}, size=size) for size, value in ((200, 2), (2000, 1))
    )
    test = pairwise.WithinFactor(
        by=["features/emd"], left=["ae/kde"], left_at={"size": 200}, factor=1.5
    )
    (row,) = test.comparisons(Scores(table, 2000))
    assert (row["left_size"], row["right_size"], row["outcome"]) == (200, 2000, "fails")


@pytest.mark.parametrize(("share", "word"), [(0.5, "supported"), (0.75, "not supported")])
def test_a_share_of_the_comparisons_is_enough_where_it_says_so(tmp_path, share, word):
    table = pd.concat(
        tidy({"ae/kde": [value, value + 0.1], "ae/vine": [2.0, 2.1]}, measure)
        for measure, value in (("classifier/emd", 1.0), ("pixels/emd", 3.0))
    )
    test = {"by": ["features/emd", "pixels/emd"], "share": share}
    assert verdict(tmp_path, table, test=test) == word


def test_features_without_classes_are_judged_by_what_they_have(tmp_path):
    table = tidy({"ae/kde": [1.0, 1.1], "ae/vine": [2.0, 2.1]})
    by = ["features/emd", "features/inception_score", "features/fid_softmax"]
    (row,) = judged(tmp_path, table, test={"by": by}).itertuples()
    assert (row.verdict, row.measure) == ("supported", "features/emd")
    assert row.left_out == "features/inception_score, features/fid_softmax"
    (row,) = judged(tmp_path, table, test={"by": by[1:]}).itertuples()
    assert row.reason == "no scores of features/inception_score"
    with_one = pd.concat([table, table.assign(metric="fid_softmax")])
    found = judged(tmp_path, with_one, test={"by": by})
    assert set(found["left_out"]) == {"features/inception_score"}
    (row,) = judged(tmp_path, table, test={"by": ["features/emd", "features/mmd"]}).itertuples()
    assert row.reason == "no scores of features/mmd"  # which any features have
    pixels = judged(tmp_path, table.assign(space="pixels"), test={"by": by})
    assert set(pixels["reason"]) == {"no scores of features/emd"}


def test_outcomes_are_open_where_the_bound_is_inside():
    assert predicates.outcome(np.array([0.1, 1.0]), above=0)["outcome"] == "undecided"
    assert predicates.outcome(np.array([1.0, 1.01]), above=0)["outcome"] == "holds"
    assert predicates.outcome(np.array([1.0, 1.01]), below=0)["outcome"] == "fails"
    assert predicates.outcome(np.array([1.0]), above=0)["outcome"] == "undecided"


def test_missing_scores_are_named():
    with pytest.raises(MissingScores, match="no scores of ae/gmm"):
        Scores(tidy({"ae/kde": [1.0]}), 2000).values("ae/gmm", "features/emd", {})
