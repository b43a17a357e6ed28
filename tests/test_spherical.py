"""Arcs between codes: their ends, lengths and limits; and the control of their midpoints."""

import numpy as np
import pytest
from expost.samplers import Interpolation
from expost.samplers.numerics import spherical
from scipy.spatial import geometric_slerp

RNG = np.random.default_rng(0)
CODES = RNG.standard_normal((11, 4))


def pairs_of_codes(n=20, d=4):
    return 3 * RNG.standard_normal((2, n, d))


@pytest.mark.parametrize("t", [0.1, 0.5, 0.8])
def test_arcs_of_unit_vectors_are_those_of_scipy(t):
    starts, ends = (codes / np.linalg.norm(codes, axis=1)[:, None] for codes in pairs_of_codes())
    wanted = [geometric_slerp(a, b, t) for a, b in zip(starts, ends, strict=True)]
    found = spherical.between(starts, ends, t)
    np.testing.assert_allclose(found, wanted, atol=1e-13)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-13)


def test_the_formula_holds_for_codes_of_any_length():
    for a, b in zip(*pairs_of_codes(), strict=True):
        w = np.arccos(a @ b / np.linalg.norm(a) / np.linalg.norm(b))
        wanted = np.sin(0.7 * w) / np.sin(w) * a + np.sin(0.3 * w) / np.sin(w) * b
        np.testing.assert_allclose(spherical.between(a, b, 0.3), wanted, rtol=1e-12)


def test_ends_are_exactly_the_codes_and_ways_back_the_same():
    starts, ends = pairs_of_codes()
    np.testing.assert_array_equal(spherical.between(starts, ends, 0), starts)
    np.testing.assert_array_equal(spherical.between(starts, ends, 1), ends)
    there, back = spherical.between(starts, ends, 0.3), spherical.between(ends, starts, 0.7)
    np.testing.assert_allclose(there, back, rtol=1e-12)


@pytest.mark.parametrize("unit", [1e-200, 1.0, 1e200])
def test_codes_have_no_unit(unit):
    starts, ends = pairs_of_codes()
    found = spherical.between(unit * starts, unit * ends, 0.4) / unit
    np.testing.assert_allclose(found, spherical.between(starts, ends, 0.4), rtol=1e-12)


@pytest.mark.parametrize("apart", [0.0, 1e-300, 1e-17, 1e-9])
def test_parallel_codes_have_a_straight_line_between_them(apart):
    start, end = np.array([1.0, 0.0]), np.array([3.0, apart])
    np.testing.assert_allclose(spherical.between(start, end, 0.25), [1.5, apart / 4], rtol=1e-8)
    np.testing.assert_array_equal(spherical.between(0 * start, start, 0.25), [0.25, 0])
    np.testing.assert_array_equal(spherical.between(0 * start, 0 * start, 0.25), [0, 0])


def test_opposite_codes_are_refused_and_nearly_opposite_ones_keep_their_digits():
    starts, ends = np.eye(3), np.array([[0, 1, 0], [0, -2, 0], [0, 0, -1.0]])
    with pytest.raises(ValueError, match=r"^2 of 3 pairs of codes lie opposite .* pair 1"):
        spherical.between(starts, ends, 0.5)
    left = 1e-5  # of the angle to a straight one
    end = np.array([-np.cos(left), np.sin(left)])
    middle = spherical.between(np.array([1.0, 0.0]), end, 0.5)
    np.testing.assert_allclose(middle, [np.sin(left / 2), np.cos(left / 2)], atol=1e-9)


@pytest.mark.parametrize("n", [2, 3, 10, 11])
def test_pairs_are_of_different_codes_none_of_which_is_used_more_often_than_need_be(n):
    sampler = Interpolation().fit(CODES[:n])
    for seed in range(20):
        pairs = sampler.sample_pairs(2 * n, seed)
        assert pairs.dtype == np.int64
        assert (pairs[:, 0] != pairs[:, 1]).all()
        assert len(set(pairs[: n // 2].ravel())) == 2 * (n // 2)
        for whole in (pairs[:n], pairs[n:]):
            np.testing.assert_array_equal(np.bincount(whole.ravel()), np.full(n, 2))
        if n > 2:
            assert len({frozenset(pair) for pair in pairs[:n].tolist()}) == n
        np.testing.assert_array_equal(sampler.sample_pairs(n // 2, seed), pairs[: n // 2])


def test_every_pair_comes_first_equally_often():
    sampler, rng = Interpolation().fit(CODES[:4]), np.random.default_rng(0)
    first = [tuple(sampler.sample_pairs(1, rng)[0]) for _ in range(6000)]
    counts = np.array([first.count((i, j)) for i in range(4) for j in range(4) if i != j])
    assert counts.sum() == 6000
    assert np.abs(counts - 500).max() < 4 * np.sqrt(500 * 11 / 12)


def test_draws_are_the_midpoints_of_the_pairs():
    sampler = Interpolation().fit(CODES)
    starts, ends = CODES[sampler.sample_pairs(25, 3)].swapaxes(0, 1)
    np.testing.assert_array_equal(sampler.sample(25, 3), spherical.between(starts, ends, 0.5))
    apart = (sampler.sample(25, 3) - starts, sampler.sample(25, 3) - ends)
    assert (np.linalg.norm(apart, axis=2) > 0.1).all()


@pytest.mark.parametrize(("n", "error"), [(0, ValueError), (1.5, TypeError)])
def test_pairs_are_counted(n, error):
    with pytest.raises(error):
        Interpolation().fit(CODES).sample_pairs(n)
    with pytest.raises(RuntimeError, match="must be fitted first"):
        Interpolation().sample_pairs(3)


def test_one_dimension_has_no_arcs():
    with pytest.raises(ValueError, match="wants codes of at least 2 dimensions, got 1"):
        Interpolation().fit(CODES[:, :1])
