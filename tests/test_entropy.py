"""The leave-one-out entropy of codes, its bandwidth, whitening and outliers."""

import numpy as np
import pytest
from expost.divergences.entropy import entropy
from expost.divergences.whitening import farthest, outliers, whitened
from scipy import optimize, stats

from benchmarks.plain import divergences as plain


def normal(n, d, seed=0):
    return np.random.default_rng(seed).standard_normal((n, d))


@pytest.mark.parametrize("d", [1, 3, 20])
def test_entropy_is_the_papers_sum(d):
    codes = normal(300, d) + 5
    found = entropy(codes, bandwidth=0.4)
    assert found.nats == pytest.approx(plain.entropy(codes, 0.4), rel=1e-12)
    assert found.nats == pytest.approx(-found.log_density.mean(), rel=1e-12)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e4])
@pytest.mark.parametrize("d", [1, 3, 20])
def test_the_bandwidth_is_that_of_brents_method(d, scale):
    codes = normal(400, d, seed=1)
    found = entropy(scale * codes)
    bandwidth, least = plain.least_entropy(codes)
    assert found.bandwidth == pytest.approx(scale * bandwidth, rel=1e-6)
    assert found.nats == pytest.approx(least + d * np.log(scale), rel=1e-10)
    assert found.steps < 12


def test_the_papers_fixed_point_is_the_same():
    """Equation 5 of the supplement, step by step."""
    codes, h, steps = normal(200, 8), 1.0, 0
    squares = ((codes[:, None] - codes) ** 2).sum(axis=2)
    while True:
        kernels = np.exp(-squares / (2 * h**2)) * (1 - np.eye(len(codes)))
        after = np.sqrt(((squares * kernels).sum(1) / kernels.sum(1)).mean() / 8)
        steps += 1
        if abs(after / h - 1) < 1e-11:
            break
        h = after
    found = entropy(codes)
    assert found.bandwidth == pytest.approx(h, rel=1e-8)
    assert found.steps < steps / 2


def test_a_start_from_some_of_the_codes_ends_where_all_do(monkeypatch):
    codes = normal(800, 5)
    expected = entropy(codes)
    monkeypatch.setattr("expost.divergences.entropy.ENOUGH", 100)
    found = entropy(codes)
    assert found.bandwidth == pytest.approx(expected.bandwidth, rel=1e-8)
    assert found.nats == pytest.approx(expected.nats, rel=1e-12)
    assert found.steps < expected.steps


@pytest.mark.parametrize(
    ("law", "exact"),
    [
        (stats.norm(3, 2), 0.5 * np.log(2 * np.pi * np.e * 4)),
        (stats.uniform(0, 5), np.log(5)),
        (stats.logistic(), 2),
    ],
)
def test_entropy_tends_to_that_of_the_law(law, exact):
    """Within four errors of a mean of log-densities, and the bias of so many codes: 0.02."""
    codes = law.rvs((5000, 1), random_state=0)
    assert entropy(codes).nats == pytest.approx(exact, abs=4 / np.sqrt(5000) + 0.02)


def test_independent_parts_add_up_and_correlations_take_away():
    codes = normal(4000, 2)
    turn = np.array([[1, 0.9], [0, np.sqrt(1 - 0.81)]])
    lost = entropy(codes).nats - entropy(codes @ turn).nats
    assert lost == pytest.approx(-0.5 * np.log(1 - 0.81), abs=0.1)


def test_a_few_outliers_raise_it_and_are_counted():
    """20 of 2,000 at radius 15 by +0.2, as a prototype found."""
    codes = normal(2000, 8)
    codes[:20] *= 15 / np.linalg.norm(codes[:20], axis=1, keepdims=True)
    clean, all_of_them = (entropy(whitened(x)).nats for x in (codes[20:], codes))
    assert all_of_them > clean
    found = outliers(whitened(codes))
    assert found[:20].all()
    assert found[20:].sum() < 5


def test_outliers_of_normal_codes_are_as_many_as_expected():
    assert farthest(8) == pytest.approx(30)
    for d in (1, 8, 40):
        expected = 200_000 * stats.chi2(8).sf(30)
        found = outliers(normal(200_000, d)).sum()
        assert abs(found - expected) < 4 * np.sqrt(expected)


@pytest.mark.parametrize("scale", [1e-30, 1.0, 1e30])
def test_whitened_codes_have_mean_zero_and_unit_covariance(scale):
    columns = scale * np.array([1, 1e6, 1e-6, 1])
    codes = (normal(500, 4) @ normal(4, 4, 1) + 3) * columns
    white = whitened(codes)
    np.testing.assert_allclose(white.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(np.cov(white.T), np.eye(4), atol=1e-5)


NAN = np.full((5, 2), np.nan)
FLAT = np.column_stack([normal(50, 2), normal(50, 2).sum(axis=1)])


@pytest.mark.parametrize(
    ("function", "codes", "message"),
    [
        (entropy, NAN, "10 of 10 code values are not finite"),
        (entropy, np.ones(5), r"codes must have shape \(n, d\)"),
        (entropy, np.ones((1, 2)), "too few codes: entropy got 1, .* at least 2"),
        (entropy, np.ones((9, 2)), "all 9 codes are equal, and have no entropy"),
        (entropy, np.repeat(normal(50, 3), 2, axis=0), "no bandwidth .* there twice, or nearly so"),
        (whitened, NAN, "10 of 10 code values are not finite"),
        (whitened, np.eye(3), "too few codes: whitening got 3, .* needs at least 4"),
        (whitened, np.ones((9, 2)), "2 of 2 columns of the codes are constant"),
        (whitened, FLAT, "a covariance of rank 2 in 3 dimensions"),
    ],
)
def test_bad_input_is_refused(function, codes, message):
    with pytest.raises(ValueError, match=message):
        function(codes)


def test_half_of_the_codes_there_twice_still_have_a_bandwidth():
    codes = normal(60, 2)
    codes = np.concatenate([codes, codes[:30]])
    found = entropy(codes)
    best = optimize.minimize_scalar(
        lambda x: plain.entropy(codes, np.exp(x)), np.log([0.05, 1.5]), tol=1e-9, method="brent"
    )
    assert found.nats == pytest.approx(best.fun, rel=1e-9)


def test_its_text_is_short_however_many_codes_there_are():
    text = repr(entropy(normal(600, 2), bandwidth=0.4))
    assert text.startswith("Entropy(nats=")
    assert text.endswith(", bandwidth=0.4, steps=1, log_density=<600 values>)")
