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


def test_a_copy_of_the_sample_is_below_zero():
    """The means within leave out what the mean across has: each point with itself."""
    x = RNG(0).normal(size=(50, 6))
    assert kid(x, x) < 0
