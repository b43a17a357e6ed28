"""Units of codes: what is fitted in them goes with changes of units, or with affine maps."""

import numpy as np
import pytest
from expost.samplers import GMM, KDE
from expost.samplers.numerics import units
from scipy import stats

RNG = np.random.default_rng
MAP = np.array([[2.0, 0, 0], [-30, 0.5, 1e3], [1, 4e-3, -2]])
SCALES = np.array([1e-3, 7.0, 1e3])


def mixed(n=300):
    """Correlated, one column skewed, one heavy-tailed."""
    x = RNG(0).standard_normal((n, 3)) @ np.triu(np.ones((3, 3)))
    return np.column_stack([x[:, 0], np.exp(x[:, 1]), stats.t.ppf(stats.norm.cdf(x[:, 2]), 3)])


def test_no_scale_is_the_codes_own():
    codes = mixed()
    one, other = KDE(bandwidth=0.3).fit(codes), KDE(bandwidth=0.3, scale="none").fit(codes)
    np.testing.assert_array_equal(one.sample(9, 0), other.sample(9, 0))
    assert units.fitted(codes, "none").log_volume == 0


@pytest.mark.parametrize(
    ("rule", "moved"),
    [
        ("standardise", np.diag(SCALES)),
        ("standardise", np.diag(-SCALES)),
        ("whiten", np.diag(SCALES)),
        ("whiten", MAP),
    ],
)
@pytest.mark.parametrize("bandwidth", [0.3, None])
def test_a_kernel_density_goes_with_the_codes(rule, moved, bandwidth):
    """The density of B z + b is that of z over |det B|, with the same bandwidth chosen."""
    codes, queries, shift = mixed(), mixed(40) + 0.1, np.array([5.0, -1e2, 0])
    one, other = (
        KDE(bandwidth, scale=rule, count=10).fit(x, 0) for x in (codes, codes @ moved.T + shift)
    )
    assert one.bandwidth_ == other.bandwidth_
    np.testing.assert_allclose(
        other.score_samples(queries @ moved.T + shift),
        one.score_samples(queries) - np.log(np.abs(np.linalg.det(moved))),
        rtol=1e-6,
        atol=1e-6,
    )


def test_no_scale_does_not_go_with_the_codes():
    codes = mixed()
    one, other = (KDE(0.3).fit(x).score_samples(x) for x in (codes, codes * SCALES))
    assert np.ptp(other - one) > 1


@pytest.mark.parametrize("rule", units.RULES)
def test_the_density_is_that_of_the_draws_kernels(rule):
    """By SciPy's normal law around each code."""
    codes = mixed(50)
    kde = KDE(0.4, scale=rule).fit(codes)
    root = kde.factor_ if rule == "whiten" else np.diag(kde.factor_)
    covariance = 0.16 * root @ root.T
    expected = np.mean([stats.multivariate_normal(z, covariance).pdf(codes) for z in codes], 0)
    np.testing.assert_allclose(np.exp(kde.score_samples(codes)), expected, rtol=1e-8)
    drawn = kde.sample(100_000, 1, given=[7])
    deviations = np.sqrt(np.diag(covariance))
    np.testing.assert_allclose((drawn - codes[7]).std(axis=0) / deviations, 1, rtol=0.02)
    np.testing.assert_allclose(
        np.corrcoef(drawn.T), covariance / np.outer(deviations, deviations), atol=0.02
    )


@pytest.mark.parametrize("rule", units.RULES)
def test_a_density_integrates_to_one(rule):
    codes = mixed(60)[:, :2] * [1, 0.2]
    kde = KDE(0.5, scale=rule).fit(codes)
    low, high = codes.min(axis=0) - 9, codes.max(axis=0) + 9
    grids = [np.linspace(*ends, 900) for ends in zip(low, high, strict=True)]
    points = np.stack(np.meshgrid(*grids), axis=-1).reshape(-1, 2)
    cell = np.prod((high - low) / 899)
    assert np.exp(kde.score_samples(points)).sum() * cell == pytest.approx(1, abs=1e-3)


def test_whitening_normal_codes_is_by_their_covariance():
    codes = RNG(1).standard_normal((20_000, 3)) @ MAP.T
    root = units.fitted(codes, "whiten").factor
    alike = np.linalg.solve(root, np.cov(codes.T)) @ np.linalg.inv(root).T
    np.testing.assert_allclose(alike, np.eye(3), atol=0.04)


@pytest.mark.parametrize("rule", ["standardise", "whiten"])
def test_codes_far_away_decide_no_unit(rule):
    codes = RNG(2).standard_normal((1000, 3))
    far = np.vstack([codes, 1e6 * RNG(3).standard_normal((20, 3))])
    one, other = (units.fitted(x, rule).factor for x in (codes, far))
    np.testing.assert_allclose(other, one, atol=0.1)


def test_a_mixture_goes_with_the_codes():
    """From the same start: fitted in these units and brought back."""
    codes = mixed() @ MAP.T
    for rule in ("standardise", "whiten"):
        measured = units.fitted(codes, rule)
        scaled = GMM(3, scale=rule).fit(codes, 0)
        plain = GMM(3).fit(measured.divide(codes), 0)
        np.testing.assert_allclose(
            scaled.score_samples(codes),
            plain.score_samples(measured.divide(codes)) - measured.log_volume,
            rtol=1e-6,
        )


def test_what_cannot_be_whitened_is_refused():
    flat = mixed()
    flat[:, 2] = flat[:, 0] + 2 * flat[:, 1]
    rare = mixed()
    rare[15:, 1] = 3.0
    for codes in (flat, rare):
        for sampler in (KDE(0.5, scale="whiten"), GMM(2, scale="whiten")):
            with pytest.raises(ValueError, match="cannot be whitened where.*take scale='stand"):
                sampler.fit(codes, 0)
    with pytest.raises(ValueError, match="got 4, whitening 3 dimensions needs at least 5"):
        KDE(0.5, scale="whiten").fit(mixed(4))
