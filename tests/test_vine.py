"""Vine copula: its limits, and dependence no correlation sees."""

import numpy as np
import pytest
from expost.samplers import Vine
from scipy.stats import ks_2samp, spearmanr


@pytest.fixture(scope="module")
def codes():
    """A parabola: dependent, yet uncorrelated."""
    x = np.random.default_rng(0).standard_normal((1000, 3))
    x[:, 1] = x[:, 0] ** 2 + 0.3 * x[:, 1]
    return x


def test_nonlinear_dependence_survives(codes):
    drawn = Vine().fit(codes).sample(5000, 1)
    for sample in (codes, drawn):
        assert abs(spearmanr(sample[:, 0], sample[:, 1]).statistic) < 0.2
        assert spearmanr(np.abs(sample[:, 0]), sample[:, 1]).statistic > 0.7


def test_independence_vine_is_independent_margins(codes):
    vine = Vine(truncation=0).fit(codes)
    drawn = vine.sample(5000, 1)
    assert abs(spearmanr(np.abs(drawn[:, 0]), drawn[:, 1]).statistic) < 3 / np.sqrt(5000)
    for new, old in zip(drawn.T, codes.T, strict=True):
        assert ks_2samp(new, old).pvalue > 0.01
    alone = sum(Vine().fit(codes[:, [j]]).score_samples(codes[:, [j]]) for j in range(3))
    np.testing.assert_allclose(vine.score_samples(codes), alone, rtol=1e-9, atol=1e-9)


def test_all_trees_are_the_default_in_few_dimensions(codes):
    all_trees, default = (Vine(truncation=t).fit(codes[:200]).sample(20, 1) for t in (None, 15))
    np.testing.assert_array_equal(all_trees, default)


def test_results_do_not_depend_on_threads(codes):
    one, two = (Vine(threads=t).fit(codes[:300]) for t in (1, 2))
    np.testing.assert_array_equal(one.sample(200, 1), two.sample(200, 1))
    np.testing.assert_array_equal(one.score_samples(codes), two.score_samples(codes))


@pytest.mark.parametrize("options", [{"truncation": -1}, {"threads": 0}])
def test_options_are_checked(options, codes):
    with pytest.raises(ValueError, match=next(iter(options))):
        Vine(**options).fit(codes)
