"""Which mode of a mixture a code is of, and how modes and classes go together."""

from itertools import permutations

import numpy as np
import pytest
from expost.analyses import modes
from expost.divergences.targets import Mixture
from scipy import stats

LAW = Mixture([[0.0, 0], [3, 0], [0, 3]], [1, 0.5, 2], weights=[1, 2, 3])


def rng(seed=0):
    return np.random.default_rng(seed)


def test_a_code_is_of_the_component_that_most_likely_drew_it():
    codes = rng().normal(1, 3, size=(200, 2))
    for code, mode in zip(codes, modes.nearest(codes, LAW), strict=True):
        parts = zip(LAW.weights, LAW.means, LAW.spreads, strict=True)
        likely = [w * stats.multivariate_normal(m, np.diag(s**2)).pdf(code) for w, m, s in parts]
        assert mode == np.argmax(likely)


def test_draws_of_modes_that_are_apart_lie_within_as_many_as_the_law_says():
    law = Mixture(40 * np.eye(2), 0.4)
    n = 20_000
    share = modes.within(law.sample(n, rng=0), law)
    assert abs(share - (1 - np.exp(-4.5))) < 4 * np.sqrt(0.011 / n)
    assert modes.within(law.means + 4 * 0.4, law) == 0


def test_the_best_assignment_is_the_best_of_all():
    labels, found = rng().integers(4, size=80), rng(1).integers(4, size=80)
    every = [np.mean(np.array(order)[found] == labels) for order in permutations(range(4))]
    assert modes.assigned(found, labels) == max(every)
    assert modes.accuracy(found, labels) == every[0] < max(every)


def test_renamed_modes_are_assigned_and_no_mode_serves_two_classes():
    labels = np.array([0, 0, 1, 1, 2, 2])
    assert modes.assigned(np.array([2, 2, 0, 0, 1, 1]), labels) == 1
    assert modes.assigned(np.zeros(6, dtype=int), labels) == pytest.approx(1 / 3)
    assert modes.assigned(np.array([5, 5, 4, 4, 3, 3]), labels) == 1  # more modes than classes


def test_ways_go_through_each_mean_along_each_axis_as_far_as_it_says():
    found = modes.ways(LAW, 5, 2.0)
    assert found.shape == (3, 2, 5, 2)
    for mean, spread, lines in zip(LAW.means, LAW.spreads, found, strict=True):
        assert (lines[:, 2] == mean).all()
        assert lines[0, 0] == pytest.approx(mean - np.array([2 * spread[0], 0]))
        assert lines[1, -1] == pytest.approx(mean + np.array([0, 2 * spread[1]]))
    assert modes.ways(Mixture([[1.0], [2]]), 3, 1.0).shape == (2, 1, 3, 1)
    assert modes.ways(Mixture(np.eye(5)), 3, 1.0).shape == (5, 2, 3, 5)
