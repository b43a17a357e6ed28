"""Kernel Inception Distance: the definition, no bias, laws."""

import numpy as np
import pytest
from expost.metrics import kid as module
from expost.metrics.kid import kid

RNG = np.random.default_rng


def slow_kid(x, y):
    def kernel(a, b):
        return (float(a @ b) / len(a) + 1) ** 3

    within = [
        np.mean([kernel(a, b) for i, a in enumerate(z) for j, b in enumerate(z) if i != j])
        for z in (x, y)
    ]
    return sum(within) - 2 * np.mean([kernel(a, b) for a in x for b in y])


@pytest.mark.parametrize("tile", [4, module.TILE])
@pytest.mark.parametrize("sizes", [(20, 20), (13, 22)])
def test_it_is_the_definition(sizes, tile, monkeypatch):
    monkeypatch.setattr(module, "TILE", tile)
    x, y = (RNG(i).random((n, 5)).astype(np.float32) + i for i, n in enumerate(sizes))
    assert kid(x, y) == pytest.approx(slow_kid(x.astype(float), y.astype(float)), rel=1e-9)


@pytest.mark.parametrize("n", [5, 40])
def test_it_has_no_bias_whatever_the_number_of_points(n):
    found = np.array([kid(*RNG(s).normal(size=(2, n, 3))) for s in range(2000)])
    assert abs(found.mean()) < 3 * found.std() / np.sqrt(2000)
    assert (found < 0).mean() > 0.4


def test_it_finds_the_discrepancy_of_known_laws():
    """On a line, E k(x, y) = 1 + 3 m m' + 3 q q' + t t', with the first three moments."""
    shift = 0.5
    moments = np.array([[0, 1, 0], [shift, 1 + shift**2, 3 * shift + shift**3]])
    wanted = ([3, 3, 1] * (moments[0] - moments[1]) ** 2).sum()
    found = [
        kid(RNG(s).normal(size=(50, 1)), RNG(9999 - s).normal(size=(60, 1)) + shift)
        for s in range(1500)
    ]
    assert np.mean(found) == pytest.approx(wanted, abs=3 * np.std(found) / np.sqrt(1500))


def test_it_grows_as_laws_part_and_does_not_care_for_order():
    x, y = RNG(0).normal(size=(2, 300, 6))
    assert kid(x, y) < kid(x, y + 0.3) < kid(x, y + 1)
    assert kid(RNG(1).permutation(x), RNG(2).permutation(y)) == pytest.approx(kid(x, y))
    assert kid(x, y) == pytest.approx(kid(y, x))


def test_a_collapsed_sample_is_far_off():
    """Of one point p, E k(p, p') is k(p, p), as near as all of it; by hand from the definition."""
    x, point = RNG(0).normal(size=(300, 6)), RNG(1).normal(size=6)
    collapsed = np.tile(point, (300, 1))
    within = np.mean([(a @ b / 6 + 1) ** 3 for i, a in enumerate(x) for b in x[:i]])
    wanted = within + (point @ point / 6 + 1) ** 3 - 2 * np.mean((x @ point / 6 + 1) ** 3)
    assert kid(x, collapsed) == pytest.approx(wanted)
    assert kid(x, collapsed) > 10 * abs(kid(x, RNG(2).normal(size=(300, 6))))


def test_duplicates_weigh_as_often_as_they_occur():
    """Each point k times: of n k (n k - 1) pairs within, n k (k - 1) are of a point and itself."""
    x, y = RNG(0).normal(size=(2, 60, 4))
    n, k = len(y), 3
    gram = (y @ y.T / 4 + 1) ** 3
    single = (gram.sum() - np.trace(gram)) / (n * (n - 1))
    many = (k * k * gram.sum() - k * np.trace(gram)) / (n * k * (n * k - 1))
    assert kid(x, np.repeat(y, k, axis=0)) - kid(x, y) == pytest.approx(many - single)


def test_a_copy_of_the_sample_is_below_zero():
    """The means within leave out what the mean across has: each point with itself."""
    x = RNG(0).normal(size=(50, 6))
    assert kid(x, x) < 0
