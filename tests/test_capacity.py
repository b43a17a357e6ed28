"""Figures of capacities: what is told of a training, and that nothing broken is averaged away."""

import numpy as np
import pandas as pd
import pytest
from expost.analyses import capacity
from expost.figures import capacity as picture
from expost.metrics.frechet import frechet
from expost.objectives import mask_schedules
from expost.tables import capacity_table

CODES = np.random.default_rng(0).normal(size=(500, 3))


def history(masks, losses=(2.0, 1.0, 1.0), active=None):
    """Three epochs of a training whose mask ends so."""
    masks = np.array(masks)
    told = {
        "autoencoder_reconstruction": losses,
        "wasserstein": [0.5, 0.4, 0.3],
        "active": [3, 3, (masks >= 0.1).sum()],
        "active_half": [3, 3, (masks >= 0.5).sum()],
        "half_open": [0, 0, ((masks > 0.1) & (masks < 0.9)).sum()],
    }
    told |= {f"mask_{j}": [1.0, 1.0, value] for j, value in enumerate(masks)}
    return pd.DataFrame(told)


def told(distance=1.0, masks=(1.0, 1.0, 0.0), codes=CODES, losses=(2.0, 1.0, 1.0), **about):
    about = {"noise": 50.0, "dimension": 4} | about
    rows = capacity.records(distance, history(masks, losses), codes, **about)
    return {row["metric"]: row["value"] for row in rows}


def test_a_distance_is_that_of_vectors_or_of_the_features_that_are_shown():
    told = [("pixels", "emd", 1.0), ("classifier", "frechet", 2.0), ("inception", "frechet", 3.0)]
    rows = [dict(zip(("space", "metric", "value"), row, strict=True)) for row in told]
    assert capacity.told_distance(rows[:2]) == ("classifier", 2.0)
    assert capacity.told_distance(rows) == ("inception", 3.0)
    vectors = {"space": "vectors", "metric": "frechet", "value": 4.0}
    assert capacity.told_distance([vectors, *rows[:1]]) == ("vectors", 4.0)


def test_a_sound_training_is_told_whole():
    assert told() == {
        **{"distance": 1.0, "reconstruction": 1.0, "wasserstein": 0.3},
        **{"active": 2, "active_half": 2, "half_open": 0, "active_over_dimension": 0.5},
        **{"no_active": 0, "beyond_noise": 0, "collapsed": 0, "runaway": 0, "odd_spread": 0},
    }


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"masks": (0.0, 0.05, 0.0)}, {"no_active", "collapsed"}),
        ({"distance": 50.1}, {"beyond_noise", "collapsed"}),
        ({"losses": (2.0, 1.0, 1.51)}, {"runaway"}),
        ({"losses": (2.0, 1.0, 2.9), "frozen": 1}, set()),
        ({"losses": (2.0, 1.0, 3.1), "frozen": 1}, {"runaway"}),
        ({"codes": CODES * [1, 1.6, 1]}, {"odd_spread"}),
        ({"codes": CODES * [0.4, 1, 1]}, {"odd_spread"}),
        ({"codes": CODES * [1, 1, 9]}, set()),  # of a dimension that is masked
    ],
)
def test_what_broke_is_named(change, broken):
    flags = ("no_active", "beyond_noise", "collapsed", "runaway", "odd_spread")
    found = told(**change)
    assert {name for name in flags if found[name]} == broken


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ""),
        ({"losses": (2.0, 1.0, 1.51)}, ""),
        ({"distance": 50.1}, "lmgae of capacity 3, seed 7, has collapsed: its distance is beyond"),
        ({"masks": (0.0, 0.05, 0.0)}, "seed 7, has collapsed: no dimension is active"),
    ],
)
def test_a_collapse_is_named_in_the_log(change, said, caplog):
    found = [{"metric": metric, "value": value} for metric, value in told(**change).items()]
    capacity.warn({"autoencoder": "lmgae", "capacity": 3, "seed": 7}, found)
    assert said in caplog.text
    assert bool(caplog.text) == bool(said)


def test_of_an_autoencoder_without_a_mask_its_distance_alone_can_be_too_far():
    plain = history((1, 1, 1))[["autoencoder_reconstruction", "wasserstein"]]
    rows = capacity.records(60.0, plain, CODES, noise=50.0, dimension=4)
    assert {row["metric"]: row["value"] for row in rows} == {
        **{"distance": 60.0, "reconstruction": 1.0, "wasserstein": 0.3},
        **{"beyond_noise": 1, "collapsed": 1},
    }
    images = capacity.records(60.0, plain, CODES)  # of which nobody knows what noise would be
    assert "collapsed" not in {row["metric"] for row in images}


@pytest.mark.parametrize(("schedule", "epochs"), [("careful", 20), ("careful", 7), ("faithful", 9)])
def test_epochs_in_which_the_mask_rests_are_those_in_which_it_does_not_move(schedule, epochs):
    batches = 11  # an epoch
    still = [
        not any(
            mask_schedules.moves(schedule, epoch * batches + i, epochs * batches)
            for i in range(batches)
        )
        for epoch in range(epochs)
    ]
    assert sum(still) == mask_schedules.frozen_epochs(schedule, epochs)


def test_noise_has_the_datas_means_and_variances_and_nothing_else():
    rng = np.random.default_rng(0)
    data = rng.normal(size=(200_000, 2)) @ rng.normal(size=(2, 5)) + 3
    noise = rng.normal(data.mean(axis=0), data.std(axis=0), size=data.shape)
    assert capacity.of_noise(data) == pytest.approx(frechet(data, noise), rel=0.01)
    equal = rng.normal(size=(1000, 1)) * np.ones(9)  # S = v 11', D = v I: v (9 + 9 - 2 * 3)
    assert capacity.of_noise(equal) == pytest.approx(12 * equal[:, 0].var(ddof=1))


def rows(distances):
    """Of one masked autoencoder at two capacities; those that are beyond 50 collapsed."""
    found = [
        {"autoencoder": "lmgae", "capacity": m, "seed": seed, "metric": metric, "value": value}
        for m, values in distances.items()
        for seed, distance in enumerate(values)
        for metric, value in told(distance=distance).items()
    ]
    controls = {"held_out": 0.2, "noise": 50.0, "dimension": 4}
    found += [{"metric": metric, "value": value} for metric, value in controls.items()]
    return pd.DataFrame(found).assign(dataset="synthetic", space="vectors")


MIXED = {2: [4.0, 6.0, 5.0], 8: [1.0, 3.0, 300.0]}


def test_a_collapsed_training_is_in_no_mean_and_is_not_dropped():
    means = capacity_table.summarise(rows(MIXED)).set_index(["capacity", "metric"])
    assert means.loc[(8, "distance"), ["mean", "seeds"]].tolist() == [2.0, 2]
    assert means.loc[(8, "trainings"), "count"] == 3
    assert means.loc[(8, "beyond_noise"), "count"] == 1
    assert means.loc[(2, "beyond_noise"), "count"] == 0
    assert means.loc[(8, "collapsed_distance"), ["mean", "seed"]].tolist() == [300.0, 2]
    (table,), note = capacity_table.capacity_tables(means.reset_index())
    assert table.title == "synthetic: vectors, distance and capacity"
    cells = dict(zip(table.columns, table.rows[1], strict=True))
    assert [cells[name] for name in ("Capacity", "Trainings", "Collapsed")] == ["8", "3", "300"]
    assert cells["Beyond noise"] == "1"
    assert cells["Fréchet distance"] == "2 ± 13"
    assert [row[0] for row in table.rows[table.rule :]] == ["Held-out data", "Noise"]
    assert "over 2 to 3 seeds" in note


def test_where_all_collapsed_there_is_no_mean_and_every_distance():
    means = capacity_table.summarise(rows({2: [60.0, 70.0]}))
    (table,), _ = capacity_table.capacity_tables(means)
    cells = dict(zip(table.columns, table.rows[0], strict=True))
    assert (cells["Fréchet distance"], cells["Collapsed"]) == ("–", "60.0, 70.0")


def test_the_picture_has_a_cross_for_each_that_collapsed_and_means_of_the_others():
    figure = picture.capacity(rows(MIXED))
    panel = figure.axes[0]
    lines = {line.get_marker(): line for line in panel.lines if line.get_marker() != "None"}
    assert lines["o"].get_xydata().tolist() == [[2, 5], [8, 2]]
    assert lines["x"].get_xydata().tolist() == [[8, 300]]
    assert panel.get_ylim()[1] > 300
    notes = [text.get_text() for text in figure.texts]
    assert "Crosses: 1 collapsed training of lmgae, in no mean; at the edge if" in notes
    assert "beyond a panel" in notes
    active = [axes for axes in figure.axes if axes.get_ylabel() == "Active dimensions"]
    assert [x for x, _ in active[0].lines[0].get_xydata()] == [2, 8]


def test_a_line_is_broken_where_all_collapsed_and_no_cross_flattens_a_panel():
    of = rows({2: [4.0, 5.0], 4: [60.0, 70.0], 8: [1.0, 2.0]})
    far = (of["metric"] == "wasserstein") & (of["capacity"] == 4)
    figure = picture.capacity(of.assign(value=of["value"].mask(far, 800.0)))
    distance, wasserstein = figure.axes[0], figure.axes[-1]
    assert wasserstein.get_ylabel() == "Wasserstein estimate"
    line = next(line for line in distance.lines if line.get_marker() == "o")
    assert np.isnan(line.get_ydata()).tolist() == [False, True, False]
    high = wasserstein.get_ylim()[1]
    assert high < 1
    crosses = [line for line in wasserstein.lines if line.get_marker() == "x"]
    assert [y for line in crosses for y in line.get_ydata()] == [high, high]


def test_a_legend_of_three_autoencoders_stands_above_the_notes():
    three = [rows(MIXED).replace({"autoencoder": {"lmgae": name}}) for name in "abc"]
    figure = picture.capacity(pd.concat(three, ignore_index=True))
    figure.canvas.draw()
    foot = figure.axes[-1].get_legend().get_window_extent().y0
    assert foot >= max(text.get_window_extent().y1 for text in figure.texts)


def test_one_seed_has_no_band_and_the_space_is_told():
    figure = picture.capacity(rows({2: [4.0], 8: [1.0]}).assign(space="classifier"))
    notes = [text.get_text() for text in figure.texts]
    assert any("One seed" in note for note in notes)
    assert "Distance: of classifier features" in notes
