"""The triptychs: which picture stands where, the numbers below, and no overlaps."""

import itertools

import numpy as np
import pytest
from expost.figures import nearest_neighbours
from expost.figures.nearest_neighbours import Neighbours


def found(n=9, k=3, shape=(1, 8, 8), seed=0):
    rng = np.random.default_rng(seed)
    images = (rng.integers(0, 256, (m, *shape), np.uint8) for m in (n, k, k))
    return Neighbours(*images, np.arange(n) / 2)


def test_lines_are_sample_neighbour_original_with_distances_below():
    shown = found(shape=(3, 8, 8))
    figure = nearest_neighbours.nearest_neighbours({"KDE": shown})
    picture = figure.axes[0].images[0].get_array()
    assert picture.shape == (3 * 9 - 1, 3 * 9 - 1, 3)
    for row, images in enumerate((shown.generated, shown.decoded, shown.originals)):
        for column in range(3):
            cell = picture[9 * row :, 9 * column :][:8, :8]
            np.testing.assert_array_equal(cell, images[column].transpose(1, 2, 0))
    texts = [text.get_text() for text in figure.texts]
    assert texts[0] == "KDE: median 2.00"  # of all nine
    assert texts[1:4] == ["0.00", "0.50", "1.00"]


@pytest.mark.parametrize("side", [8, 16, 28, 32, 64])
@pytest.mark.parametrize("count", [1, 3, 9])
def test_nothing_overlaps_or_is_cut_off(side, count):
    methods = {f"Method {i}": found(6, 6, (1, side, side), i) for i in range(count)}
    figure = nearest_neighbours.nearest_neighbours(methods)
    figure.draw_without_rendering()
    boxes = [thing.get_window_extent() for thing in (*figure.texts, *figure.axes)]
    for one, other in itertools.combinations(boxes, 2):
        across = min(one.x1, other.x1) - max(one.x0, other.x0)
        down = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert across < 1 or down < 2
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.x1 for box in boxes)
    assert all(box.y0 >= 0 and box.y1 <= figure.bbox.y1 for box in boxes)


def test_what_cannot_be_shown_is_refused():
    with pytest.raises(ValueError, match="no methods"):
        nearest_neighbours.nearest_neighbours({})
    with pytest.raises(ValueError, match="'decoded neighbours of b'"):
        nearest_neighbours.nearest_neighbours({"a": found(), "b": found(k=2)})
