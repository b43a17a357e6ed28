"""Nearest training codes: against comparing every pair, with ties, copies and held-out codes."""

import tracemalloc

import numpy as np
import pytest
from expost.metrics import neighbours
from expost.metrics.distances import TILE


@pytest.fixture(params=[TILE + 1, neighbours.BLOCK])  # several blocks, the last one smaller; one
def block(request, monkeypatch):
    monkeypatch.setattr(neighbours, "BLOCK", request.param)


def brute_force(queries, codes):
    rows, distances = [], []
    for query in queries:
        each = [float(np.sqrt(((query - code) ** 2).sum())) for code in codes]
        rows.append(each.index(min(each)))
        distances.append(min(each))
    return np.array(rows), np.array(distances)


@pytest.mark.parametrize(("m", "n", "d", "shift"), [(7, 5, 1, 0), (TILE + 3, 300, 4, 1e4)])
def test_as_comparing_every_pair(m, n, d, shift, block):
    rng = np.random.default_rng(0)
    queries, codes = (shift + rng.standard_normal((k, d)) for k in (m, n))
    rows, distances = neighbours.nearest(queries, codes)
    wanted = brute_force(queries, codes)
    np.testing.assert_array_equal(rows, wanted[0])
    np.testing.assert_allclose(distances, wanted[1], rtol=1e-12)


@pytest.mark.parametrize("values", [2, 4, 50])  # few values: many ties and duplicates
def test_ties_go_to_the_lowest_row_also_where_rounding_differs(values, block):
    rng = np.random.default_rng(values)
    queries, codes = (rng.integers(0, values, (n, 3)) for n in (300, 700))
    squares = ((queries[:, None] - codes) ** 2).sum(axis=2)
    rows, distances = neighbours.nearest(queries / 7 + 100, codes / 7 + 100)
    np.testing.assert_array_equal(rows, squares.argmin(axis=1))
    np.testing.assert_allclose(7 * distances, np.sqrt(squares.min(axis=1)), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, bool, np.float16])
def test_distances_are_those_of_float64_whatever_the_type(dtype):
    queries, codes = (np.random.default_rng(n).integers(0, 2, (n, 9)) for n in (40, 70))
    queries, codes = queries.astype(dtype), codes.astype(dtype)
    wanted = neighbours.nearest(queries.astype(float), codes.astype(float))
    for got, want in zip(neighbours.nearest(queries, codes), wanted, strict=True):
        np.testing.assert_array_equal(got, want)


def test_the_two_nearest_of_one_point_are_it_and_none():
    rows, squares = neighbours.two_nearest(np.array([[3.0]]), np.array([[1.0]]))
    assert (rows.tolist(), squares.tolist()) == ([0], [[4.0], [np.inf]])


def test_memory_does_not_grow_with_pairs_or_points_in_float64():
    codes = np.random.default_rng(0).random((60_000, 50), np.float32)
    tracemalloc.start()
    neighbours.nearest(codes[:300], codes)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < codes.nbytes


def test_ties_go_to_the_lowest_row(block):
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
        (np.zeros((2, 3)), np.zeros((0, 3)), "no points"),
    ],
)
def test_what_cannot_be_compared_is_refused(queries, codes, message):
    with pytest.raises(ValueError, match=message):
        neighbours.nearest(queries, codes)


def test_held_out_codes_that_are_training_codes_make_no_yardstick():
    codes = np.arange(8.0).reshape(4, 2)
    with pytest.raises(ValueError, match="equal to training codes"):
        neighbours.typical(codes[:3], codes)
