"""Pictures of masks over trainings, and plans of such and of capacities."""

import numpy as np
import pandas as pd
import pytest
from expost.analyses import mask_history
from expost.figures import masks
from planning import planned

VECTORS = {"v": {"kind": "synthetic", "dimension": 2, "ambient": 6, "train": 60, "test": 40}}


def rows(values, capacity=None, seed=0):
    """A mask's numbers, (epochs, dimensions), as the rules give them."""
    values = np.array(values, float)
    return pd.DataFrame(
        {
            "autoencoder": "lmgae",
            "capacity": capacity or values.shape[1],
            "seed": seed,
            "epoch": epoch + 1,
            "dimension": dimension,
            "value": value,
        }
        for (epoch, dimension), value in np.ndenumerate(values)
    )


def test_a_map_has_what_stays_open_first_and_a_line_for_each_dimension():
    open_late = [[0.2, 0.9, 0.6], [0.5, 0.5, 0.6], [1.0, 0.0, 0.6]]
    other = rows(np.zeros((3, 3)), seed=1)  # of which nothing is shown
    figure = masks.masks(pd.concat([rows(open_late), other, rows([[1.0], [0.0], [0.0]])]))
    lines, maps = figure.axes[:2], figure.axes[2:4]
    assert [axes.get_title() for axes in lines] == ["Capacity 3", "Capacity 1"]
    drawn = [line.get_ydata().tolist() for line in lines[0].lines]
    assert drawn == np.transpose(open_late).tolist()
    assert maps[0].images[0].get_array().tolist() == [[0.2, 0.5, 1], [0.6, 0.6, 0.6], [0.9, 0.5, 0]]
    assert maps[1].images[0].get_array().tolist() == [[1, 0, 0]]
    ends = {line.get_color() for line in lines[0].lines if line.get_ydata()[-1] < 0.5}
    assert ends == {"#999999"}


@pytest.mark.parametrize("epochs", [1, 2, 5])
def test_ticks_are_at_whole_epochs(epochs):
    _, below, *_ = masks.masks(rows(epochs * [[0.4, 1.0]])).axes
    ticks = below.get_xticks()
    assert set(ticks) == set(ticks.round())


def test_a_mask_is_read_dimension_after_dimension_and_is_that_of_the_weights_that_are_kept():
    history = pd.DataFrame(
        {"epoch": [1, 2, 3], "validation": [2.0, 1.0, 1.0], "mask_binary": [9, 9, 9]}
        | {
            f"mask_{j}": np.array([10 * j + 1, 10 * j + 2, 10 * j + 3]) / 128
            for j in range(11)[::-1]
        }
    )
    wanted = (10 * np.arange(11) + np.array([[1], [2], [3]])) / 128
    np.testing.assert_array_equal(mask_history.over_epochs(history), wanted)
    last, best = (mask_history.kept(history, best) for best in (False, True))
    np.testing.assert_array_equal(last, wanted[2])
    np.testing.assert_array_equal(best, wanted[1])


GOOD = {"epoch": [1, 2], "validation": [0, 0], "mask_0": [0.1, 0.2], "mask_1": [0, 1]}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "No columns"),
        ("epoch,mask_0,mask_1\n", "it has no epochs"),
        ("epoch,wasserstein\n1,2\n", "masks of the dimensions \\[\\]; wanted all from 0 on"),
        ("epoch,mask_0\n1,0.5\n", "dimensions \\[0\\]; .* at least 2"),
        ("epoch,mask_0,mask_2\n1,0.5,0.5\n", "dimensions \\[0, 2\\]"),
        ("epoch,mask_0,mask_1\n1,0.5,0.5\n2,0.5", "missing"),
        ("epoch,mask_0,mask_1\n1,0.5,nan\n", "missing"),
        ("epoch,mask_0,mask_1\n1,0.5,7.5\n", "not between 0 and 1"),
        ("epoch,mask_0,mask_1\n1,0.5,open\n", "open"),
    ],
)
def test_a_damaged_history_is_refused_with_its_name_and_is_no_collapse(text, why, tmp_path):
    path = tmp_path / "epoch2.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=f"epoch2.csv is no history of a mask: .*{why}.*Delete it"):
        mask_history.closed([("a",)], [False], [path])
    path.write_text(pd.DataFrame(GOOD).to_csv(index=False))
    assert mask_history.closed([("a",)], [False], [path]) == set()


def test_a_training_without_a_mask_may_have_none_but_no_part_of_one(tmp_path):
    path = tmp_path / "epoch2.csv"
    path.write_text("epoch,wasserstein\n1,2\n")
    assert mask_history.read(path, masked=False)["wasserstein"].to_list() == [2]
    path.write_text("epoch,mask_0,mask_1\n1,0.5,\n")
    with pytest.raises(ValueError, match="is no history of a training: .*missing"):
        mask_history.read(path, masked=False)
    path.write_text("epoch,mask_0\n1,0.5\n")
    with pytest.raises(ValueError, match=r"is no history of a training: .*dimensions \[0\]"):
        mask_history.read(path, masked=False)


CAPACITY = {
    "kind": "capacity",
    "title": "t",
    "on": ["v"],
    "methods": ["wae/prior", "wae/held_out"],
    "turns": {"wae": {"latent": [2, 3]}},
    "draws": 20,
    "sizes": [50],
}
MASKS = {"kind": "masks", "title": "t", "on": ["v"], "autoencoders": ["masked"]}


def plan_of(figure):
    entry = {"networks": "mlp", "reconstruction": "squared_error", "latent": 3}
    overrides = {
        "autoencoders": {
            "wae": entry | {"objective": "wae_gan"},
            "masked": entry | {"objective": "lmgae"},
        },
        "figures": {"mine": figure},
    }
    return planned(overrides, {"datasets": VECTORS}, wanted=["mine"])


def test_capacities_are_rows_that_claims_can_pick_and_their_runs_are_scored():
    plan = plan_of(CAPACITY)
    assert plan.measured("ebcae") == {"mine": "capacities"}
    assert "mine" not in plan.numbered("ebcae")
    runs = plan.figures["mine"].runs
    assert {run.autoencoder for run in runs} == {"ebcae.wae-latent-2", "ebcae.wae"}
    assert all("moments" in plan.families(run) for run in runs)
    assert plan_of(MASKS).measured("ebcae") == {"mine": "masks"}
    assert plan.data_sets["v"].dimension == 2
    assert plan.data_sets["digits"].dimension is None


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (CAPACITY | {"turns": {"wae": {"batch": [20, 30]}}}, "got batch in the `turns` of"),
        (CAPACITY | {"methods": ["wae/gmm", "wae/held_out"]}, "got the sampler 'gmm' in figure"),
        (CAPACITY | {"metrics": ["two_sample"]}, "got metrics two_sample in .* wants moments"),
        (CAPACITY | {"on": ["digits"], "features": []}, "got no features of digits in figure"),
        (MASKS | {"autoencoders": ["masked", "wae"]}, "'wae' in figure .* learns no mask"),
        (MASKS | {"turns": {"masked": {"latent": [1, 2]}}}, "latent, the capacity .* got|got .*1"),
    ],
)
def test_what_cannot_be_shown_is_refused_when_planning(figure, said):
    with pytest.raises(ValueError, match=said):
        plan_of(figure)
