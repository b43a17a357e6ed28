"""Kernel density estimate: exact sums, and the bandwidth."""

import logging

import numpy as np
import pytest
from expost.samplers import KDE
from expost.samplers.kde import cross_validate, log_density


def plain_log_density(queries, codes, h):
    """The definition, one pair of codes at a time."""
    n, d = codes.shape
    constant = -np.log(n) - d * np.log(h) - d / 2 * np.log(2 * np.pi)
    terms = [[-np.sum((q - z) ** 2) / (2 * h**2) for z in codes] for q in queries]
    return np.logaddexp.reduce(np.array(terms), axis=1) + constant


@pytest.mark.parametrize("d", [1, 10, 100])
def test_log_density_is_a_plain_log_sum_exp(d):
    rng = np.random.default_rng(0)
    codes, queries = rng.standard_normal((150, d)) + 50, 3 * rng.standard_normal((30, d)) + 50
    bandwidths = [0.1, 0.5, 2.0]
    expected = [plain_log_density(queries, codes, h) for h in bandwidths]
    np.testing.assert_allclose(log_density(queries, codes, bandwidths), expected, rtol=1e-10)


def test_blocks_and_tiles_do_not_show():
    """More codes than one block holds, more queries than one tile; both once in reverse order."""
    rng = np.random.default_rng(0)
    codes, queries = rng.standard_normal((5000, 3)), 2 * rng.standard_normal((100, 3))
    got = log_density(queries, codes, [0.1, 0.5])
    np.testing.assert_allclose(log_density(queries[::-1], codes[::-1], [0.1, 0.5])[:, ::-1], got)
    np.testing.assert_allclose(got[0, :5], plain_log_density(queries[:5], codes, 0.1))


def test_cross_validation_is_a_plain_loop_over_folds():
    codes, h = np.random.default_rng(0).standard_normal((95, 4)), 0.6
    folds = np.array_split(np.random.default_rng(1).permutation(95), 10)
    total = 0.0
    for held in folds:
        rest = np.array([i for i in range(95) if i not in set(held.tolist())])
        total += plain_log_density(codes[held], codes[rest], h).sum()
    got = cross_validate(codes, [h], 10, np.random.default_rng(1))
    np.testing.assert_allclose(got, total / 95, rtol=1e-6)


def test_scikit_learns_tree_is_wrong_far_from_data_and_ours_is_not():
    """The reason why this project sums kernels itself."""
    from sklearn.neighbors import KernelDensity

    rng = np.random.default_rng(0)
    codes, queries, h = rng.standard_normal((200, 100)), rng.standard_normal((20, 100)), 0.5
    exact = plain_log_density(queries, codes, h)
    tree = KernelDensity(bandwidth=h).fit(codes).score_samples(queries)
    one_leaf = KernelDensity(bandwidth=h, leaf_size=10**6).fit(codes).score_samples(queries)
    ours = KDE(bandwidth=h).fit(codes).score_samples(queries)
    assert np.abs(tree - exact).max() > 50  # in nats
    np.testing.assert_allclose(one_leaf, exact, rtol=1e-6)  # the same kernel, without the tree
    np.testing.assert_allclose(ours, exact, rtol=1e-6)


def test_bandwidth_is_chosen_near_the_best_one(caplog):
    """For N(0, 1) the asymptotically best bandwidth is 1.06 n^(-1/5)."""
    codes = np.random.default_rng(0).standard_normal((1000, 1))
    sampler = KDE().fit(codes, 0)
    assert sampler.bandwidth_ == pytest.approx(1.06 * 1000**-0.2, abs=0.15)
    assert sampler.bandwidth_ == sampler.bandwidths_[sampler.log_likelihoods_.argmax()]
    assert sampler.bandwidths_.shape == (40,)
    assert not caplog.records


def test_a_best_bandwidth_at_the_edge_is_logged(caplog):
    codes = np.random.default_rng(0).standard_normal((100, 1))
    with caplog.at_level(logging.WARNING, "expost"):
        KDE(low=1.0, high=2.0, count=5).fit(codes, 0)
    assert "best bandwidth, 1, is an end of the range tried, 1 to 2" in caplog.text


def test_draws_add_the_kernels_variance():
    codes = np.random.default_rng(0).standard_normal((500, 2)) @ [[1, 0.8], [0, 0.6]]
    drawn = KDE(bandwidth=2).fit(codes).sample(50_000, 1)
    np.testing.assert_allclose(np.cov(drawn.T), np.cov(codes.T) + 4 * np.eye(2), atol=0.15)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"bandwidth": 0}, "bandwidth must be positive"),
        ({"low": 0}, "0 < low"),
        ({"low": 3}, "low <= high"),
        ({"count": 0}, "count >= 1"),
        ({"folds": 1}, "folds >= 2"),
        ({"folds": 50}, "too few codes: KDE got 20, 50-fold cross-validation needs at least 50"),
    ],
)
def test_options_are_checked(options, message):
    with pytest.raises(ValueError, match=message):
        KDE(**options).fit(np.random.default_rng(0).standard_normal((20, 2)))
