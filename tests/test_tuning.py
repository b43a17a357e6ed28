"""Tables of equal tuning: what is chosen, on which seeds it is measured, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from expost.analyses import tuning
from expost.tables import tuned_table
from planning import figure, planned

# The score of each setting, seed by seed, where the first two seeds choose.
SCORES = {
    ("aae", "prior"): [4.0, 4.2, 5.0, 5.2, 5.4],
    ("aae-learning_rate-0.003", "prior"): [3.0, 3.2, 6.0, 6.2, 6.4],  # better where chosen only
    ("gen", "shrunk_prior"): [9.0, 9.0, 1.0, 1.0, 1.0],  # the other way round
    ("gen-weight-0.03", "shrunk_prior"): [3.5, 3.6, 4.0, 4.3, 4.3],
    ("aae", "reconstruction"): [1.0, 1.0, 2.0, 2.0, 2.0],
    ("aae-learning_rate-0.003", "reconstruction"): [1.0, 1.0, 2.5, 2.5, 2.5],
    ("ae", "copy"): [0.1, 0.1, 0.1, 0.2, 0.3],
    ("ae", "held_out"): [0.2, 0.2, 0.2, 0.3, 0.4],
}
PLANNED = {
    "kind": "tuned",
    "title": "Tuned.",
    "methods": ["ae/prior", "vae/prior", "ae/copy", "ae/held_out"],
    "turns": {"ae": {"batch": [7, 9]}, "vae": {"options.beta": [0.3, 3]}},
    "seeds": [0, 1],
    "choosing": 1,
    "measure": "frechet",
    "against": "ae",
}


@pytest.fixture
def scores():
    rows = [
        ("digits", *method, 9, 800, seed, "classifier", "frechet", value)
        for method, values in SCORES.items()
        for seed, value in enumerate(values)
    ]
    axes = ["dataset", "autoencoder", "sampler", "epoch", "size", "seed", "space"]
    return pd.DataFrame(rows, columns=[*axes, "metric", "value"])


def test_settings_are_chosen_on_the_first_seeds_and_measured_on_the_others(scores):
    found = tuning.of_settings(scores, 2)
    chosen = found[found["chosen"]].set_index("autoencoder")
    assert list(chosen["setting"]) == ["aae-learning_rate-0.003", "gen-weight-0.03"]
    assert list(chosen["first"]) == pytest.approx([3.1, 3.55])
    assert list(chosen["mean"]) == pytest.approx([6.2, 4.2])
    assert list(chosen["seeds"]) == [3, 3]
    assert chosen["reconstruction"]["aae"] == 2.5
    assert np.isnan(chosen["reconstruction"]["gen"])


def test_seeds_that_choose_say_nothing_of_how_good_it_is(scores):
    first = scores["seed"] < 2
    other = scores.assign(value=scores["value"].where(~first, scores["value"] / 2))
    columns = ["setting", "mean", "half_width", "chosen"]
    pd.testing.assert_frame_equal(*(tuning.of_settings(s, 2)[columns] for s in (scores, other)))


def test_higher_is_better_where_the_metric_says_so(scores):
    found = tuning.of_settings(scores.assign(metric="coverage"), 2)
    assert list(found.loc[found["chosen"], "setting"]) == ["aae", "gen"]


def test_differences_are_taken_seed_by_seed(scores):
    found = tuning.of_settings(scores, 2)
    less = tuning.beside(scores, found[found["chosen"]], 2, "aae").set_index("autoencoder")
    paired = np.array([4.0 - 6.0, 4.3 - 6.2, 4.3 - 6.4])
    assert list(less.index) == ["gen"]
    assert less["mean"]["gen"] == pytest.approx(paired.mean())
    half = 4.302653 * paired.std(ddof=1) / np.sqrt(3)
    assert less["half_width"]["gen"] == pytest.approx(half, rel=1e-6)


def test_a_table_has_methods_as_chosen_and_one_has_all_settings(scores):
    found = tuning.of_settings(scores, 2)
    (chosen, every), note = tuned_table.tuned_tables(scores, found, 2, "aae")
    assert [row[1:3] for row in chosen.rows[:2]] == [
        ["learning rate 0.003", "2.50"],
        ["weight 0.03", "–"],
    ]
    assert [row[3] for row in chosen.rows] == [
        "6.20 ± 0.50",
        "4.20 ± 0.43",
        "0.20 ± 0.25",
        "0.30 ± 0.25",
    ]
    assert chosen.rows[0][4] == "–"
    assert chosen.rows[1][4] == "-2.00 ± 0.25"
    assert chosen.bold == {(1, 3)}
    assert len(every.rows) == 4
    assert every.bold == {(1, 1), (3, 1)}
    assert "2 settings" in note
    assert "first 2 seeds" in note


def test_there_is_a_seed_to_measure_on(scores):
    with pytest.raises(ValueError, match="got 5 seeds, 5 of them to choose on"):
        tuning.of_settings(scores, 5)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"choosing": 2}, "got 2 seeds .* wanted more seeds"),
        ({"measure": "frechett"}, "got the measure 'frechett' .* frechet"),
        ({"measure": "prd"}, "got the measure 'prd'"),
        ({"against": "aae"}, "got against 'aae' in .* 0 methods.* beside ae, vae"),
        ({"turns": {"ae": {"batch": [7, 9]}}}, "got 2 of ae/prior, 1 of vae/prior settings"),
    ],
)
def test_unequal_tuning_is_refused_when_planning(changes, message):
    entry = PLANNED | changes
    with pytest.raises(ValueError, match=message):
        planned(figure("tuned", **entry))


def test_equal_tuning_is_planned():
    plan = planned(figure("tuned", **PLANNED))
    names = dict.fromkeys(run.autoencoder for run in plan.figures["tuned"].runs)
    names = [name.partition(".")[2] for name in names]
    assert sorted(names) == ["ae", "ae-batch-7", "ae-batch-9", "vae-beta-0.3", "vae-beta-3"]
