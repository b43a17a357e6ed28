"""Margins: the fast tables against plain sums of normal distribution functions."""

import numpy as np
import pytest
from expost.samplers.numerics.kernel_cdf import KNOTS, _spectra
from expost.samplers.numerics.margins import EmpiricalMargins, KDEMargins

from benchmarks.plain import margins as plain


def cases():
    rng = np.random.default_rng(0)
    normal = rng.standard_normal(2000)
    far = normal.copy()
    far[7] = 1e4
    yield "normal", normal
    yield "three codes", np.array([0.0, 1.0, 5.0])
    yield "heavy tails", rng.standard_cauchy(2000)
    yield "one code 1e4 away", far
    yield "two far clusters", np.concatenate([normal, normal + 1e6])
    yield "nearly all equal", np.concatenate([np.zeros(1999), [1.0]])
    yield "far from zero", normal * 1e-3 + 1e4
    yield "60 000 codes, one far away", np.concatenate([rng.standard_normal(59_999), [1e4]])


@pytest.mark.parametrize(("column"), [pytest.param(c, id=name) for name, c in cases()])
def test_tables_keep_their_bound(column):
    margins = KDEMargins(column[:, None])
    h = margins.bandwidths[0]
    tail = np.array([1e-9, 1e-7, 1e-5, 1e-3])
    u = np.concatenate([tail, 1 - tail, np.random.default_rng(1).random(100)])
    x = margins.ppf(u[:, None])[:, 0]
    exact = plain.cdf(x, column, h)
    np.testing.assert_allclose(exact, u, rtol=0, atol=1e-7)
    np.testing.assert_allclose(margins.cdf(x[:, None])[:, 0], exact, rtol=0, atol=1e-7)


def test_tails_are_right_in_relative_terms_too():
    column = np.random.default_rng(0).standard_normal(2000)
    margins = KDEMargins(column[:, None])
    u = np.array([1e-9, 1e-8, 1e-6])
    x = margins.ppf(u[:, None])[:, 0]
    np.testing.assert_allclose(plain.cdf(x, column, margins.bandwidths[0]), u, rtol=0.01)


def test_knots_are_expanded_by_derivatives():
    circle = np.fft.irfft(_spectra(1024))
    steep = np.gradient(circle[1:4], 1 / KNOTS, axis=1)
    np.testing.assert_allclose(circle[2:, 1:-1], steep[:, 1:-1], atol=3e-3)


def test_quantiles_are_the_roots():
    codes = np.random.default_rng(0).gamma(2, size=(200, 3)) * [1, 10, 0.01]
    margins, u = KDEMargins(codes), np.random.default_rng(1).random((20, 3))
    gap = (margins.ppf(u) - plain.quantiles(codes, u)) / margins.bandwidths
    assert np.abs(gap).max() < 1e-5


def test_quantiles_do_not_depend_on_the_order_they_are_asked_for():
    margins = KDEMargins(np.random.default_rng(0).standard_normal((100, 2)))
    u = np.random.default_rng(1).random((500, 2))
    np.testing.assert_array_equal(margins.ppf(u[::-1]), margins.ppf(u)[::-1])


def test_bandwidth_is_silvermans():
    codes = np.random.default_rng(0).standard_normal((500, 2)) * [1, 100]
    expected = (3 * 500 / 4) ** (-1 / 5) * codes.std(axis=0, ddof=1)
    np.testing.assert_allclose(KDEMargins(codes).bandwidths, expected)


def test_ends_are_finite_and_values_ascend():
    margins = KDEMargins(np.random.default_rng(0).standard_normal((50, 1)))
    x = margins.ppf(np.linspace(0, 1, 10_001)[:, None])
    assert np.isfinite(x).all()
    assert (np.diff(x[:, 0]) > 0).all()
    np.testing.assert_allclose(margins.cdf(np.array([[-1e9], [1e9]]))[:, 0], [0, 1], atol=1e-12)


def test_density_is_the_slope_of_the_distribution():
    codes = np.random.default_rng(0).standard_normal((300, 1))
    margins, x, step = KDEMargins(codes), np.linspace(-3, 3, 50), 1e-4
    above, below = (plain.cdf(x + s, codes[:, 0], margins.bandwidths[0]) for s in (step, -step))
    density = np.exp(margins.log_pdf(x[:, None]))[:, 0]
    np.testing.assert_allclose(density, (above - below) / (2 * step), rtol=1e-5)


def test_exact_draws_and_table_draws_have_one_law():
    from scipy.stats import ks_2samp

    margins = KDEMargins(np.random.default_rng(0).gamma(2, size=(100, 1)))
    rng = np.random.default_rng(1)
    direct, inverted = margins.sample(20_000, rng), margins.ppf(rng.random((20_000, 1)))
    assert ks_2samp(direct[:, 0], inverted[:, 0]).pvalue > 0.01


def test_empirical_quantiles_join_the_codes():
    codes = np.array([[3.0], [1.0], [2.0]])
    got = EmpiricalMargins(codes).ppf(np.array([[0.0], [0.25], [0.375], [0.5], [0.75], [1.0]]))
    np.testing.assert_allclose(got[:, 0], [1, 1, 1.5, 2, 3, 3])
