"""The ledger of claims: words it does not know are refused, and all that it says can be judged."""

import itertools

import numpy as np
import pandas as pd
import pytest
from claiming import AXES, entry, judged, load, tidy
from conftest import ROOT
from expost.papers.claims import ledger, row_tests, verdicts
from expost.tables import claims_table, markup
from planning import planned

STUDIES = ROOT / "workflow/studies"


def shipped(study="ebcae"):
    plan = planned(config={"studies": [study]})
    known = plan.numbered(study), plan.studies[study]["autoencoders"], plan.measured(study)
    return ledger.load(STUDIES / study / "claims.yaml", *known)


def test_the_shipped_ledger_is_accepted_and_full():
    claims = shipped()
    assert len(claims) >= 30
    assert sum(bool(claim.tests) for claim in claims) >= 25
    assert {
        kind for kind, of in ledger.KINDS.items() for c in claims for t in c.tests if type(t) is of
    } == set(ledger.KINDS) - {"trend", *row_tests.KINDS}  # figures of this study have none of these
    assert all(claim.claim.endswith(".") and claim.section for claim in claims)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "A b"}, "claim 'A b'.*a-z"),
        ({"sectoin": "3"}, "claim 'a': got unknown key 'sectoin'.*section"),
        ({"figure": "score"}, "'a': got unknown figure 'score'; known are scores"),
        ({"figure": None}, "'a': got unknown figure None; known are scores"),
        ({"experiment": "scores"}, "'a': got unknown key 'experiment'; known are .*figure"),
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


def test_figures_that_are_not_there_leave_claims_untested(tmp_path):
    claims = load(
        tmp_path,
        entry(),
        entry(id="b", figure="recombination"),
        {"id": "c", "section": "E", "claim": "It is smooth.", "untested": "by eye"},
    )
    table = tidy({"ae/kde": [1.0, 1.1], "ae/vine": [2.0, 2.1]})
    found = verdicts.judge(claims, {"scores": table}, 2000)
    assert found["verdict"].tolist() == ["supported", "not tested here", "not tested here"]
    assert found["reason"][1] == "there is no figure recombination in this run"
    (counts,) = verdicts.count(found).to_dict("records")
    assert list(counts.values()) == ["digits", 1, 0, 0, 2]
    assert list(counts)[2:4] == ["not supported: contradicted", "not supported: undecided"]
    assert verdicts.overview(found).to_dict("records")[1:] == [
        {"data set": "", "verdict": "not tested here", "claim": found["claim"][1]},
        {"data set": "", "verdict": "not tested here", "claim": "It is smooth."},
    ]


def test_the_table_shows_verdicts_with_numbers(tmp_path):
    claims = load(
        tmp_path,
        entry(),
        entry(id="b", test={"left": ["ae/vine"], "right": ["ae/kde"]}),
        {"id": "c", "section": "E", "claim": "It is smooth.", "untested": "by eye"},
    )
    table = tidy({"ae/kde": [1.0, 1.1], "ae/vine": [2.0, 2.1]})
    claims[0].tests[0].by.append("features/inception_score")  # which want classes
    found, note = claims_table.claims_tables(verdicts.judge(claims, {"scores": table}, 2000))
    titles = ["digits: supported", "digits: not supported", "not tested here"]
    assert [t.title for t in found] == titles
    assert [t.rows[0][2] for t in found] == ["supported", "not supported: contradicted", titles[2]]
    evidence = found[1].rows[0][3]
    assert evidence.startswith("0 of 1 comparisons hold, 1 the other way; EMD (features): Vine")
    assert evidence.endswith("copula 2.05, KDE 1.05, ahead by -1.00 ± 0. 2 seeds.")
    assert found[2].rows[0][3] == "by eye"
    assert "comparisons hold, without Inception Score (features); EMD" in found[0].rows[0][3]
    for render in (markup.markdown, markup.latex, markup.html):
        assert "It is so." in render(found, note)


def rows_for(tests):
    """A long table with all that tests on one pick; of a metric each of its values with each."""
    parts = []
    for metric in dict.fromkeys(metric for test in tests for metric in test.by):
        values = {"seed": {0, 1}}
        for test in (test for test in tests if metric in test.by):
            for column in (*test.each, *([test.over] if hasattr(test, "over") else ())):
                values.setdefault(column, set()).update((1, 2, 3))
            for column, value in (pair for side in test.selections() for pair in side.items()):
                values.setdefault(column, set()).add(value)
        rows = pd.DataFrame(itertools.product(*values.values()), columns=list(values))
        parts.append(rows.assign(dataset="celeba", metric=metric))
    table = pd.concat(parts, ignore_index=True)
    return table.assign(value=np.random.default_rng(1).random(len(table)))


@pytest.mark.parametrize("study", ["ebcae", "rae", "gens", "lmgae"])
def test_every_claim_of_a_paper_can_be_judged_once_all_is_scored(study):
    """Scores of everything that the ledger may name leave only what says itself untested."""
    claims = shipped(study)
    every = [test for claim in claims for test in claim.tests]
    tests = [test for test in every if not isinstance(test, row_tests.RowTest)]
    sides = [getattr(test, side, []) for test in tests for side in ("left", "right")]
    sides += [
        [method.replace("/", f"-{test.over}-{value}/") for method in test.left]
        for test in tests
        for value in (1, 2, 3)
        if isinstance(test, ledger.Trend)
    ]
    methods = sorted({f"ae/{name}" for name in ledger.samplers.SAMPLERS}.union(*sides))
    spaces = {"time": ("fit", "sample")}
    rng = np.random.default_rng(0)
    tables = {}
    for figure in dict.fromkeys(claim.figure for claim in claims if claim.tests):
        mine = [test for claim in claims if claim.figure == figure for test in claim.tests]
        if isinstance(mine[0], row_tests.RowTest):
            tables[figure] = rows_for(mine)
            continue
        rows = [
            ("celeba", *m.split("/"), epoch, size, seed, space, metric, 1 + rng.random())
            for m, epoch, size, seed in itertools.product(methods, (1, 9), (200, 2000), (0, 1))
            for space in ("pixels", "resnet34", "codes", "time")
            for metric in spaces.get(space, ledger.METRICS)
        ]
        tables[figure] = pd.DataFrame(rows, columns=AXES)
    found = verdicts.judge(claims, tables, 2000)
    untested = set(found[found["verdict"] == verdicts.NOT_TESTED]["id"])
    about = {c.id for c in claims if c.untested or (c.datasets and "celeba" not in c.datasets)}
    assert untested == about
    assert claims_table.claims_tables(found)[0]
