"""Nearest training codes: against comparing every pair, with ties, copies and held-out codes."""

import numpy as np
import pytest
from expost.metrics import neighbours
from expost.metrics.distances import TILE


def brute_force(queries, codes):
    rows, distances = [], []
    for query in queries:
        each = [float(np.sqrt(((query - code) ** 2).sum())) for code in codes]
        rows.append(each.index(min(each)))
        distances.append(min(each))
    return np.array(rows), np.array(distances)


@pytest.mark.parametrize(("m", "n", "d", "shift"), [(7, 5, 1, 0), (TILE + 3, 300, 4, 1e4)])
def test_as_comparing_every_pair(m, n, d, shift):
    rng = np.random.default_rng(0)
    queries, codes = (shift + rng.standard_normal((k, d)) for k in (m, n))
    rows, distances = neighbours.nearest(queries, codes)
    wanted = brute_force(queries, codes)
    np.testing.assert_array_equal(rows, wanted[0])
    np.testing.assert_allclose(distances, wanted[1], rtol=1e-12)


def test_ties_go_to_the_lowest_row():
    rng = np.random.default_rng(1)
    codes = np.repeat(rng.standard_normal((2 * TILE, 3)), 2, axis=0)
    codes = np.concatenate([codes, codes])  # each code four times, far apart in memory
    queries = rng.standard_normal((50, 3))
    rows, _ = neighbours.nearest(queries, codes)
    np.testing.assert_array_equal(rows, 2 * neighbours.nearest(queries, codes[: 4 * TILE : 2])[0])
    assert neighbours.nearest(np.zeros((1, 2)), np.array([[2.0, 0], [0, 1], [1, 0]]))[0] == [1]


def test_copies_have_distance_zero_and_their_own_rows():
    codes = (1e3 + np.random.default_rng(2).standard_normal((400, 5))).astype(np.float32)
    rows, distances = neighbours.nearest(codes[::-1], codes)
    np.testing.assert_array_equal(rows, np.arange(400)[::-1])
    assert (distances == 0).all()


def test_the_typical_distance_is_the_median_over_held_out_codes():
    codes = np.array([[0.0], [10.0]])
    assert neighbours.typical(np.array([[1.0], [7.0], [30.0]]), codes) == 3


@pytest.mark.parametrize(
    ("queries", "codes", "message"),
    [
        (np.zeros((2, 3)), np.zeros((2, 2)), r"\(2, 3\) and \(2, 2\)"),
        (np.zeros(3), np.zeros((2, 3)), r"got \(3,\)"),
        (np.zeros((2, 3)), np.zeros((0, 3)), "no codes"),
    ],
)
def test_what_cannot_be_compared_is_refused(queries, codes, message):
    with pytest.raises(ValueError, match=message):
        neighbours.nearest(queries, codes)


def test_held_out_codes_that_are_training_codes_make_no_yardstick():
    codes = np.arange(8.0).reshape(4, 2)
    with pytest.raises(ValueError, match="equal to training codes"):
        neighbours.typical(codes[:3], codes)
