"""The earth mover's distance is exact, however its search is guided."""

from itertools import permutations

import numpy as np
import pytest
from expost.metrics import emd as module
from expost.metrics.distances import euclidean
from expost.metrics.emd import emd

from benchmarks import data
from benchmarks.plain import emd as plain


def clusters(n, d):
    both = data.codes(2 * n, d)
    return euclidean(both[:n], both[n:])


SHAPES = {
    "codes": lambda: clusters(300, 10),
    "a line": lambda: clusters(300, 1),
    "many equal distances": lambda: (
        np.random.default_rng(0).integers(1, 4, (200, 200)).astype(float)
    ),
    "mostly zero": lambda: 1e3 * (np.random.default_rng(0).random((200, 200)) < 0.01),
    "far clusters of other sizes": lambda: euclidean(
        data.codes(200, 3) + 1e6 * (np.arange(200) < 100)[:, None],
        data.codes(400, 3)[200:] + 1e6 * (np.arange(200) < 150)[:, None],
    ),
    "one far point": lambda: clusters(100, 4) + 1e9 * np.eye(100)[3],
    "tiny": lambda: 1e-200 * clusters(100, 4),
    "huge": lambda: 1e200 * clusters(100, 4),
}


@pytest.mark.parametrize("name", SHAPES)
def test_agrees_with_the_network_simplex(name):
    distances = SHAPES[name]()
    scale = distances.mean()  # the simplex has absolute tolerances
    assert emd(distances) / scale == pytest.approx(
        plain.emd(distances / scale), rel=1e-9, abs=1e-12
    )


@pytest.mark.parametrize("n", [1, 2, 5, 6])
def test_is_the_best_of_all_permutations(n):
    distances = np.random.default_rng(n).random((n, n))
    best = min(distances[np.arange(n), list(p)].mean() for p in permutations(range(n)))
    assert emd(distances) == pytest.approx(best, rel=1e-12)


def test_is_zero_between_a_sample_and_itself_in_another_order():
    codes = data.codes(400, 5)
    assert emd(euclidean(codes, codes[::-1].copy())) == 0
    assert emd(np.zeros((50, 50))) == 0


def test_of_a_line_pairs_points_in_order():
    x, y = np.sort(np.random.default_rng(0).normal(size=(2, 200)), axis=1)
    assert emd(np.abs(x[:, None] - y)) == pytest.approx(np.abs(x - y).mean(), rel=1e-12)


def test_sees_differences_that_float32_does_not():
    rng = np.random.default_rng(0)
    distances = 1 + 1e-8 * rng.random((200, 200))
    best = plain.emd(1e8 * (distances - 1))
    assert 1e8 * (emd(distances) - 1) == pytest.approx(best, rel=1e-4)  # 0.5 at random


def test_moves_with_the_sample():
    codes = data.codes(400, 5)
    shift = np.array([3.0, 4, 0, 0, 0])
    assert emd(euclidean(codes, codes + shift)) == pytest.approx(5, rel=1e-6)


@pytest.mark.parametrize("prices", [np.zeros(300), np.linspace(-50, 50, 300)], ids=["none", "bad"])
def test_does_not_depend_on_the_prices(monkeypatch, prices):
    distances = clusters(300, 10)
    expected = emd(distances)
    monkeypatch.setattr(module, "_prices", lambda costs: prices)
    assert emd(distances) == pytest.approx(expected, rel=1e-12)


def test_prices_are_near_the_optimal_ones():
    """Weak duality: what the prices alone prove of the cost comes within a few per cent of it."""
    distances = clusters(500, 10)
    prices = module._prices(distances)
    proven = (distances - prices).min(axis=1).mean() + prices.mean()
    assert 0.97 * emd(distances) < proven <= emd(distances) * (1 + 1e-12)


def test_leaves_its_argument_alone():
    distances = clusters(100, 3)
    before = distances.copy()
    emd(distances)
    np.testing.assert_array_equal(distances, before)


def test_refuses_what_is_no_distance():
    with pytest.raises(ValueError, match="equal size, got 3 real and 4 generated"):
        emd(np.ones((3, 4)))
    with pytest.raises(ValueError, match="invalid numeric entries"):
        emd(np.full((3, 3), np.nan))
