"""A training that collapsed is in no mean of scores, and every page of scores names it."""

import itertools
import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT
from expost import kinds
from expost.analyses import mask_history
from expost.figures import collapses, sweep
from expost.runtime import job
from expost.samplers import ORIGINALS
from expost.stats import intervals
from expost.study.runs import AXES
from expost.study.turns import Turn

LOST = 7e6  # what the lost training scores, which nothing shows
METRICS = ("frechet", "c_t", "authenticity", "density", "coverage", "emd")
NAMES = ("lmgae", "lmgae-latent-4", "wae", "wae-latent-4")
WHERE = [("classifier", metric) for metric in METRICS] + [("codes", "c_t"), ("codes", "emd")]
TURNS = [Turn("digits", name, "latent", (4, 8), (f"{name}-latent-4", name)) for name in NAMES[::2]]
PAIRS = [*itertools.product(NAMES, ("prior", "gmm", "kde")), ("wae", "copy"), ("wae", "held_out")]
COLLAPSED = "Collapsed, as no dimension is active, and {}: 1 of 4 trainings of lmgae on digits."
SENTENCE = COLLAPSED.format("in no mean")


def tidy(lost=(("lmgae", 3),), seeds=4, datasets=("digits",)):
    """Scores of which no two are the same; those that are lost are so on digits."""
    rng = np.random.default_rng(0)
    rows = [
        (
            *(dataset, *pair, 40, 800, seed, *where, 0.2 + rng.random()),
            int((pair[0], seed) in lost and dataset == "digits" and pair[1] not in ORIGINALS),
        )
        for dataset, pair, seed, where in itertools.product(datasets, PAIRS, range(seeds), WHERE)
    ]
    scores = pd.DataFrame(rows, columns=[*AXES, "space", "metric", "value", mask_history.COLLAPSED])
    scores["value"] = scores["value"].where(scores[mask_history.COLLAPSED] == 0, LOST)
    return scores


def test_a_mask_is_closed_where_the_weights_that_are_kept_have_no_active_dimension(tmp_path):
    history = pd.DataFrame({"validation": [1.0, 2.0], "mask_0": [0.1, 0.09], "mask_1": [0, 0.0]})
    assert not mask_history.is_closed(history, best=True)
    assert mask_history.is_closed(history, best=False)
    history.to_csv(tmp_path / "h.csv")
    history.iloc[:1].to_csv(tmp_path / "open.csv")
    files = [tmp_path / "h.csv", tmp_path / "open.csv"]
    assert mask_history.closed([("a", 1), ("a", 2)], [False, False], files) == {("a", 1)}


def test_scores_without_masks_stay_as_they_are():
    scores = tidy(()).drop(columns=mask_history.COLLAPSED)
    sound, lost = collapses.apart(scores)
    assert sound is scores
    assert lost.empty
    assert collapses.sentences(scores) == []
    assert collapses.sentences(tidy(())) == []


def test_every_training_is_named_once_and_counted():
    lost = (("lmgae", 3), ("lmgae", 1), ("lmgae-latent-4", 0))
    assert collapses.sentences(tidy(lost, datasets=("more", "digits")), "so") == [
        "Collapsed, as no dimension is active, and so: 2 of 4 trainings of lmgae on digits; "
        "1 of 4 trainings of lmgae, latent 4 on digits."
    ]


@pytest.mark.parametrize("whole", ["seed", "autoencoder"])
def test_a_seed_or_a_setting_can_go_whole_of_one_data_set(whole):
    every = tidy([("lmgae", 0)], datasets=("digits", "more"))
    left = collapses.without(every, whole)
    gone = every.drop(left.index)
    assert set(gone["dataset"]) == {"digits"}
    assert set(gone[whole]) == {every.loc[every["collapsed"] == 1, whole].iloc[0]}
    assert len(gone) == (len(PAIRS) if whole == "seed" else 3 * 4) * len(WHERE)
    controls = every.assign(autoencoder="lmgae", sampler="copy", collapsed=0)
    assert len(collapses.without(pd.concat([every, controls]), whole)) >= len(controls) / 4 * 3
    with pytest.raises(ValueError, match="collapsed for each seed of digits; wanted one seed"):
        collapses.without(tidy([("lmgae", 0)], seeds=1, datasets=("digits", "more")), "seed")


def test_pages_of_nothing_else_say_so():
    scores = tidy()
    with pytest.raises(ValueError, match="of trainings alone that have collapsed"):
        collapses.apart(scores[scores[mask_history.COLLAPSED] == 1])


def given(tmp_path, scores):
    path = tmp_path / "scores.csv"
    scores.to_csv(path, index=False)
    return {"numbers": [str(path)]}


TABLES = {
    "grid": {
        "columns": {"P": ["prior"], "G": ["gmm"], "K": ["kde"]},
        "cells": ["frechet"],
        "draws": 9,
    },
    "scores": {},
    "two_way": {"panels": {"features": ["frechet"]}},
    "tuned": {"choosing": 2, "measure": "frechet", "against": "wae"},
}
FIGURES = {
    "curves": {"over": "epoch", "panels": {"features": ["frechet"]}, "apart": False},
    "trade_off": {"panels": "usual", "quality": "frechet"},
    "two_way": {"panels": {"features": ["frechet"]}},
    "sweep": {"panels": {"features": ["frechet"]}, "axis": ""},
}


SO = {"two_way": "left out with their seeds", "tuned": "left out with their settings"}


@pytest.mark.parametrize("seed", [0, 3])
@pytest.mark.parametrize("kind", TABLES)
def test_a_table_names_it_and_has_it_in_no_mean(tmp_path, kind, seed):
    scores = tidy([("lmgae", seed)])
    means, tables, note = kinds.load(kind).tabulate(given(tmp_path, scores), TABLES[kind])
    assert COLLAPSED.format(SO.get(kind, "in no mean")) in note
    assert means.select_dtypes("number").abs().max().max() < LOST / 100
    assert not any(
        "e+0" in cell or "0000" in cell for t in tables for row in t.rows for cell in row
    )


@pytest.mark.parametrize("kind", FIGURES)
def test_a_figure_names_it_and_has_it_in_no_mean(tmp_path, kind):
    knob = ("wae", "gmm", "components", (2,), ("gmm",))
    about = FIGURES[kind] | {"dataset": "digits", "turns": TURNS, "lines": [knob]}
    figure = kinds.load(kind).draw(given(tmp_path, tidy()), about)
    said = " ".join(text.get_text().replace("\n", " ") for text in figure.texts)
    assert COLLAPSED.format(SO.get(kind, "in no mean")) in said
    for axes in figure.axes:
        assert np.abs([*axes.get_xlim(), *axes.get_ylim()]).max() < LOST / 100


def test_a_table_and_a_figure_of_nothing_else_say_so(tmp_path):
    lost = [(name, seed) for name in NAMES for seed in range(4)]
    paths = given(tmp_path, tidy(lost))
    _, (table,), note = kinds.load("grid").tabulate(paths, TABLES["grid"])
    assert len(table.rows) == table.rule + 2 == 2  # the controls
    assert "4 of 4 trainings of wae, latent 4 on digits" in note
    knob = ("wae", "gmm", "components", (2,), ("gmm",))
    about = FIGURES["trade_off"] | {"dataset": "digits", "lines": [knob]}
    with pytest.raises(ValueError, match="got knobs of trainings alone that have collapsed"):
        kinds.load("trade_off").draw(paths, about)
    with pytest.raises(ValueError, match="collapsed for each autoencoder of digits"):
        kinds.load("tuned").tabulate(paths, TABLES["tuned"])


def test_a_tuned_method_may_be_left_alone(tmp_path):
    lost = [(name, 0) for name in NAMES[:2]]
    found, tables, _ = kinds.load("tuned").tabulate(given(tmp_path, tidy(lost)), TABLES["tuned"])
    assert set(found["autoencoder"]) == {"wae"}
    assert "Training copies (wae)" in [row[0] for row in tables[0].rows]


def test_a_sweep_has_a_cross_for_it_at_the_panels_edge():
    panel = sweep.sweep(tidy(), TURNS).axes[0]
    (prior, gmm, kde) = (line.get_xydata() for line in panel.lines if line.get_marker() == "x")
    top = panel.get_ylim()[1]
    assert prior.tolist() == gmm.tolist() == kde.tolist() == [[8, top]]


def test_a_method_that_always_collapses_has_its_crosses_and_its_name():
    lost = [("lmgae", seed) for seed in range(4)] + [("lmgae-latent-4", seed) for seed in range(4)]
    figure = sweep.sweep(tidy(lost), TURNS)
    crosses = [line for line in figure.axes[0].lines if line.get_marker() == "x"]
    assert [sorted(line.get_xdata()) for line in crosses] == 3 * [4 * [4] + 4 * [8]]
    assert any("lmgae" in text.get_text() for text in figure.legends[0].get_texts())


def test_bars_of_what_two_seeds_are_left_of_are_said_to_be_others():
    by = ["autoencoder", "sampler", "space", "metric"]
    means = intervals.over_seeds(collapses.apart(tidy(seeds=3, lost=[("lmgae", 1)]))[0], by)
    assert intervals.of_bars(means) == (
        "Bars: 95 % t-intervals over 3 seeds, of two seeds from one to the other"
    )


@pytest.mark.parametrize("seed", [0, 1])
def test_which_seeds_choose_a_setting_does_not_hang_on_a_collapse(tmp_path, seed):
    scores, kind = tidy([("lmgae", seed)]), kinds.load("tuned")
    found, *_ = kind.tabulate(given(tmp_path, scores), TABLES["tuned"])
    others = scores[scores["autoencoder"] != "lmgae"]
    wanted, *_ = kind.tabulate(given(tmp_path, others), TABLES["tuned"])
    pd.testing.assert_frame_equal(found, wanted)
    every = [(name, seed) for name in ("wae", "wae-latent-4")]
    with pytest.raises(ValueError, match="got no setting of wae on digits"):
        kind.tabulate(given(tmp_path, tidy(every)), TABLES["tuned"])


@pytest.mark.parametrize("masked", [True, False])
def test_what_is_collected_says_so_where_there_are_masks(tmp_path, masked, monkeypatch):
    monkeypatch.setattr(job, "start", lambda log: None)
    runs = [("digits", "lmgae", "prior", 2, 9, seed) for seed in (0, 1)]
    for place, last in enumerate((0.05, 0.4)):
        history = pd.DataFrame({"validation": [0, 0], "mask_0": [1, last], "mask_1": [0, 0]})
        history.to_csv(tmp_path / f"{place}.csv", index=False)
        record = {"space": "vectors", "metric": "frechet", "value": place}
        (tmp_path / f"{place}.json").write_text(json.dumps({"made_by": {}, "rows": [record]}))
    given = SimpleNamespace(
        runs=[tmp_path / "0.json", tmp_path / "1.json"],
        histories=[tmp_path / "0.csv", tmp_path / "1.csv"] if masked else [],
    )
    params = SimpleNamespace(columns=AXES, runs=runs, features=[], families=["moments"])
    params.masked, params.best = (runs, [False, False]) if masked else ([], [])
    made = SimpleNamespace(table=tmp_path / "table.csv")
    about = {"input": given, "params": params, "output": made, "log": ["log"]}
    script = (ROOT / "workflow/scripts/collect.py").read_text()
    exec(script, {"snakemake": SimpleNamespace(**about)})
    table = pd.read_csv(made.table)
    assert table.get(mask_history.COLLAPSED, pd.Series()).to_list() == ([1, 0] if masked else [])
    assert table["value"].to_list() == [0, 1]


def test_precision_and_recall_are_of_the_others(tmp_path, monkeypatch):
    kind = kinds.load("prd_curves")
    runs = list(tidy()[[*AXES]].drop_duplicates().itertuples(index=False, name=None))
    read = []
    monkeypatch.setattr(kind.prd_curve, "read", lambda path, space: read.append(path))
    monkeypatch.setattr(
        kind.prd_curves, "prd_curves", lambda found, space: sweep.sweep(tidy(), TURNS)
    )
    about = {"dataset": "digits", "runs": runs}
    kind.draw(given(tmp_path, tidy()) | {"scores": [json.dumps(run) for run in runs]}, about)
    assert len(read) == len(runs) - 3  # one a sampler
