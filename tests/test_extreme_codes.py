"""Codes at the ends of what floats hold, and tails that single laws do not follow."""

import resource

import numpy as np
import pytest
from expost.samplers import GMM, EmpiricalBetaCopula, Gaussian, RealNVP, Vine, build
from expost.samplers.numerics.kernel_cdf import KernelCDF

from benchmarks.plain import margins as plain

FITTED = ["gaussian", "independent", "kde", "gmm", "vine", "empirical_beta", "real_nvp"]
QUICK = {"kde": {"bandwidth": 0.3}, "real_nvp": {"steps": 9, "hidden": 8}, "vine": {"grid": 10}}


def normal(n=500, d=3):
    return np.random.default_rng(0).standard_normal((n, d))


@pytest.mark.parametrize("name", FITTED)
@pytest.mark.parametrize("scale", [1e-310, 1e-200, 1e-60, 1e60, 1e200, 1e307])
def test_a_spread_whose_square_no_float_holds_is_refused(name, scale):
    with pytest.raises(ValueError, match=r"1 of 3 columns of the codes \(1\) have a spread beyond"):
        build(name, **QUICK.get(name, {})).fit(normal() * [1, scale, 1], 0)


@pytest.mark.parametrize("name", ["gaussian", "independent", "vine", "empirical_beta", "real_nvp"])
def test_any_other_spread_is_a_unit(name):
    units = np.array([1e-45, 1, 1e45])
    drawn = [
        build(name, **QUICK.get(name, {})).fit(normal() * unit, 0).sample(500, 1) / unit
        for unit in (np.ones(3), units)
    ]
    quartiles = [np.quantile(codes, [0.25, 0.5, 0.75], axis=0) for codes in drawn]
    np.testing.assert_allclose(*quartiles, atol=0.02)


@pytest.mark.parametrize(
    ("sampler", "far"),
    [
        (GMM(), np.exp(3 * normal(500, 4))),
        (RealNVP(steps=50), np.vstack([normal(500, 4), np.full(4, 1e3)])),
    ],
)
def test_tails_that_a_sampler_does_not_follow_are_told_of(sampler, far, caplog):
    drawn = sampler.fit(far, 0).sample(2000, 1)
    bulks = [np.subtract(*np.quantile(codes, [0.75, 0.25], axis=0)) for codes in (drawn, far)]
    assert (bulks[0] / bulks[1]).max() > 5
    (said,) = [r.getMessage() for r in caplog.records if "as wide as" in r.getMessage()]
    assert "take empirical_beta with bandwidth='robust'" in said
    caplog.clear()
    sampler.fit(normal(), 0)
    assert not caplog.records


def test_a_column_that_is_nearly_always_the_same_is_told_of(caplog):
    codes = normal()
    codes[:, 2] = 0
    codes[:10, 2] = 1
    drawn = Vine(grid=10).fit(codes, 0).sample(2000, 1)
    assert np.subtract(*np.quantile(drawn[:, 2], [0.75, 0.25])) > 0.5
    assert "in 1 of 3 columns (2)" in caplog.text


@pytest.mark.parametrize("far", [1e7, 1e9, 1e10])
def test_codes_far_away_take_no_memory(far):
    """Tables by a robust bandwidth are as large as the codes' groups, not as their range."""
    x = normal()[:, 0]
    x[[3, 7, 8]] = far, -far, far * (1 + 1e-9)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table = KernelCDF(x, 0.1)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 2**17  # KiB
    u = np.concatenate([np.linspace(0.0005, 0.9995, 200), [1e-9, 1e-4, 1 - 1e-4]])
    found = table.ppf(u)
    assert (np.diff(found[:200]) >= 0).all()
    np.testing.assert_allclose(plain.cdf(found, x, 0.1), u, rtol=0, atol=1e-7)
    np.testing.assert_allclose(table.cdf(found), u, rtol=0, atol=1e-7)


def test_robust_margins_of_heavy_tails_are_those_of_the_codes():
    codes = np.random.default_rng(1).pareto(0.5, size=(500, 3))  # up to 1e7, half below 3
    drawn = EmpiricalBetaCopula(bandwidth="robust").fit(codes, 0).sample(2000, 1)
    bulks = [np.subtract(*np.quantile(x, [0.75, 0.25], axis=0)) for x in (drawn, codes)]
    np.testing.assert_allclose(*bulks, rtol=0.25)


def test_a_column_that_is_a_sum_of_others_leaves_no_density():
    """By luck of rounding such a covariance may have a root."""
    for seed in range(50):
        codes = np.random.default_rng(seed).standard_normal((500, 4)) * [1e-6, 1, 1e6, 1]
        codes[:, 3] = 2 * codes[:, 0] / 1e-6 - codes[:, 1]
        with pytest.raises(ValueError, match=r"singular.*leave out columns that are sums of"):
            Gaussian().fit(codes).score_samples(codes)
        assert np.isfinite(Gaussian().fit(codes[:, :3]).score_samples(codes[:, :3])).all()
