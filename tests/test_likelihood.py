"""Log-likelihood of codes that were held out, and how much less it is than that of fitted ones."""

import numpy as np
import pytest
from expost.metrics.held_out_likelihood import held_out_likelihood
from expost.metrics.likelihood_gap import likelihood_gap
from expost.samplers import GMM, KDE, EmpiricalBetaCopula, Gaussian, Prior, build, fit_and_pool
from expost.samplers.likelihood import FITTED, HELD_OUT, log_densities

COVARIANCE = np.array([[4.0, 1.0, 0.0], [1.0, 2.0, 0.5], [0.0, 0.5, 0.25]])
ENTROPY = 0.5 * np.linalg.slogdet(2 * np.pi * np.e * COVARIANCE)[1]


def codes(n, seed=0):
    return np.random.default_rng(seed).multivariate_normal([5, 0, -3], COVARIANCE, n)


def pooled(sampler, n=400, size=400, m=300):
    rng = np.random.default_rng(1)
    return fit_and_pool.pooled(sampler, codes(n), size, 400, rng, codes(m, seed=9))


def test_of_the_true_law_it_is_minus_the_entropy():
    found = log_densities(Gaussian().fit(codes(100_000)), codes(50_000, 1), codes(100_000))
    assert found[HELD_OUT].shape == found[FITTED].shape == (50_000,)
    error = 4 * np.sqrt(3 / 2 / 50_000)  # log p has variance d / 2
    assert held_out_likelihood(found[HELD_OUT]) == pytest.approx(-ENTROPY, abs=error)
    assert likelihood_gap(found[HELD_OUT], found[FITTED]) == pytest.approx(0, abs=2 * error)


def test_of_another_law_it_lacks_the_divergence():
    """Of N(0, I), whatever it was fitted to: in closed form."""
    found = log_densities(Prior().fit(codes(10)), codes(50_000, 1), codes(10))
    second = np.trace(COVARIANCE) + 5**2 + 3**2
    wanted = -0.5 * (3 * np.log(2 * np.pi) + second)
    assert held_out_likelihood(found[HELD_OUT]) == pytest.approx(wanted, rel=0.01)
    assert held_out_likelihood(found[HELD_OUT]) < -ENTROPY
    assert len(found[FITTED]) == 10


def test_the_gap_is_the_number_of_parameters_over_that_of_codes():
    gaps = []
    for seed in range(1000):
        both = codes(400, seed)
        found = log_densities(Gaussian().fit(both[:200]), both[200:], both[:200])
        gaps.append(likelihood_gap(found[HELD_OUT], found[FITTED]))
    assert np.mean(gaps) == pytest.approx((3 + 6) / 200, abs=4 * np.std(gaps) / np.sqrt(1000))


def test_the_gap_finds_overfitting():
    others, fitted = codes(500, 1), codes(500)
    found = {
        name: log_densities(sampler.fit(fitted, 0), others, fitted)
        for name, sampler in {"few": GMM(2), "many": GMM(50), "points": KDE(1e-3)}.items()
    }
    gaps = {name: likelihood_gap(of[HELD_OUT], of[FITTED]) for name, of in found.items()}
    assert abs(gaps["few"]) < 0.3 < 0.6 < gaps["many"] < 10 < gaps["points"]


@pytest.mark.parametrize("name", ["reconstruction", "interpolation", "copy", "held_out"])
def test_without_a_density_there_is_no_number_and_no_warning(name, caplog):
    assert pooled(build(name)).log_densities == {}
    assert not caplog.records or "likelihood" not in caplog.text


def test_a_fit_without_a_density_says_why_there_is_no_number(caplog):
    assert pooled(EmpiricalBetaCopula(margins="empirical")).log_densities == {}
    assert "no likelihood is scored, as empirical margins have no density" in caplog.text
    flat = codes(400) @ np.diag([1, 1, 0]) + codes(400)[:, :1] * [0, 0, 1]
    assert log_densities(Gaussian().fit(flat), flat, flat) == {}
    assert "singular" in caplog.text


class Bounded(Gaussian):
    def _score_samples(self, codes):
        return np.where(codes[:, 0] > 5, -np.inf, 0.0)


def test_codes_where_a_law_is_nowhere_leave_no_number(caplog):
    assert log_densities(Bounded().fit(codes(50)), codes(50, 1), codes(50)) == {}
    assert "codes have no finite log-density under Bounded()" in caplog.text


def test_several_fits_have_the_mean_of_what_is_held_out_and_all_that_they_fitted():
    found = pooled(Gaussian(), n=400, size=100, m=60).log_densities
    fits = [Gaussian().fit(codes(400)[i : i + 100]) for i in range(0, 400, 100)]
    others = codes(60, seed=9)
    wanted = np.mean([fit.score_samples(others) for fit in fits], axis=0)
    np.testing.assert_allclose(found[HELD_OUT], wanted, rtol=1e-12)
    own = [fit.score_samples(codes(400)[100 * i :][:60]) for i, fit in enumerate(fits)]
    np.testing.assert_allclose(found[FITTED], np.concatenate(own), rtol=1e-12)


@pytest.mark.parametrize("sampler", [Gaussian(), KDE(0.5), GMM(3)])
def test_asking_for_it_changes_no_draw(sampler):
    without = fit_and_pool.pooled(sampler, codes(400), 200, 400, np.random.default_rng(1))
    assert without.log_densities == {}
    np.testing.assert_array_equal(pooled(sampler, size=200).codes, without.codes)


@pytest.mark.parametrize("broken", [[], [[1.0]], [1.0, np.nan], [1.0, -np.inf]])
def test_what_is_no_density_is_refused(broken):
    with pytest.raises(ValueError, match=r"log-densities of held-out codes must be finite"):
        held_out_likelihood(np.array(broken))
    with pytest.raises(ValueError, match=r"log-densities of fitted codes must be finite"):
        likelihood_gap([1.0, 2.0], np.array(broken))
