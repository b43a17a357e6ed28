"""Distances are those of the definition, whatever the data and the tiles."""

import tracemalloc

import numpy as np
import pytest
from expost.metrics import distances
from expost.metrics.distances import euclidean, squared_tiles
from scipy.spatial.distance import cdist

RNG = np.random.default_rng
PLACES = ["origin", "far", "two_clusters", "lattice", "near_duplicates", "collapsed", "bytes", "f4"]


@pytest.fixture(params=[16, distances.TILE])  # several tiles, the last ones smaller, and one
def tile(request, monkeypatch):
    monkeypatch.setattr(distances, "TILE", request.param)


def samples(place):
    rng = RNG(1)
    x, y = rng.normal(size=(83, 20)), rng.normal(size=(50, 20))
    if place == "far":
        return x + 1e6, y + 1e6
    if place == "two_clusters":  # no centre is close to both
        x[::2] += 1e5
        y[::2] += 1e5
    elif place == "lattice":
        return rng.integers(0, 3, x.shape), rng.integers(0, 3, y.shape)
    elif place == "near_duplicates":
        return x, x[:50] + 1e-7 * y
    elif place == "collapsed":
        return x, np.repeat(x[:1], 50, axis=0)
    elif place == "f4":  # whose squares need more digits than they have
        x, y = (rng.normal(size=(n, 3000)) + 1e5 * (rng.random((n, 1)) < 0.5) for n in (83, 50))
        return x.astype(np.float32), y.astype(np.float32)
    elif place == "bytes":
        return (rng.integers(0, 256, z.shape, dtype=np.uint8) for z in (x, y))
    return x, y


@pytest.mark.parametrize("place", PLACES)
def test_distances_are_those_of_scipy(place, tile):
    x, y = samples(place)
    np.testing.assert_allclose(euclidean(x, y), cdist(x, y), rtol=1e-7, atol=0)
    for one in (x, y):
        np.testing.assert_allclose(euclidean(one), cdist(one, one), rtol=1e-7, atol=0)


def test_equal_rows_have_distance_zero_whatever_their_size(tile):
    x = (1e4 * RNG(0).normal(size=(40, 300))).astype(np.float32)
    assert (np.diag(euclidean(x)) == 0).all()
    assert (np.diag(euclidean(x, x.copy())) == 0).all()
    assert (euclidean(x) == euclidean(x).T).all()


def test_tiles_hold_each_pair_once_and_no_point_is_its_own_neighbour(tile):
    x, y = samples("origin")
    seen, own = np.zeros((len(x), len(y)), dtype=int), np.zeros((len(x), len(x)), dtype=int)
    for rows, columns, _ in squared_tiles(x, y):
        seen[rows, columns] += 1
    assert (seen == 1).all()
    for rows, columns, squared in squared_tiles(x):
        own[rows, columns] += 1
        if rows != columns:
            own[columns, rows] += 1
        else:
            assert np.isinf(np.diag(squared)).all()
    assert (own == 1).all()


def test_memory_does_not_grow_with_the_number_of_pairs():
    x, y = RNG(0).random((2, 2000, 4))
    tracemalloc.start()
    for _ in squared_tiles(x, y):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4e6  # all distances take 32 MB
