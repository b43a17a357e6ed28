"""What is bold in a table of scores: what the seeds can tell apart, and nothing else."""

import numpy as np
import pandas as pd
import pytest
from expost.papers.claims import pairwise, predicates
from expost.tables import leaders
from scored import in_bold, only_table, scores, steady


@pytest.mark.parametrize(
    ("metric", "best"), [("emd", "Gaussian"), ("inception_score", "KDE"), ("one_nn", "Independent")]
)
def test_bold_is_the_best_of_the_samplers_and_no_control(metric, best):
    values = {
        "copy": [0.01],
        "gaussian": [0.2],
        "independent": [0.55],
        "kde": [0.8],
        "held_out": [9.0],
    }
    assert in_bold(only_table(scores(steady(values), metric))[0]) == {best}


def test_a_density_above_one_is_no_better_than_one_below():
    values = {"gaussian": [0.9], "kde": [1.5], "gmm": [0.2]}
    assert in_bold(only_table(scores(steady(values), "density"))[0]) == {"Gaussian"}


def test_bold_is_by_differences_seed_by_seed():
    """All three scatter widely, but always in the same order; the fourth is like the best."""
    values = {
        "gaussian": [1.0, 5.0, 9.0],
        "kde": [1.2, 5.2, 9.21],
        "gmm": [2.0, 6.1, 10.0],
        "vine": [0.9, 5.3, 9.1],
    }
    table, note = only_table(scores(values))
    assert in_bold(table) == {"Gaussian", "Vine copula"}
    assert "seed by seed" in note


def test_means_that_are_far_apart_are_a_tie_where_one_seed_says_the_other():
    values = {"gaussian": [1.0, 1.0, 1.0], "kde": [3.0, 3.0, 0.9], "gmm": [9.0, 9.1, 9.2]}
    assert in_bold(only_table(scores(values))[0]) == {"Gaussian", "KDE"}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"gaussian": [1.0, 1.2, 1.1], "kde": [1.1, 1.0, 1.2]}, "A column without bold is one"),
        ({"gaussian": [1.0], "kde": [2.0]}, "Nothing is bold, as one seed"),
        ({"gaussian": [1.0, 1.1, 1.2]}, "A column without bold is one"),  # no rival
        ({"gaussian": [0.0, 0.0], "kde": [0.0, 0.0]}, "A column without bold is one"),
    ],
)
def test_nothing_is_bold_where_nothing_can_be_told_apart_and_the_note_says_so(values, said):
    table, note = only_table(scores(values))
    assert not table.bold
    assert said in note


def test_a_method_that_was_not_run_at_all_seeds_is_compared_by_those_it_has():
    frame = scores({"gaussian": [1.0, 2.0, 3.0], "kde": [1.5, 2.5, 3.5], "gmm": [9.0, 9.5, 9.9]})
    frame = frame[(frame["sampler"] != "kde") | (frame["seed"] > 0)]
    assert in_bold(only_table(frame)[0]) == {"Gaussian"}
    assert in_bold(only_table(frame[(frame["sampler"] != "kde") | (frame["seed"] > 1)])[0]) == {
        "Gaussian",
        "KDE",
    }


@pytest.mark.parametrize("direction", ["lower", "higher", "zero", "half", "one"])
@pytest.mark.parametrize("seed", range(5))
def test_bold_agrees_with_the_claim_that_one_is_better(seed, direction):
    rng = np.random.default_rng(seed)
    values = pd.DataFrame(rng.normal(np.arange(5)[:, None] / 2, 0.4, (5, 3)))
    found = leaders.leaders(values, direction)
    claim = pairwise.Better(by=[], left=[], right=[])
    means = [claim._estimate(row, 0 * row, direction).mean() for row in values.to_numpy()]
    best = values.iloc[int(np.argmin(means))].to_numpy()
    wins = [
        predicates.outcome(claim._estimate(best, row, direction), below=0.0)["outcome"]
        for row in values.to_numpy()
    ]
    tied = [i for i, word in enumerate(wins) if word != predicates.HOLDS]
    assert found == (tied if len(tied) < 5 else [])


def test_in_codes_samplers_compete_on_one_autoencoder():
    values = {"gaussian": [1.0], "kde": [2.0], "prior": [0.1], "copy": [0.0]}
    frame = scores(steady(values), space="codes")
    frame.loc[frame["sampler"] == "prior", "autoencoder"] = "vae"
    table, note = only_table(frame)
    assert in_bold(table) == {"Gaussian"}
    assert table.title.endswith("codes (units differ between autoencoders)")
    assert "units of its own" in note
    table, note = only_table(frame.assign(space="pixels"))
    assert in_bold(table) == {"VAE"}
    assert "units" not in table.title + note
    other = frame.assign(autoencoder="vae", value=frame["value"] / 10)
    both = pd.concat([frame[frame["autoencoder"] == "ae"], other])
    assert in_bold(only_table(both)[0]) == {"Gaussian", "VAE"}


NAN = float("nan")


@pytest.mark.parametrize(
    ("values", "bold"),
    [  # where a row lacks seeds, its mean is of easier or of harder ones
        ({"gaussian": [1.0, 1.1, NAN], "kde": [0.9, 1.0, 5.0], "gmm": [2.0, 2.1, 6.0]}, {"KDE"}),
        ({"gaussian": [0.1, NAN, NAN], "kde": [0.9, 1.0, 5.0], "gmm": [2.0, 2.1, 6.0]}, set()),
        ({"gaussian": [NAN, NAN, 1.0], "kde": [NAN, 0.5, 2.0], "gmm": [1.0, 0.9, 2.5]}, set()),
        ({"gaussian": [NAN] * 3, "kde": [0.9, 1.0, 5.0], "gmm": [2.0, 2.1, 6.0]}, {"KDE"}),
    ],
)
def test_a_row_of_fewer_seeds_is_compared_where_it_has_them(values, bold):
    names = {"gaussian": "Gaussian", "kde": "KDE", "gmm": "GMM"}
    found = leaders.leaders(pd.DataFrame(values, index=range(3)).T, "lower")
    assert {names[list(values)[i]] for i in found} == bold
