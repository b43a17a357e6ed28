"""Cells: known clusters, a minimum of k-means, no chance."""

import numpy as np
import pytest
from expost.metrics.cells import assign, centres

RNG = np.random.default_rng
CORNERS = np.array([[0, 0], [0, 9], [9, 0], [9, 9], [30, 30]])


def clusters(seed=0, n=60):
    return np.concatenate([c + RNG(seed).normal(size=(n, 2)) for c in CORNERS])


def test_clusters_are_found():
    x = clusters()
    found = centres(x, 5)
    apart = np.abs(found[:, None] - CORNERS).max(axis=2)  # in the worse coordinate
    assert sorted(apart.argmin(axis=1)) == [0, 1, 2, 3, 4]
    assert apart.min(axis=1).max() < 6 / np.sqrt(60)  # six standard errors of a mean
    assert sorted(np.bincount(assign(x, found))) == [60] * 5


def test_every_centre_is_the_mean_of_the_points_nearest_to_it():
    x = RNG(0).normal(size=(2000, 6))
    found = centres(x, 5)
    cell = ((x[:, None] - found) ** 2).sum(axis=2).argmin(axis=1)
    np.testing.assert_array_equal(assign(x, found), cell)
    for i in range(5):
        np.testing.assert_allclose(found[i], x[cell == i].mean(axis=0), atol=1e-12)


def test_it_is_no_worse_than_scikit_learns():
    from sklearn.cluster import KMeans

    x = RNG(0).normal(size=(500, 4)) ** 3
    inertia = ((x - centres(x, 5)[assign(x, centres(x, 5))]) ** 2).sum()
    assert inertia < 1.1 * KMeans(5, n_init=10, random_state=0).fit(x).inertia_


def test_order_and_place_are_nothing():
    x = RNG(0).normal(size=(500, 4))
    found = centres(x, 5)
    np.testing.assert_allclose(centres(RNG(1).permutation(x), 5), found, atol=1e-9)
    np.testing.assert_allclose(centres(x + 1000, 5) - 1000, found, atol=1e-9)
    np.testing.assert_array_equal(assign(x + 1000, found + 1000), assign(x, found))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_there_are_no_more_cells_than_different_points(dtype):
    x = np.repeat(np.array([[0.1, 0.2], [0.3, 0.7]], dtype), 33, axis=0)
    assert len(centres(x, 5)) == 2
    assert len(centres(x[:33], 5)) == 1
    assert centres(x[:1], 5) == pytest.approx(x[:1])
