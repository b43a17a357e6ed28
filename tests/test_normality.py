"""The summary of how normal codes are."""

import numpy as np
import pytest
from expost.divergences.entropy import entropy
from expost.divergences.normality import normality
from expost.divergences.whitening import whitened
from scipy import stats


def normal(n, d, seed=0):
    return np.random.default_rng(seed).standard_normal((n, d))


@pytest.mark.parametrize(
    ("law", "exact"),
    [
        (stats.norm(5, 3), 0),
        (stats.uniform(), 0.5 * np.log(2 * np.pi * np.e / 12)),
        (stats.laplace(), 0.5 * np.log(2 * np.pi * np.e * 2) - 1 - np.log(2)),
    ],
)
def test_the_gap_is_the_divergence_from_the_normal_law(law, exact):
    found = normality(law.rvs((3000, 1), random_state=1), rng=0).all
    assert found.gap == pytest.approx(exact, abs=found.half_width + 0.02)
    assert found.gap == found.normal_entropy - found.entropy
    assert found.half_width < 0.05


def test_intervals_hold_the_gap_of_normal_codes_and_are_not_too_wide():
    found = [normality(normal(300, 3, seed), rng=seed).all for seed in range(30)]
    assert np.mean([abs(one.gap) <= one.half_width for one in found]) >= 0.9
    spread = np.std([one.gap for one in found], ddof=1)
    assert 1.5 < np.mean([one.half_width for one in found]) / spread < 6


def test_moving_scaling_and_turning_change_nothing():
    codes = normal(400, 3) ** 3
    turn = np.array([[2.0, 1, 0], [0, 1, 5], [0, 0, 0.1]])
    one, other = (normality(x, rng=0) for x in (codes, codes @ turn + 7))
    np.testing.assert_allclose(one.all, other.all, rtol=1e-6)
    np.testing.assert_allclose(one.trimmed, other.trimmed, rtol=1e-6)
    assert one.outliers == other.outliers > 0
    # The Jensen-Shannon divergence is that of a sample of N(0, I), and of codes that may be turned.
    assert one.jsd == pytest.approx(other.jsd, abs=0.1)


def test_outliers_hide_a_gap_until_they_are_trimmed():
    """The least normal codes, most of them on a sphere, with few far away."""
    codes = normal(2000, 6)
    codes /= np.linalg.norm(codes, axis=1, keepdims=True)
    codes[:20] *= 12
    found = normality(codes, rng=0)
    assert found.outliers == 20
    assert found.expected_outliers == pytest.approx(2000 * stats.chi2(8).sf(30))
    assert found.trimmed.entropy == pytest.approx(entropy(whitened(codes[20:])).nats, rel=1e-9)
    clean = normality(codes[20:], rng=0)
    assert clean.outliers == 0
    assert clean.trimmed == clean.all


def test_codes_that_are_no_outliers_are_trimmed_by_none():
    found = normality(normal(300, 3), rng=0)
    assert found.outliers == 0
    assert found.trimmed == found.all


def test_the_divergence_tells_codes_from_normal_ones():
    rng = np.random.default_rng(0)
    two = rng.standard_normal((2000, 4)) + 4 * rng.choice([-1, 1], (2000, 1)) * np.eye(4)[0]
    for codes, least, most in ((normal(2000, 4, 1), -0.02, 0.02), (two, 0.1, 1)):
        found = normality(codes, rng=0)
        assert least < found.jsd - found.normal_jsd < most
        assert found.normal_jsd < 0.01
        assert 0.3 < found.bandwidth < 0.8


def test_too_many_dimensions_have_no_divergence_and_the_log_says_so(caplog):
    found = normality(normal(400, 30), references=2, rng=0)
    assert (found.jsd, found.normal_jsd, found.bandwidth) == (None, None, None)
    assert "half of 400 codes carry no bandwidth below 1 in 30 dimensions; 694 codes" in caplog.text
    assert np.isfinite(found.all.gap)


def test_of_more_codes_some_are_taken_at_random():
    codes = np.concatenate([normal(300, 2), 50 + normal(300, 2)])
    found = normality(codes, most=100, rng=0)
    assert found.codes == 100
    assert found.all.gap > 0.3  # both clusters are there


def test_the_same_rng_gives_the_same_summary():
    codes = normal(100, 2)
    assert normality(codes, rng=3) == normality(codes, rng=3) != normality(codes, rng=4)


@pytest.mark.parametrize(
    ("codes", "options", "message"),
    [
        (np.full((50, 2), np.nan), {}, "100 of 100 code values are not finite"),
        (normal(23, 2), {}, "too few codes: normality got 23, .* needs at least 24"),
        (np.ones((50, 2)), {}, "2 of 2 columns of the codes are constant"),
        (normal(50, 2)[:, [0, 0]], {}, "a covariance of rank 1 in 2 dimensions"),
        (normal(50, 2), {"references": 1}, "got references 1; .* at least 2"),
        (normal(50, 2), {"most": 20}, "got most 20; wanted a whole number of at least 24"),
    ],
)
def test_bad_input_is_refused(codes, options, message):
    with pytest.raises(ValueError, match=message):
        normality(codes, **options)
