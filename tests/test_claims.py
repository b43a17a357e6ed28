"""The ledger of claims: words it does not know are refused, verdicts respect what seeds scatter."""

import itertools

import numpy as np
import pandas as pd
import pytest
import yaml
from conftest import ROOT
from expost import grid
from expost import tidy as tidy_scores
from expost.claims import ledger, pairwise, predicates, ranking, verdicts
from expost.claims.scores import MissingScores, Scores, nearest
from expost.plots import claims_table, markup
from scipy import stats

LEDGER = ROOT / "workflow/published/claims.yaml"
AXES = ["dataset", "autoencoder", "sampler", "epoch", "size", "seed", "space", "metric", "value"]


def tidy(values, measure="classifier/emd", epoch=40, size=2000, dataset="digits"):
    """Scores of {method: values over seeds}."""
    space, metric = measure.split("/")
    rows = [
        (dataset, *method.split("/"), epoch, size, seed, space, metric, value)
        for method, over_seeds in values.items()
        for seed, value in enumerate(over_seeds)
    ]
    return pd.DataFrame(rows, columns=AXES)


def entry(**changes):
    test = {"kind": "better", "by": ["features/emd"], "left": ["ae/kde"], "right": ["ae/vine"]}
    claim = {"id": "a", "section": "3", "claim": "It is so.", "experiment": "scores"}
    return claim | {"tests": [test | changes.pop("test", {})]} | changes


def load(tmp_path, *entries):
    path = tmp_path / "claims.yaml"
    path.write_text(yaml.safe_dump(list(entries)))
    return ledger.load(path)


def judged(tmp_path, table, **changes):
    return verdicts.judge(load(tmp_path, entry(**changes)), {"scores": table})


def verdict(*arguments, **changes):
    (word,) = judged(*arguments, **changes)["verdict"].unique()
    return word


def test_the_shipped_ledger_is_accepted_and_full():
    claims = ledger.load(LEDGER)
    assert len(claims) >= 30
    assert sum(bool(claim.tests) for claim in claims) >= 25
    assert {
        kind for kind, of in ledger.KINDS.items() for c in claims for t in c.tests if type(t) is of
    } == set(ledger.KINDS)
    assert all(claim.claim.endswith(".") and claim.section for claim in claims)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "A b"}, "claim 'A b'.*a-z"),
        ({"sectoin": "3"}, "claim 'a': got unknown key 'sectoin'.*section"),
        ({"experiment": "score"}, "'a': got unknown experiment 'score'; known are scores"),
        ({"tests": []}, "'a': wanted either tests or the reason"),
        ({"untested": "by eye"}, "'a': wanted either tests or the reason"),
        ({"test": {"kind": "beter"}}, "'a', test 1: got unknown kind 'beter'.*better"),
        ({"test": {"rigth": []}}, "test 1: got unknown key 'rigth'.*right"),
        ({"test": {"by": ["features/edm"]}}, "test 1: got unknown metric 'edm'.*emd"),
        ({"test": {"by": ["pixel/emd"]}}, "test 1: got unknown space 'pixel'.*pixels"),
        ({"test": {"left": ["ae/gmn"]}}, "test 1: got unknown sampler 'gmn'.*gmm"),
        ({"test": {"right": ["ea/gmm"]}}, "test 1: got unknown autoencoder 'ea'.*vae"),
        ({"test": {"left_at": {"epochs": 3}}}, "test 1: got unknown axis 'epochs'.*epoch"),
        ({"test": {"left_at": {"epoch": "frist"}}}, "test 1: got unknown place 'frist'.*first"),
        ({"test": {"kind": "within_factor"}}, "test 1: the key 'factor' is missing"),
        ({"test": {"kind": "faster"}}, "features/emd is no time"),
        ({"test": {"by": ["features/wanted_share"]}}, "nobody knows where"),
    ],
)
def test_words_that_are_not_known_are_refused_by_name(tmp_path, changes, message):
    with pytest.raises(ValueError, match=message):
        load(tmp_path, entry(**changes))


def test_two_claims_of_one_id_are_refused(tmp_path):
    with pytest.raises(ValueError, match="two claims with the id 'a'"):
        load(tmp_path, entry(), entry())


def test_named_variants_of_samplers_are_known(tmp_path):
    assert load(tmp_path, entry(test={"left": ["ae/kde-bandwidth-0.5"]}))


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


def test_times_are_compared_by_their_ratio(tmp_path):
    times = tidy({"ae/kde": [1.0, 1.3, 2.0], "ae/vine": [20.0, 30.0, 90.0]}, "time/fit")
    test = {"by": ["time/fit"]}
    assert verdict(tmp_path, times, test=test | {"kind": "less"}) == "not supported"
    found = judged(tmp_path, times, test=test | {"kind": "faster"})
    assert set(found["verdict"]) == {"supported"}
    ratio = np.exp(found["estimate"].item())
    assert ratio == pytest.approx((2.6 / 54_000) ** (1 / 3))


def test_a_score_lies_between_numbers(tmp_path):
    test = {"kind": "between", "by": ["features/wanted_share"], "left": ["ae/kde"]}
    made = entry(test=test)
    del made["tests"][0]["right"]
    table = tidy({"ae/kde": [0.8, 0.82, 0.84]}, "classifier/wanted_share")
    for bounds, word in (({"above": 0.5}, "supported"), ({"below": 0.5}, "not supported")):
        made["tests"][0] = {k: v for k, v in made["tests"][0].items() if k in test} | bounds
        found = verdicts.judge(load(tmp_path, made), {"scores": table})
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
    (row,) = ranking.RankCorrelation(**test, below=0.0).comparisons(Scores(table))
    assert (row["estimate"], row["outcome"]) == (pytest.approx(-1), "holds")
    test |= {"other": "codes/nearest_training", "above": 0.5}
    (row,) = ranking.RankCorrelation(**test).comparisons(Scores(table))
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
    (row,) = test.comparisons(Scores(table))
    assert (row["left_size"], row["right_size"], row["outcome"]) == (200, 2000, "fails")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda t: t[t["sampler"] == "kde"], "no scores of ae/vine"),
        (lambda t: t.assign(metric="mmd"), "no scores of features/emd"),
        (lambda t: t.assign(space="pixels"), "no scores of features/emd"),
        (lambda t: t.assign(seed=range(len(t))), "no seed that both ae/kde and ae/vine have"),
    ],
)
def test_what_was_not_scored_is_not_tested_and_says_why(tmp_path, change, reason):
    table = change(tidy({"ae/kde": [1.0, 1.1], "ae/vine": [2.0, 2.1]}))
    (row,) = judged(tmp_path, table).itertuples()
    assert (row.verdict, row.reason, row.dataset) == ("not tested here", reason, "digits")


def test_claims_are_judged_on_every_data_set_that_they_are_about(tmp_path):
    values = {"ae/kde": [1.0, 1.1], "ae/vine": [2.0, 2.1]}
    table = pd.concat(tidy(values, dataset=name) for name in ("digits", "celeba"))
    found = judged(tmp_path, table, datasets=["celeba"]).set_index("dataset")
    assert found["verdict"].to_dict() == {"digits": "not tested here", "celeba": "supported"}
    assert found.loc["digits", "reason"] == "the claim is about celeba"


def test_experiments_that_are_not_there_leave_claims_untested(tmp_path):
    claims = load(
        tmp_path,
        entry(),
        entry(id="b", experiment="recombination"),
        {"id": "c", "section": "E", "claim": "It is smooth.", "untested": "by eye"},
    )
    table = tidy({"ae/kde": [1.0, 1.1], "ae/vine": [2.0, 2.1]})
    found = verdicts.judge(claims, {"scores": table})
    assert found["verdict"].tolist() == ["supported", "not tested here", "not tested here"]
    assert found["reason"][1] == "there is no experiment recombination in this run"
    (counts,) = verdicts.count(found).to_dict("records")
    assert list(counts.values()) == ["digits", 1, 0, 0, 2]
    assert list(counts)[2:4] == ["not supported: contradicted", "not supported: undecided"]


@pytest.mark.parametrize(("share", "word"), [(0.5, "supported"), (0.75, "not supported")])
def test_a_share_of_the_comparisons_is_enough_where_it_says_so(tmp_path, share, word):
    table = pd.concat(
        tidy({"ae/kde": [value, value + 0.1], "ae/vine": [2.0, 2.1]}, measure)
        for measure, value in (("classifier/emd", 1.0), ("pixels/emd", 3.0))
    )
    test = {"by": ["features/emd", "pixels/emd"], "share": share}
    assert verdict(tmp_path, table, test=test) == word


def test_outcomes_are_open_where_the_bound_is_inside():
    assert predicates.outcome(np.array([0.1, 1.0]), above=0)["outcome"] == "undecided"
    assert predicates.outcome(np.array([1.0, 1.01]), above=0)["outcome"] == "holds"
    assert predicates.outcome(np.array([1.0, 1.01]), below=0)["outcome"] == "fails"
    assert predicates.outcome(np.array([1.0]), above=0)["outcome"] == "undecided"


def test_missing_scores_are_named():
    with pytest.raises(MissingScores, match="no scores of ae/gmm"):
        Scores(tidy({"ae/kde": [1.0]})).values("ae/gmm", "features/emd", {})


def test_the_table_shows_verdicts_with_numbers(tmp_path):
    claims = load(
        tmp_path,
        entry(),
        entry(id="b", test={"left": ["ae/vine"], "right": ["ae/kde"]}),
        {"id": "c", "section": "E", "claim": "It is smooth.", "untested": "by eye"},
    )
    table = tidy({"ae/kde": [1.0, 1.1], "ae/vine": [2.0, 2.1]})
    found, note = claims_table.claims_tables(verdicts.judge(claims, {"scores": table}))
    titles = ["digits: supported", "digits: not supported", "not tested here"]
    assert [t.title for t in found] == titles
    assert [t.rows[0][2] for t in found] == ["supported", "not supported: contradicted", titles[2]]
    evidence = found[1].rows[0][3]
    assert evidence.startswith("0 of 1 comparisons hold, 1 the other way; EMD (features): Vine")
    assert evidence.endswith("copula 2.05, KDE 1.05, ahead by -1.00 ± 0. 2 seeds.")
    assert found[2].rows[0][3] == "by eye"
    for render in (markup.markdown, markup.latex, markup.html):
        assert "It is so." in render(found, note)


def test_every_claim_of_the_paper_can_be_judged_once_all_is_scored():
    """Scores of everything that the ledger may name leave only what says itself untested."""
    claims = ledger.load(LEDGER)
    sides = [getattr(t, side, []) for c in claims for t in c.tests for side in ("left", "right")]
    methods = sorted({f"ae/{name}" for name in ledger.samplers.SAMPLERS}.union(*sides))
    spaces = {"time": ("fit", "sample")}
    rng = np.random.default_rng(0)
    tables = {}
    for experiment in ledger.EXPERIMENTS:
        rows = [
            ("celeba", *m.split("/"), epoch, size, seed, space, metric, 1 + rng.random())
            for m, epoch, size, seed in itertools.product(methods, (1, 9), (200, 2000), (0, 1))
            for space in ("pixels", "resnet34", "codes", "time")
            for metric in spaces.get(space, ledger.METRICS)
        ]
        tables[experiment] = pd.DataFrame(rows, columns=AXES)
    found = verdicts.judge(claims, tables)
    untested = set(found[found["verdict"] == verdicts.NOT_TESTED]["id"])
    about = {c.id for c in claims if c.untested or (c.datasets and "celeba" not in c.datasets)}
    assert untested == about
    assert claims_table.claims_tables(found)[0]


def test_timings_become_scores():
    timings = pd.DataFrame({"phase": ["fit"], "seconds": [2.0], "seed": [0]})
    assert tidy_scores.timing_scores(timings).to_dict("records") == [
        {"metric": "fit", "value": 2.0, "seed": 0, "space": "time"}
    ]


def shares(values):
    rows = [
        ("digits", "ae", "kde", 40, 800, 0, drawn, group, metric, value)
        for (drawn, group), share in values.items()
        for metric, value in (("share", share), ("probability", -1.0))
    ]
    return pd.DataFrame(rows, columns=[*grid.AXES, "drawn", "group", "metric", "value"])


def test_shares_become_scores():
    targeted = {("untargeted", 1): 0.1, ("untargeted", 8): 0.2, ("1", 1): 0.9, ("8", 1): 0.0}
    targeted |= {("1", 8): 0.05, ("8", 8): 0.7}
    found = tidy_scores.share_scores(shares(targeted)).set_index("metric")["value"]
    assert found.to_dict() == pytest.approx({"wanted_share": 0.8, "wanted_gain": 0.65})
    recombined = {("dependence_of", 8): 0.8, ("recombined", 8): 0.3, ("margins_of", 8): 0.1}
    recombined |= {("dependence_of", 3): 0.0, ("recombined", 3): 0.6, ("margins_of", 3): 0.9}
    found = tidy_scores.share_scores(shares(recombined))
    assert set(found["space"]) == {"classifier"}
    kept = {"group_change": -0.5, "group_kept": -0.3}
    assert found.set_index("metric")["value"].to_dict() == pytest.approx(kept)
