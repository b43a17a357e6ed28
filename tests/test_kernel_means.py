"""Sums of kernels and mean squared distances, bandwidth by bandwidth."""

import numpy as np
import pytest
from expost.divergences.kernel_means import COLUMNS, ROWS, KernelMeans
from expost.runtime import threads
from scipy.spatial.distance import cdist
from scipy.special import logsumexp


def slow(codes, points, bandwidth, without=None):
    squares = cdist(points, codes, "sqeuclidean")
    exponents = -squares / (2 * bandwidth**2)
    if without is not None:
        exponents[np.arange(len(points)), without] = -np.inf
    sums = logsumexp(exponents, axis=1)
    return sums, (np.exp(exponents - sums[:, None]) * squares).sum(axis=1)


def cases():
    rng = np.random.default_rng(0)
    normal = rng.standard_normal
    yield "more than a tile of either", normal((COLUMNS + 200, 3)), normal((ROWS + 100, 3))
    yield "d = 1", normal((50, 1)), normal((7, 1))
    yield "d = 60", normal((50, 60)), normal((7, 60))
    yield "far from the origin", 1e3 + normal((50, 4)), 1e3 + normal((30, 4))
    yield "a point far from all codes", normal((50, 2)), np.array([[1e4, 0.0], [0, 0]])
    yield (
        "clusters far apart",
        *(np.concatenate([normal((40, 3)), 1e6 + normal((40, 3))]) for _ in range(2)),
    )
    yield "one code", normal((1, 2)), normal((5, 2))


@pytest.mark.parametrize("bandwidth", [0.02, 0.5, 3.0])
@pytest.mark.parametrize(("codes", "points"), [pytest.param(*c, id=name) for name, *c in cases()])
def test_sums_and_means_are_those_of_all_distances(codes, points, bandwidth):
    sums, means = KernelMeans(codes, points).at(bandwidth)
    expected_sums, expected_means = slow(codes, points, bandwidth)
    np.testing.assert_allclose(sums, expected_sums, rtol=1e-9, atol=1e-8)
    np.testing.assert_allclose(means, expected_means, rtol=1e-6)


@pytest.mark.parametrize("every", [1, 8])
def test_a_code_is_without_its_own_kernel(every):
    codes = np.random.default_rng(0).standard_normal((COLUMNS + ROWS + 5, 2))
    rows = np.arange(0, len(codes), every)
    kernels = KernelMeans(codes, every=every)
    assert kernels.kernels == len(codes) - 1
    for got, expected in zip(kernels.at(0.1), slow(codes, codes[rows], 0.1, rows), strict=True):
        np.testing.assert_allclose(got, expected, rtol=1e-9)


def test_a_duplicate_is_another_code():
    codes = np.repeat(np.eye(3), 2, axis=0)
    sums, means = KernelMeans(codes).at(0.1)
    np.testing.assert_allclose(sums, 0, atol=1e-12)
    np.testing.assert_allclose(means, 0, atol=1e-12)


def test_the_mean_is_the_derivative_of_the_sum():
    rng = np.random.default_rng(0)
    kernels, h, step = KernelMeans(*rng.standard_normal((2, 200, 3))), 0.4, 1e-5
    rise = (kernels.at(h + step)[0] - kernels.at(h - step)[0]) / (2 * step)
    np.testing.assert_allclose(kernels.at(h)[1] / h**3, rise, rtol=1e-7)


def test_threads_change_no_bit():
    rng, results = np.random.default_rng(0), []
    kernels = KernelMeans(*rng.standard_normal((2, 700, 5)))
    for count in (1, 2, 5):
        threads.limit(count)
        results.append(kernels.at(0.5))
    threads.limit(1)
    for other in results[1:]:
        np.testing.assert_array_equal(results[0], other)
