"""Laws of the sample grid: rows in order, originals last, every pixel as it is."""

import numpy as np
import pytest
from expost import samplers
from expost.figures import gallery, pictures

METHODS = [("ae", name) for name in samplers.SAMPLERS if name != "prior"] + [("vae", "prior")]


def images(n=12, shape=(1, 8, 8)):
    return np.random.default_rng(1).integers(0, 256, (n, *shape), np.uint8)


def test_rows_of_the_grid_are_in_order_with_originals_last():
    runs = [("digits", a, s, 60, 800, 0) for a, s in METHODS]
    rows = gallery.order(runs[::-1])
    assert [label for _, label in rows][:2] == ["Gaussian", "Independent"]
    assert rows[-1] == (
        runs[::-1].index(("digits", "ae", "held_out", 60, 800, 0)),
        "Held-out images",
    )
    later = gallery.order([("digits", "ae", "kde", epoch, 800, 0) for epoch in (20, 5)])
    assert later == [(1, "KDE, epoch 5"), (0, "KDE, epoch 20")]


@pytest.mark.parametrize("shape", [(1, 8, 8), (3, 6, 9)])
def test_the_grid_shows_the_first_images_of_each_row_pixel_by_pixel(shape):
    rows = {"one": images(4, shape), "two": images(5, shape)[::-1]}
    canvas = gallery.sample_grid(rows, columns=3).axes[0].images[0].get_array()
    _, h, w = shape
    assert canvas.shape == (2 * h + 1, 3 * w + 2, 3)
    cell = canvas[h + 1 :, 2 * (w + 1) :]  # second row, third image
    np.testing.assert_array_equal(
        cell, np.broadcast_to(rows["two"][2].transpose(1, 2, 0), (h, w, 3))
    )
    assert (canvas[h] == 255).all()


def test_blocks_stand_apart_with_their_own_rows():
    one, other = images(3), images(3) // 2
    figure = gallery.sample_grid({"a": one, "b": one}, {"a": other}, columns=3)
    upper, lower = (axes.get_window_extent() for axes in figure.axes)
    assert upper.height == pytest.approx(2 * lower.height, rel=0.1)
    assert upper.y0 - lower.y1 == pytest.approx(gallery.APART)
    assert upper.width == pytest.approx(lower.width)
    np.testing.assert_array_equal(figure.axes[1].images[0].get_array()[:8, :8, 0], other[0, 0])
    assert [text.get_text() for text in figure.texts] == ["a", "b", "a"]
    with pytest.raises(ValueError, match="row 'c'"):
        gallery.sample_grid({"a": one}, {"c": images(shape=(3, 8, 8))}, columns=3)


def test_hidden_images_are_grey_and_others_themselves():
    some = images()
    assert pictures.shown(some, False) is some
    assert np.unique(pictures.shown(some, True)).tolist() == [208]
    assert pictures.shown(some, True).shape == some.shape


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({}, "no rows"),
        ({"a": images(shape=(2, 8, 8))}, r"\(2, 8, 8\); wanted \(1, h, w\)"),
        ({"a": images(9)}, "row 'a'; wanted uint8, at least 10"),
        ({"a": images(), "b": images(shape=(1, 8, 9))}, "row 'b'"),
        ({"a": images() / 255}, "float64 images"),
    ],
)
def test_the_grid_refuses_other_images(rows, message):
    with pytest.raises(ValueError, match=message):
        gallery.sample_grid(rows)
