"""A training that collapsed is in no mean of scores, and every page of scores names it."""

import itertools
import json

import numpy as np
import pandas as pd
import pytest
from expost import kinds
from expost.analyses import mask_history
from expost.figures import collapses, sweep
from expost.study.runs import AXES
from expost.study.turns import Turn

LOST = 7e6  # what the lost training scores, which nothing shows
METRICS = ("frechet", "c_t", "authenticity", "density", "coverage", "emd")
NAMES = ("lmgae", "lmgae-latent-4", "wae", "wae-latent-4")
WHERE = [("classifier", metric) for metric in METRICS] + [("codes", "c_t"), ("codes", "emd")]
TURNS = [Turn("digits", name, "latent", (4, 8), (f"{name}-latent-4", name)) for name in NAMES[::2]]
PAIRS = [*itertools.product(NAMES, ("prior", "gmm", "kde")), ("wae", "copy"), ("wae", "held_out")]
SENTENCE = (
    "Collapsed, as no dimension is active, and in no mean: 1 of 4 trainings of lmgae on digits."
)


def tidy(lost=(("lmgae", 3),), seeds=4):
    rng = np.random.default_rng(0)
    rows = [
        ("digits", *pair, 40, 800, seed, *where, 0.2 + rng.random(), int((pair[0], seed) in lost))
        for pair, seed, where in itertools.product(PAIRS, range(seeds), WHERE)
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
    (sentence,) = collapses.sentences(tidy(lost))
    assert "2 of 4 trainings of lmgae on digits" in sentence
    assert "1 of 4 trainings of lmgae, latent 4 on digits" in sentence


def test_where_all_methods_want_all_seeds_a_seed_goes_whole():
    assert sorted(set(collapses.whole_seeds(tidy())["seed"])) == [0, 1, 2]
    with pytest.raises(ValueError, match="got 1 seeds, and of each a training that has collapsed"):
        collapses.whole_seeds(tidy([("lmgae", 0)], seeds=1))


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


@pytest.mark.parametrize("kind", TABLES)
def test_a_table_names_it_and_has_it_in_no_mean(tmp_path, kind):
    means, tables, note = kinds.load(kind).tabulate(given(tmp_path, tidy()), TABLES[kind])
    assert SENTENCE in note
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
    assert SENTENCE in said
    for axes in figure.axes:
        assert np.abs([*axes.get_xlim(), *axes.get_ylim()]).max() < LOST / 100


def test_a_sweep_has_a_cross_for_it_at_the_panels_edge():
    panel = sweep.sweep(tidy(), TURNS).axes[0]
    (prior, gmm, kde) = (line.get_xydata() for line in panel.lines if line.get_marker() == "x")
    top = panel.get_ylim()[1]
    assert prior.tolist() == gmm.tolist() == kde.tolist() == [[8, top]]


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
