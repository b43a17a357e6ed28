"""Kernel density estimate: exact sums, and the bandwidth."""

import logging

import numpy as np
import pytest
from expost.runtime import threads
from expost.samplers import KDE
from expost.samplers.numerics.kernel_density import cross_validate, log_density
from expost.stats.kernel_sums import KernelSums

from benchmarks.plain import kde as plain


@pytest.mark.parametrize("d", [1, 10, 100])
def test_log_density_is_a_plain_log_sum_exp(d):
    rng = np.random.default_rng(0)
    codes, queries = rng.standard_normal((150, d)) + 50, 3 * rng.standard_normal((30, d)) + 50
    bandwidths = [0.1, 0.5, 2.0]
    expected = [plain.log_density(queries, codes, h) for h in bandwidths]
    np.testing.assert_allclose(log_density(queries, codes, bandwidths), expected, rtol=1e-10)


def test_tiles_do_not_show():
    """More codes and queries than one tile holds, also in reverse order."""
    rng = np.random.default_rng(0)
    codes, queries = rng.standard_normal((1900, 3)), 2 * rng.standard_normal((500, 3))
    got = log_density(queries, codes, [0.1, 0.5])
    np.testing.assert_allclose(log_density(queries[::-1], codes[::-1], [0.1, 0.5])[:, ::-1], got)
    np.testing.assert_allclose(got[0], plain.log_density(queries, codes, 0.1))


def test_no_query_has_no_density():
    assert log_density(np.empty((0, 2)), np.eye(2), [1.0]).shape == (1, 0)


GRIDS = {
    "linear": np.linspace(0.1, 2, 40)[::3],
    "geometric, in disorder": np.random.default_rng(0).permutation(np.geomspace(1e-2, 10.24, 21)),
    "multiples": np.linspace(0.2, 4, 20),
    "tiny and huge": np.array([100.0, 1e-9]),
}


def cases():
    """Codes and a number of folds."""
    rng = np.random.default_rng(0)
    normal = rng.standard_normal
    yield "more codes than a tile", normal((2113, 3)), 20
    yield "folds of more codes than a panel", normal((1003, 2)), 2
    yield "d = 1", normal((301, 1)), 10
    yield "d = 100", normal((203, 100)), 7
    yield "heavy tails", rng.standard_cauchy((300, 2)), 10
    yield "an outlier", np.concatenate([normal((300, 10)), np.full((1, 10), 1e5)]), 10
    yield "clusters far apart", np.concatenate([normal((90, 4)), normal((90, 4)) + 1e6]), 10
    yield "a dense cluster", np.concatenate([1e-3 * normal((90, 5)), 30 * normal((90, 5))]), 10
    yield "every code six times", np.repeat(normal((30, 4)), 6, axis=0), 10
    yield "a fold a code", normal((40, 4)), 40
    yield "two codes", normal((2, 3)), 2


@pytest.mark.parametrize("grid", list(GRIDS))
@pytest.mark.parametrize(("codes", "folds"), [pytest.param(*c, id=name) for name, *c in cases()])
def test_cross_validation_is_a_plain_loop_over_folds(codes, folds, grid):
    bandwidths = GRIDS[grid]
    expected = plain.cross_validate(codes, bandwidths, folds, np.random.default_rng(1))
    got = cross_validate(codes, bandwidths, folds, np.random.default_rng(1))
    np.testing.assert_allclose(got, expected, rtol=2e-6, atol=2e-6)
    np.testing.assert_allclose(got.mean(axis=1), expected.mean(axis=1), rtol=1e-6)
    assert got.mean(axis=1).argmax() == expected.mean(axis=1).argmax()


def test_cross_validation_does_not_depend_on_the_number_of_threads():
    codes = np.random.default_rng(0).standard_normal((1000, 5))
    bandwidths, results = [0.2, 0.5, 1.0], []
    for count in (1, 2, 5):
        threads.limit(count)
        results.append(cross_validate(codes, bandwidths, 50, np.random.default_rng(0)))
    threads.limit(1)
    np.testing.assert_array_equal(results[0], results[1])
    np.testing.assert_array_equal(results[0], results[2])


def test_kernels_are_squared_rather_than_computed_where_they_can_be():
    def exponentials(bandwidths):
        sums = KernelSums(1, 0.5 / np.asarray(bandwidths) ** 2, np.float32, 1)
        return [len(chain) for chain in sums._chains]

    assert exponentials(np.geomspace(0.1, 0.1 * 2**4.5, 10)) == [5, 5]
    assert exponentials([1, 0.5, 0.25, 0.125]) == [3, 1]
    assert exponentials([1, 1.5, 1.4143 * 1.5]) == [1, 1, 1]


@pytest.mark.parametrize("d", [2, 30])
def test_cross_validation_is_scikit_learns_grid_search(d):
    codes = np.random.default_rng(0).standard_normal((105, d))
    bandwidths = np.linspace(0.2, 2, 5)
    expected = plain.grid_search(codes, bandwidths, 10, np.random.default_rng(1))
    got = cross_validate(codes, bandwidths, 10, np.random.default_rng(1)).mean(axis=1)
    np.testing.assert_allclose(got, expected, rtol=1e-6)


def test_scikit_learns_tree_is_wrong_far_from_data_and_ours_is_not():
    """The reason why this project sums kernels itself."""
    from sklearn.neighbors import KernelDensity

    rng = np.random.default_rng(0)
    codes, queries, h = rng.standard_normal((200, 100)), rng.standard_normal((20, 100)), 0.5
    exact = plain.log_density(queries, codes, h)
    tree = KernelDensity(bandwidth=h).fit(codes).score_samples(queries)
    one_leaf = KernelDensity(bandwidth=h, leaf_size=10**6).fit(codes).score_samples(queries)
    ours = KDE(bandwidth=h).fit(codes).score_samples(queries)
    assert np.abs(tree - exact).max() > 50  # in nats
    np.testing.assert_allclose(one_leaf, exact, rtol=1e-6)  # the same kernel, without the tree
    np.testing.assert_allclose(ours, exact, rtol=1e-10)


def test_bandwidth_is_chosen_near_the_best_one(caplog):
    """For N(0, 1) the asymptotically best bandwidth is 1.06 n^(-1/5)."""
    codes = np.random.default_rng(0).standard_normal((1000, 1))
    sampler = KDE().fit(codes, 0)
    assert sampler.bandwidth_ == pytest.approx(1.06 * 1000**-0.2, abs=0.15)
    assert sampler.bandwidth_ == sampler.bandwidths_[sampler.log_likelihoods_.argmax()]
    np.testing.assert_allclose(sampler.bandwidths_, np.linspace(0.1, 2, 40))
    assert not caplog.records


def test_bandwidths_may_be_spaced_by_ratios():
    codes = np.random.default_rng(0).standard_normal((50, 2))
    tried = KDE(low=0.1, high=1.6, count=9, spacing="geometric").fit(codes, 0).bandwidths_
    np.testing.assert_allclose(tried[1:] / tried[:-1], np.sqrt(2))


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
        ({"bandwidth": 0}, "got bandwidth 0; wanted a number above 0 or None"),
        ({"bandwidth": "0.5"}, "got bandwidth '0.5'; .*: write 0.5, without quotes"),
        ({"low": 0}, "got low 0; wanted a number above 0"),
        ({"low": 3}, "got high 2.0; wanted a number of at least 3"),
        ({"count": 0}, "got count 0; wanted a whole number of at least 1"),
        ({"folds": 1}, "got folds 1; wanted a whole number of at least 2"),
        ({"spacing": "even"}, "got spacing 'even'; wanted one of linear, geometric"),
        ({"scale": "sd"}, "got scale 'sd'; wanted one of none, standardise, whiten"),
    ],
)
def test_options_are_checked(options, message):
    with pytest.raises(ValueError, match=message):
        KDE(**options)


def test_folds_need_as_many_codes():
    message = "too few codes: KDE got 20, 50-fold cross-validation needs at least 50"
    with pytest.raises(ValueError, match=message):
        KDE(folds=50).fit(np.random.default_rng(0).standard_normal((20, 2)))
