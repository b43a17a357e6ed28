"""Vendi Score: known counts and the definition."""

import numpy as np
import pytest
from expost.metrics.vendi import vendi

RNG = np.random.default_rng


def slow_vendi(x):
    cosine = np.array([[a @ b / np.sqrt((a @ a) * (b @ b)) for b in x] for a in x])
    values = np.linalg.eigvalsh(cosine / len(x)).clip(1e-300)
    return np.prod(values**-values)


@pytest.mark.parametrize("shape", [(20, 5), (5, 20), (8, 8)])
def test_it_is_the_definition_whichever_gram_matrix_is_smaller(shape):
    x = RNG(0).random(shape)
    assert vendi(x) == pytest.approx(slow_vendi(x), rel=1e-9)


@pytest.mark.parametrize("n", [2, 30])
def test_the_same_point_counts_once(n):
    x = np.repeat(RNG(0).random((1, 9)), n, axis=0).astype(np.float32)
    assert vendi(x) == pytest.approx(1, abs=1e-6)
    assert vendi(x * RNG(1).uniform(1, 5, (n, 1))) == pytest.approx(1, abs=1e-6)  # one direction


@pytest.mark.parametrize("width", [12, 40])
def test_orthogonal_points_count_each(width):
    x = np.eye(12, width) * RNG(0).uniform(1, 5, (12, 1))
    assert vendi(x) == pytest.approx(12)
    assert vendi(np.repeat(x, 7, axis=0)) == pytest.approx(12)


def test_unequal_shares_count_as_their_entropy():
    x = np.eye(3)[[0] * 6 + [1] * 3 + [2]]
    p = np.array([0.6, 0.3, 0.1])
    assert vendi(x) == pytest.approx(np.exp(-(p * np.log(p)).sum()))


def test_no_features_are_a_kind_of_their_own():
    x = np.eye(2, 4)[[0, 0, 1, 1]]
    x[2:] = 0
    assert vendi(x) == pytest.approx(2)
    assert vendi(np.zeros((5, 3))) == pytest.approx(1)


def test_a_collapsed_sampler_is_near_one_and_order_is_nothing():
    x = RNG(0).random((300, 40))
    collapsed = x[:1] + 1e-3 * x
    assert vendi(collapsed) < 1.001 < 2 < vendi(x) < 40
    assert vendi(RNG(1).permutation(x)) == pytest.approx(vendi(x))
