"""Published numbers beside ours: what may be compared, and what a difference says."""

import numpy as np
import pandas as pd
import pytest
from expost import metrics, samplers
from expost.papers import as_scores, comparison, published_numbers
from expost.study import config_checks, definitions
from expost.tables import published_table
from planning import STUDIES, planned

PAPER = pd.read_csv(STUDIES / "ebcae/published.csv")
FIGURE3 = PAPER[PAPER["table"] == "figure3"]
TABLE1 = PAPER[PAPER["table"] == "table1"]
AXES = ["dataset", "autoencoder", "sampler", "epoch", "size", "seed", "space", "metric", "value"]
CONDITIONS = comparison.Paper(size=2000, draws=2000)


def scores(values, sampler="kde", epoch=200, size=2000, space="resnet34", metric="emd"):
    rows = [
        ("celeba", "ae", sampler, epoch, size, seed, space, metric, value)
        for seed, value in enumerate(values)
    ]
    return pd.DataFrame(rows, columns=AXES)


def compared(ours, rows=FIGURE3, draws=2000, kind="celeba", departures=None, **which):
    table = comparison.compare(rows, ours, draws, {"celeba": kind}, departures or {}, CONDITIONS)
    which = {"sampler": "kde", "epoch": 200, "space": "resnet34", "metric": "emd"} | which
    for column, value in which.items():
        table = table[table[column] == value]
    (row,) = table.itertuples()
    return row


(PRINTED,) = FIGURE3[
    (FIGURE3["sampler"] == "kde")
    & (FIGURE3["epoch"] == 200)
    & (FIGURE3["space"] == "resnet34")
    & (FIGURE3["metric"] == "emd")
]["value"]


def test_the_published_table_is_tidy_and_names_what_there_is():
    identity = ["table", "dataset", "autoencoder", "sampler", "epoch", "space", "metric"]
    assert not PAPER.duplicated(identity).any()
    assert np.isfinite(PAPER["value"]).all()
    assert set(PAPER["sampler"]) <= set(samplers.SAMPLERS)
    assert set(FIGURE3["metric"]) <= set(metrics.NAMES)
    assert (FIGURE3["reading_error"] > 0).all()
    assert len(TABLE1) == 7 * 2 * 2
    vine = TABLE1[(TABLE1["dataset"] == "mnist") & (TABLE1["sampler"] == "vine")]
    assert list(vine["value"]) == [10.345, 4.590]


@pytest.mark.parametrize(
    ("shift", "verdict"), [(0.0, "agrees"), (-1.0, "better"), (1.0, "worse"), (0.0249, "agrees")]
)
def test_a_verdict_weighs_the_interval_and_the_reading_error(shift, verdict):
    half = 0.01  # of the interval, exactly: t(0.975; 1) * std / sqrt(2) for two values
    apart = 2 * half / 12.706204736432095
    row = compared(scores([PRINTED + shift - apart / 2, PRINTED + shift + apart / 2]))
    assert row.verdict == verdict  # 0.0249 < 0.01 + 0.0161
    assert row.difference == pytest.approx(shift, abs=1e-9)
    assert (row.reason, row.seeds) == ("", 2)


def test_more_is_better_where_the_metric_says_so():
    ours = scores([9.0, 9.01], metric="inception_score")
    assert compared(ours, metric="inception_score").verdict == "better"
    far = scores([0.2, 0.201], metric="one_nn")  # as far below 0.5 as 0.8 is above
    assert compared(far, metric="one_nn").verdict == "better"


@pytest.mark.parametrize(
    ("ours", "options", "reason"),
    [
        (scores([1.0, 1.1]).assign(dataset="digits"), {}, "the data set celeba is not in this run"),
        (scores([1.0, 1.1], sampler="vine"), {}, "this method is not in this run"),
        (scores([1.0, 1.1], metric="mmd"), {}, "this metric is not in this run"),
        (scores([1.0, 1.1], space="classifier"), {}, "another feature net (classifier)"),
        (scores([1.0, 1.1], epoch=12), {}, "after 12 epochs, not 200"),
        (scores([1.0, 1.1], size=500), {}, "fitted to 500 codes, not 2000"),
        (scores([1.0, 1.1]), {"draws": 400}, "400 draws, not 2000"),
        (scores([1.0, 1.1]), {"kind": "npz"}, "images of the kind npz, not the whole data set"),
        (scores([1.0, 1.1]), {"departures": {"kde": "high = 4.0"}}, "high = 4.0"),
        (scores([1.0]), {}, "one seed, so no interval"),
    ],
)
def test_what_was_done_otherwise_is_not_compared(ours, options, reason):
    row = compared(ours, **options)
    assert (row.verdict, row.reason) == ("not comparable", reason)
    assert np.isnan(row.difference)


def test_all_reasons_are_told():
    row = compared(scores([1.0], space="classifier", epoch=3), draws=40)
    assert row.reason.count(";") == 3


def test_pixels_on_another_scale_are_not_compared():
    row = compared(scores([5.0, 5.1], space="pixels"), space="pixels")
    assert row.reason.startswith("other scale")
    assert (FIGURE3[FIGURE3["note"].notna()]["value"] > np.sqrt(3 * 64 * 64)).all()


def test_an_upper_bound_agrees_with_all_that_is_below():
    timings = pd.DataFrame(
        [("celeba", "ae", "gaussian", 60, 2000, s, "fit", 0.001 + s / 1e4) for s in range(3)],
        columns=["dataset", "autoencoder", "sampler", "epoch", "size", "seed", "phase", "seconds"],
    )
    ours = as_scores.timing_scores(timings)
    found = comparison.compare(TABLE1, ours, 2000, {"celeba": "celeba"}, {}, CONDITIONS)
    row = found[(found["sampler"] == "gaussian") & (found["dataset"] == "celeba")].iloc[0]
    assert (row["metric"], row["verdict"]) == ("fit", "agrees")
    assert set(found["verdict"][1:]) == {"not comparable"}
    tables, note = published_table.published_tables(found, "Table 1")
    assert tables[0].rows[0][:2] == ["Gaussian", "<0.01"]
    assert "28 values: 27 not comparable, 1 agrees" in note


def test_where_nothing_can_be_compared_the_table_says_so():
    digits = scores([1.0, 1.1]).assign(dataset="digits")
    found = comparison.compare(FIGURE3, digits, 400, {}, {}, CONDITIONS)
    (table,), note = published_table.published_tables(found, "Figure 3")
    assert len(table.rows) == 8
    assert {row[3] for row in table.rows} == {"the data set celeba is not in this run"}
    assert "478 values: 478 not comparable. Nothing of this run can be compared" in note


def test_a_curve_shows_the_epochs_that_both_have_or_the_last():
    for epochs, labels in (((20, 40, 41), ["20", "40"]), ((7,), ["200"])):
        ours = pd.concat(scores([1.0, 1.1], epoch=epoch) for epoch in epochs)
        found = comparison.compare(FIGURE3, ours, 2000, {"celeba": "celeba"}, {}, CONDITIONS)
        first = published_table.published_tables(found, "Figure 3")[0][0]
        assert first.title == "celeba, ResNet-34 features: EMD ↓"
        shown = [row[0] for row in first.rows if row[2] != "–"]
        assert shown == [f"KDE, epoch {label}" for label in labels]


def test_a_number_is_compared_in_its_own_space_where_that_is_scored():
    ours = pd.concat([scores([9.0, 9.1], space="resnet34"), scores([3.0, 3.1], space="inception")])
    rows = FIGURE3[FIGURE3["space"] == "resnet34"]
    for space, mean in (("resnet34", 9.05), ("inception", 3.05)):
        row = compared(ours, rows.assign(space=space), space=space)
        assert (row.ours, row.reason) == (pytest.approx(mean), "")
    alone = scores([3.0, 3.1], space="inception")
    assert compared(alone, rows).reason == "another feature net (inception)"


def test_departures_are_what_differs_from_the_papers_settings():
    usual = {"kde": {"high": 2.0, "count": 40}}  # the defaults, said aloud
    plan = planned({"samplers": usual | {"gmm": {"n_components": 3}, "own": {"sampler": "gmm"}}})
    assert config_checks.departures(definitions.samplers(plan.studies["ebcae"]), "ebcae") == {
        "gmm": "n_components = 3",
        "real_nvp": "steps = 1000",
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("value", "valu", 1), "no column value"),
        (lambda text: text.replace(",0.01,", ",many,", 1), "published.csv cannot be read"),
        (lambda text: text + text.splitlines()[1] + "\n", "line 508 says again"),
        (lambda text: "", "published.csv cannot be read"),
    ],
)
def test_a_file_of_numbers_that_is_damaged_is_named(tmp_path, change, message):
    path = tmp_path / "published.csv"
    whole = (STUDIES / "ebcae/published.csv").read_text()
    path.write_text(change(whole))
    assert path.read_text() != whole
    with pytest.raises(ValueError, match=message):
        published_numbers.read(path, "table1")


def test_a_table_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="'table2' for .*; it has table1, figure3"):
        published_numbers.read(STUDIES / "ebcae/published.csv", "table2")


def test_a_number_in_a_space_in_doubt_is_not_compared():
    doubts = {("celeba", "resnet34"): "real images do not beat noise"}
    known = (2000, {"celeba": "celeba"}, {}, CONDITIONS)
    table = comparison.compare(FIGURE3, scores([PRINTED, PRINTED]), *known, doubts)
    rows = table[table["ours"].notna() & (table["epoch"] == 200)]
    (reason,) = rows["reason"]
    assert reason == "ResNet-34 features in doubt: real images do not beat noise"
    assert set(rows["verdict"]) == {"not comparable"}
    assert set(comparison.compare(FIGURE3, scores([PRINTED, PRINTED]), *known)["verdict"]) >= {
        "agrees"
    }
