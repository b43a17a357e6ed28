"""Normal distribution against closed forms."""

import numpy as np
import pytest
from expost.samplers import Gaussian
from expost.samplers.gaussian import factor
from scipy.stats import multivariate_normal


@pytest.fixture(scope="module")
def codes():
    rng = np.random.default_rng(0)
    return rng.standard_normal((400, 3)) @ rng.standard_normal((3, 3)) * [0.01, 1, 100] + 5


def test_gaussian_density_is_scipys(codes):
    law = multivariate_normal(codes.mean(axis=0), np.cov(codes.T))
    np.testing.assert_allclose(Gaussian().fit(codes).score_samples(codes), law.logpdf(codes))


def test_factor_keeps_columns_on_any_scale(codes):
    covariance = np.cov((codes * [1e-8, 1, 1e8]).T)
    a = factor(covariance)
    np.testing.assert_allclose(a @ a.T, covariance, rtol=1e-9)


def test_gaussian_in_one_dimension(codes):
    sampler = Gaussian().fit(codes[:, [1]])
    assert sampler.sample(50_000, 0).std() == pytest.approx(codes[:, 1].std(), rel=0.02)
    assert sampler.score_samples(codes[:, [1]]).shape == (400,)


def test_fewer_codes_than_dimensions_draw_in_their_span_and_have_no_density():
    codes = np.random.default_rng(0).standard_normal((3, 5))
    sampler = Gaussian().fit(codes)
    drawn = sampler.sample(100, 0) - codes.mean(axis=0)
    assert np.linalg.matrix_rank(drawn, tol=1e-6) == 2
    sampler.covariance_[:] = 1
    with pytest.raises(ValueError, match="singular"):
        sampler.score_samples(codes)
