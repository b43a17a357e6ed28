"""Gaussian mixture: one component is the Gaussian, more are drawn by weight."""

import logging

import numpy as np
import pytest
from expost.samplers import GMM, Gaussian
from threadpoolctl import threadpool_limits


def test_gmm_of_one_component_is_the_gaussian():
    codes = np.random.default_rng(0).standard_normal((300, 3)) @ np.triu(np.ones((3, 3)))
    one, gaussian = GMM(n_components=1).fit(codes, 0), Gaussian().fit(codes)
    np.testing.assert_allclose(one.means_[0], gaussian.mean_, atol=1e-12)
    biased = gaussian.covariance_ * 299 / 300  # maximum likelihood divides by n
    np.testing.assert_allclose(one.covariances_[0], biased + 1e-6 * np.eye(3), atol=1e-9)
    np.testing.assert_allclose(
        one.score_samples(codes), gaussian.score_samples(codes), rtol=0, atol=0.05
    )


def test_gmm_density_is_scikit_learns():
    from sklearn.mixture import GaussianMixture

    codes = np.random.default_rng(0).standard_normal((300, 2)) + np.repeat([[0, 0], [9, 0]], 150, 0)
    ours = GMM(n_components=2).fit(codes, np.random.default_rng(3))
    seed = int(np.random.default_rng(3).integers(2**31))
    theirs = GaussianMixture(2, random_state=seed).fit(codes)
    np.testing.assert_allclose(ours.score_samples(codes), theirs.score_samples(codes))


def test_gmm_draws_each_component_by_its_weight():
    rng = np.random.default_rng(0)
    codes = np.concatenate([rng.normal(0, 1, (300, 2)), rng.normal(50, 3, (100, 2))])
    drawn = GMM(n_components=2).fit(codes, 0).sample(20_000, 1)
    far = drawn[:, 0] > 25
    assert far.mean() == pytest.approx(0.25, abs=0.015)
    np.testing.assert_allclose(drawn[far].std(axis=0), codes[300:].std(axis=0), rtol=0.03)
    np.testing.assert_allclose(drawn[~far].std(axis=0), codes[:300].std(axis=0), rtol=0.03)


def test_gmm_does_not_depend_on_threads():
    codes = np.random.default_rng(0).standard_normal((20_000, 5)) ** 3
    fitted = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            fitted.append(GMM(max_iter=10).fit(codes, 0))
    np.testing.assert_array_equal(fitted[0].means_, fitted[1].means_)
    np.testing.assert_array_equal(fitted[0].covariances_, fitted[1].covariances_)


def test_gmm_logs_when_it_has_not_converged(caplog):
    codes = np.random.default_rng(0).standard_normal((200, 5))
    with caplog.at_level(logging.WARNING, "expost"):
        GMM(max_iter=1).fit(codes, 0)
    assert "did not converge" in caplog.text


def test_gmm_says_how_many_codes_it_needs():
    with pytest.raises(ValueError, match="GMM got 5, a mixture of 10 needs at least 10"):
        GMM().fit(np.random.default_rng(0).standard_normal((5, 2)))
