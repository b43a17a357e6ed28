"""Claims about numbers that are no scores: simulations, entropies, trainings."""

import pandas as pd
import pytest
import yaml
from claiming import AUTOENCODERS, entry
from expost.papers import as_scores
from expost.papers.claims import ledger, verdicts
from expost.papers.claims.rows import words
from expost.tables import claims_table, markup

COLUMNS = ["dataset", "dimensions", "size", "seed", "metric", "value"]
NOISE = (0.0, 0.01, -0.01)


def table(value=lambda d, m: d / m, dimensions=(2, 5, 10), sizes=(100, 1000), dataset="simulated"):
    rows = [
        (dataset, d, m, seed, "bandwidth", value(d, m) + noise)
        for d in dimensions
        for m in sizes
        for seed, noise in enumerate(NOISE)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def load(tmp_path, **test):
    made = entry(figure="widths")
    made["tests"] = [{"by": ["bandwidth"]} | test]
    (tmp_path / "claims.yaml").write_text(yaml.safe_dump([made]))
    return ledger.load(tmp_path / "claims.yaml", ["scores"], AUTOENCODERS, ["widths"])


def told(tmp_path, rows=None, **test):
    rows = table() if rows is None else rows
    return verdicts.judge(load(tmp_path, **test), {"widths": rows}, 2000)


def word(*given, **test):
    found = told(*given, **test).iloc[0]
    return f"{found['verdict']}: {found['reason']}" if found["reason"] else found["verdict"]


SMALL, LARGE = {"dimensions": 2, "size": 100}, {"dimensions": 10, "size": 100}


def test_two_selections_are_compared_seed_by_seed(tmp_path):
    found = told(tmp_path, kind="rows_less", left=SMALL, right=LARGE)
    assert (found["verdict"][0], found["seeds"][0]) == ("supported", 3)
    assert found["estimate"][0] == pytest.approx(-0.08)  # noise is shared, and so goes out
    assert found["half_width"][0] == pytest.approx(0, abs=1e-9)
    assert word(tmp_path, kind="rows_less", left=LARGE, right=SMALL).endswith("contradicted")
    with_space = table().assign(space="vectors")  # of capacities, say, which are no scores either
    assert word(tmp_path, with_space, kind="rows_less", left=SMALL, right=LARGE) == "supported"
    assert word(tmp_path, kind="rows_less", left=SMALL, right=LARGE, margin=0.07) == "supported"
    assert "contradicted" in word(tmp_path, kind="rows_less", left=SMALL, right=LARGE, margin=0.09)


def test_each_value_of_a_column_is_a_comparison(tmp_path):
    test = {"left": {"dimensions": 2}, "right": {"dimensions": 5}, "each": ["size"]}
    found = told(tmp_path, kind="rows_less", **test)
    assert list(found["left"]) == ["dimensions 2, size 100", "dimensions 2, size 1000"]
    assert list(found["estimate"]) == pytest.approx([-0.03, -0.003])


def test_values_that_one_side_lacks_are_none_to_compare(tmp_path):
    rows = table()[lambda t: ~((t["dimensions"] == 5) & (t["size"] == 1000))]
    test = {"left": {"dimensions": 2}, "right": {"dimensions": 5}, "each": ["size"]}
    assert len(told(tmp_path, rows, kind="rows_less", **test)) == 1


def test_a_trend_is_a_correlation_of_ranks_within_a_seed(tmp_path):
    test = {"over": "dimensions", "each": ["size"]}
    found = told(tmp_path, kind="rows_trend", above=0.9, **test)
    assert list(found["estimate"]) == [1, 1]
    assert found["verdict"][0] == "supported"
    assert word(tmp_path, kind="rows_trend", below=0, **test) == "not supported: contradicted"
    two = table(dimensions=(2, 5))
    assert word(tmp_path, two, kind="rows_trend", above=0, **test) == (
        "not tested here: 2 values of dimensions have no trend to speak of; wanted 3 or more that "
        "a seed has"
    )


def test_values_lie_between(tmp_path):
    assert word(tmp_path, kind="rows_between", left=SMALL, above=-0.1, below=0.1) == "supported"
    assert "contradicted" in word(tmp_path, kind="rows_between", left=SMALL, below=-0.1)


@pytest.mark.parametrize(
    ("test", "reason"),
    [
        ({"left": {"dimensions": 3, "size": 100}}, "no bandwidth of dimensions 3, size 100"),
        ({"left": {"depth": 3}}, "no column depth"),
        ({"left": {"dimensions": 2}}, "several bandwidth of dimensions 2 with one seed"),
        ({"left": SMALL, "each": ["depth"]}, "no column depth"),
        ({"left": SMALL, "by": ["entropy"]}, "no entropy of dimensions 2, size 100"),
    ],
)
def test_what_is_not_there_is_not_tested(tmp_path, test, reason):
    said = word(tmp_path, **{"kind": "rows_between", "above": 0} | test)
    assert said == f"not tested here: {reason}"


def test_one_seed_has_no_interval(tmp_path):
    one = table()[lambda t: t["seed"] == 0]
    said = word(tmp_path, one, kind="rows_less", left=SMALL, right=LARGE)
    assert said == "not tested here: one seed, and so no interval"


@pytest.mark.parametrize(
    ("test", "message"),
    [
        ({"kind": "better", "left": ["ae/kde"]}, "unknown kind 'better'; known are rows_less"),
        ({"kind": "rows_less", "left": SMALL}, "the key 'right' is missing"),
        ({"kind": "rows_between", "left": SMALL}, "got above -inf and below inf"),
        ({"kind": "rows_trend", "above": 0.5}, "the key 'over' is missing"),
        (
            {"kind": "rows_between", "above": 0, "left_at": {"size": 9}},
            "leave out left_at",
        ),
        ({"kind": "rows_between", "above": 0, "by": []}, "got nothing for 'by'"),
    ],
)
def test_tests_that_could_not_be_are_refused_when_read(tmp_path, test, message):
    with pytest.raises(ValueError, match=message):
        load(tmp_path, **test)


def test_scores_are_not_tested_by_rows(tmp_path):
    made = entry(test={})
    made["tests"] = [{"kind": "rows_between", "by": ["emd"], "above": 0}]
    (tmp_path / "claims.yaml").write_text(yaml.safe_dump([made]))
    with pytest.raises(ValueError, match="unknown kind 'rows_between'; known are less"):
        ledger.load(tmp_path / "claims.yaml", ["scores"], AUTOENCODERS, ["widths"])


def test_the_evidence_names_columns_and_numbers(tmp_path):
    for test, shown in (
        (
            {"kind": "rows_less", "left": SMALL, "right": LARGE},
            "bandwidth: dimensions 2, size 100 0.0200, dimensions 10, size 100 0.100, difference",
        ),
        (
            {"kind": "rows_trend", "over": "dimensions", "each": ["size"], "above": 0},
            "bandwidth of size 100: rank correlation with dimensions 1",
        ),
        ({"kind": "rows_between", "left": SMALL, "above": 0}, "bandwidth of dimensions 2, size 1"),
    ):
        (page,), note = claims_table.claims_tables(told(tmp_path, **test))
        assert shown in page.rows[0][3]
        assert markup.markdown([page], note)


def test_other_numbers_are_read_as_they_are(tmp_path):
    table().to_csv(tmp_path / "t.csv", index=False)
    assert as_scores.read("simulations", tmp_path / "t.csv").equals(table())


def test_numbers_of_columns_are_told_as_they_were_written():
    told = words({"size": 200.0, "h": 0.5, "of": "gen", "n": 3})
    assert told == "size 200, h 0.5, of gen, n 3"
