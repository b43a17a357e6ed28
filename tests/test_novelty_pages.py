"""Pages of novelty and of modes: their numbers, their pictures, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from expost import kinds
from expost.analyses import novelty
from expost.figures import ends, modes, naming, traversals
from expost.io import files
from expost.tables import modes_table, novelty_table


def found(value):
    """A row a class, score, seed and measure, of values by (group, score, seed)."""
    rows = [
        ["digits", "one_class", group, score, seed, metric, value(group, score, seed)]
        for group in "18"
        for score in (*novelty.SCORES, novelty.CHANCE)
        for seed in (0, 1)
        for metric in novelty.METRICS
    ]
    return pd.DataFrame(rows, columns=novelty.COLUMNS)


def images(seed, n=20, side=8):
    return np.random.default_rng(seed).integers(0, 256, (n, 1, side, side), dtype=np.uint8)


def test_rows_are_classes_and_their_mean_and_columns_scores():
    order = [*novelty.SCORES, novelty.CHANCE]
    means = novelty_table.summarise(
        found(lambda group, score, seed: order.index(score) / 10 + 0.01 * int(group) + 0.02 * seed)
    )
    whole = means[(means["group"] == novelty_table.ALL) & (means["score"] == "full")]
    assert whole["mean"].to_numpy() == pytest.approx(0.2 + 0.045 + 0.01)
    assert whole["seeds"].eq(2).all()
    with naming.of(autoencoders={"one_class": ("GEN of one class", True)}):
        tables, note = novelty_table.novelty_tables(means)
    assert [table.title.split(": ")[1][:4] for table in tables] == ["area", "aver"]
    for table in tables:
        assert [row[0] for row in table.rows] == ["class 1", "class 8", "all classes"]
        assert len(table.columns) == 7
        assert table.rows[0][3].startswith("0.22")  # full, of class 1
        assert table.rule == 2
    assert "95 % t-interval over 2 seeds" in note


def test_modes_without_labels_have_no_accuracy():
    measures = ("accuracy", "assigned", "within")
    rows = [["d", "labelled", s, m, 0.5] for s in (0, 1) for m in measures]
    rows += [["d", "free", s, m, 0.2 + s / 10] for s in (0, 1) for m in measures[1:]]
    columns = ["dataset", "autoencoder", "seed", "metric", "value"]
    means = modes_table.summarise(pd.DataFrame(rows, columns=columns))
    (table,), note = modes_table.modes_tables(means)
    assert table.rows[0] == ["labelled", *["0.500 ± 0"] * 3]
    assert table.rows[1][1] == "–"
    assert table.rows[1][2].startswith("0.25")
    assert "0.989" in note


def test_the_picture_has_the_rows_of_the_first_seed(tmp_path, monkeypatch):
    shown, data = {}, images(0, 30)
    monkeypatch.setattr(ends, "ends", lambda found, headings: shown.update(found))
    files.save_npz(tmp_path / "data.npz", images_test=data, class_names=np.array(["cat", "dog"]))
    low, high = np.arange(10), np.arange(10, 20)
    keys = {"d/gen-of_class-1/low": low, "d/gen-of_class-1/high": high}
    files.save_npz(tmp_path / "ends.npz", **keys)
    turn = ("d", "gen", "of_class", (1,), ("gen-of_class-1",))
    about = {"dataset": "d", "turns": [turn], "hide_originals": False}
    given = {"data": [str(tmp_path / "data.npz")], "ends": [str(tmp_path / "ends.npz")]}
    kinds.load("novelty").draw(given, about)
    assert list(shown) == ["dog"]
    assert (shown["dog"][0] == data[low]).all()
    assert (shown["dog"][1] == data[high]).all()
    kinds.load("novelty").draw(given, about | {"hide_originals": True})
    assert np.ptp(shown["dog"][0]) == 0


def test_both_ends_stand_beside_each_other_row_by_row():
    one, other = images(1, 30), images(2, 30)
    figure = ends.ends({"class 1": (one, other), "class 8": (other, one)}, ("Low", "High"))
    arrays = [axes.images[0].get_array() for axes in figure.axes]
    assert len(arrays) == 4
    for array, wanted in zip(arrays, (one, other, other, one), strict=True):
        for i, image in enumerate(wanted):
            y, x = 9 * (i // 10), 9 * (i % 10)
            assert (array[y : y + 8, x : x + 8, 0] == image[0]).all()
    texts = [text.get_text() for text in figure.texts]
    assert texts == ["Low", "High", "class 1", "class 8"]
    with pytest.raises(ValueError, match="got no orders"):
        ends.ends({}, ("Low", "High"))
    with pytest.raises(ValueError, match="at least 10"):
        ends.ends({"class 1": (one[:7], other[:7])}, ("Low", "High"))


@pytest.mark.parametrize("rows", [1, 4])
def test_a_block_is_as_high_as_its_name_at_least(rows):
    both = images(1, 10 * rows), images(2, 10 * rows)
    long = {f"class {i}, GEN of one class": both for i in range(3)}
    figure = ends.ends(long, ("Low", "High"))
    names = [text.get_window_extent() for text in figure.texts[2:]]
    assert all("\n" in text.get_text() for text in figure.texts[2:])
    boxes = [axes.bbox for axes in figure.axes[::2]]
    for above, below in ((names, names), (boxes, boxes), (names, boxes), (boxes, names)):
        assert all(a.y0 >= b.y1 for a, b in zip(above, below[1:], strict=False))
    middles = [(box.y0 + box.y1) / 2 for box in boxes]
    assert middles == pytest.approx([(name.y0 + name.y1) / 2 for name in names], abs=1.5)


def test_a_row_is_a_mode_and_a_block_an_axis():
    ways = images(3, 2 * 2 * 5).reshape(2, 2, 5, 1, 8, 8)
    figure = traversals.traversals(ways, ["mode 0", "mode 1"], ["axis 1", "axis 2"])
    arrays = [axes.images[0].get_array() for axes in figure.axes]
    for axis, array in enumerate(arrays):
        assert (array[9:17, 18:26, 0] == ways[1, axis, 2, 0]).all()
    with pytest.raises(ValueError, match="got no modes"):
        traversals.traversals(ways[:0], [], ["axis 1", "axis 2"])


def test_codes_have_the_colours_of_their_classes_and_modes_are_circles():
    law = {"means": np.array([[4.0, 0], [-4, 0]]), "spreads": np.full((2, 2), 0.5)}
    codes, labels = np.array([[4.0, 0.1], [-4, 0.2], [0, 7]]), np.array([0, 1, 1])
    panel = modes.Panel(codes=codes, labels=labels, **law, told="67 % in their modes")
    figure = modes.modes({"GEN": panel, "other": panel, "third": panel}, ["zero", "one"])
    assert len(figure.axes) == 3
    axes = figure.axes[0]
    assert axes.get_title() == "GEN\n67 % in their modes"
    assert [tuple(circle.center) for circle in axes.patches] == [(4, 0), (-4, 0)]
    assert {circle.width for circle in axes.patches} == {2.0}
    colours = axes.collections[0].get_facecolors()
    assert (colours[1] == colours[2]).all()
    assert (colours[0] != colours[1]).any()
    assert [text.get_text() for text in figure.texts] == ["zero", "one"]
    with pytest.raises(ValueError, match="got no panels"):
        modes.modes({}, ["zero"])
