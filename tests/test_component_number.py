"""The number of components that a Gaussian mixture chooses: the true one, by a written rule."""

import logging

import numpy as np
import pytest
from expost.samplers import GMM, Gaussian
from expost.samplers.numerics import component_number, mixtures
from scipy import stats
from sklearn.mixture import GaussianMixture

RNG = np.random.default_rng


def mixture(k, n=1500, d=2, seed=0, apart=8.0):
    """Codes of k normal laws of any covariance, whose means are on a grid, far apart."""
    rng = RNG(seed)
    grid = apart * np.stack(np.meshgrid(*[range(3)] * d), axis=-1).reshape(-1, d)
    means = rng.permutation(grid)[:k]
    roots = np.eye(d) + 0.4 * rng.standard_normal((k, d, d))
    which = rng.integers(k, size=n)
    noise = np.einsum("nij,nj->ni", roots[which], rng.standard_normal((n, d)))
    return means[which] + noise


@pytest.mark.parametrize("rule", component_number.RULES)
@pytest.mark.parametrize("k", [1, 2, 3, 5, 7])
def test_a_known_number_is_found(k, rule, caplog):
    codes = mixture(k)
    with caplog.at_level(logging.INFO, "expost"):
        sampler = GMM("auto", select=rule).fit(codes, 0)
    assert sampler.n_components_ == len(sampler.weights_) == k
    assert f"gmm: {k} components by {rule}" in caplog.text
    assert repr(sampler).endswith(f"fitted: n_components_={k}")
    assert not [r for r in caplog.records if r.levelno > logging.INFO]


@pytest.mark.parametrize(("k", "d"), [(3, 4), (6, 3)])
def test_in_more_dimensions_too(k, d):
    assert GMM("auto").fit(mixture(k, d=d), 0).n_components_ == k


def test_bic_is_the_definition():
    codes = mixture(3, n=400)
    sampler = GMM("auto").fit(codes, 0)
    assert sampler.tried_.tolist() == list(range(1, 7))  # three in a row are no better
    assert sampler.criteria_.argmin() == 2
    parameters = 3 - 1 + 3 * 2 + 3 * 3
    mean = sampler.score_samples(codes).mean()
    assert sampler.criteria_[2] == pytest.approx(
        -2 * mean + parameters * np.log(400) / 400, rel=1e-9
    )


def test_held_out_takes_the_fewest_that_are_as_good_as_the_best():
    """Of ten numbers that are tried, by folds and by standard errors made here."""
    codes = mixture(2, n=200, apart=2.5)
    found = GMM("auto", select="held_out").fit(codes, 0)
    rng = RNG(0)
    seed = int(rng.integers(2**31))
    folds = np.array_split(rng.permutation(200), 5)
    densities = np.empty((len(found.tried_), 200))
    for row, k in zip(densities, found.tried_, strict=True):
        for fold in folds:
            fit = GaussianMixture(k, n_init=3, random_state=seed)
            row[fold] = fit.fit(np.delete(codes, fold, axis=0)).score_samples(codes[fold])
    np.testing.assert_allclose(found.criteria_, densities.mean(axis=1), rtol=1e-9)
    gaps = densities[densities.mean(axis=1).argmax()] - densities
    good = gaps.mean(axis=1) <= gaps.std(axis=1) / np.sqrt(200)
    assert found.n_components_ == found.tried_[good.argmax()]


def test_a_choice_is_kept_and_drawn_from(tmp_path):
    codes = mixture(4)
    sampler = GMM("auto").fit(codes, 0)
    sampler.save(tmp_path / "m.npz")
    again = GMM.load(tmp_path / "m.npz")
    assert again.n_components_ == 4
    assert repr(again) == repr(sampler)
    np.testing.assert_array_equal(again.sample(9, 1), sampler.sample(9, 1))
    np.testing.assert_array_equal(again.tried_, sampler.tried_)


def test_many_codes_are_chosen_by_a_part_and_fitted_by_all(monkeypatch):
    codes = mixture(3, n=3000)
    whole = GMM("auto").fit(codes, 0)
    monkeypatch.setattr(component_number, "MOST", 500)
    part = GMM("auto").fit(codes, 0)
    assert part.n_components_ == whole.n_components_ == 3
    np.testing.assert_allclose(
        part.score_samples(codes).mean(), whole.score_samples(codes).mean(), rtol=1e-4
    )
    assert not np.allclose(part.criteria_, whole.criteria_[: len(part.criteria_)], rtol=1e-6)


@pytest.mark.parametrize("rule", component_number.RULES)
@pytest.mark.parametrize("n", [5, 12])
def test_few_codes_are_one_component(n, rule):
    codes = RNG(0).standard_normal((n, 4))
    sampler = GMM("auto", select=rule).fit(codes, 0)
    assert sampler.n_components_ == 1
    assert sampler.tried_.tolist() == [1]
    np.testing.assert_allclose(sampler.means_[0], Gaussian().fit(codes).mean_, atol=1e-12)
    assert GMM("auto").fit(codes[:2], 0).n_components_ == 1
    with pytest.raises(ValueError, match="GMM got 4, 5-fold cross-validation needs at least 5"):
        GMM("auto", select="held_out").fit(codes[:4], 0)


def test_the_cost_is_bounded(monkeypatch):
    """No more fits than numbers tried, each within what the codes allow."""
    asked = []
    kind = mixtures.fit_quietly

    def counted(codes, components, *args, **options):
        asked.append(components)
        return kind(codes, components, *args, **options)

    monkeypatch.setattr(mixtures, "fit_quietly", counted)
    GMM("auto", max_iter=2).fit(RNG(0).random((5000, 2)) ** 3, 0)
    assert len(asked) == len(set(asked)) <= len(component_number.TRIED)
    asked.clear()
    GMM("auto").fit(RNG(0).standard_normal((60, 3)), 0)
    assert max(asked) <= 60 * 3 / 20


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_components": "Auto"}, "got n_components 'Auto'; .*did you mean 'auto'"),
        ({"n_components": None}, "got n_components None; wanted a whole number"),
        ({"select": "aic"}, "got select 'aic'; wanted one of bic, held_out"),
    ],
)
def test_options_are_checked(options, message):
    with pytest.raises(ValueError, match=message):
        GMM(**options)


def test_a_mixture_is_scikit_learns_to_the_last_bit():
    """Though its last look at all codes, for labels, is left out."""
    codes, seed = mixture(4, n=500, d=3), int(RNG(5).integers(2**31))
    ours, theirs = GMM(6).fit(codes, 5), GaussianMixture(6, random_state=seed).fit(codes)
    np.testing.assert_array_equal(ours.means_, theirs.means_)
    np.testing.assert_array_equal(ours.covariances_, theirs.covariances_)
    np.testing.assert_array_equal(ours.weights_, theirs.weights_)


def test_quantiles_of_a_mixture_are_the_roots():
    weights, means = np.array([0.2, 0.5, 0.3]), RNG(0).normal(size=(3, 2)) * [1, 50]
    deviations, levels = RNG(1).random((3, 2)) * [0.1, 9], [0.01, 0.25, 0.5, 0.75, 0.999]
    found = mixtures.quantiles(weights, means, deviations, levels)
    levels_there = [weights @ stats.norm.cdf(row, means, deviations) for row in found]
    np.testing.assert_allclose(levels_there, np.tile(levels, (2, 1)).T, atol=1e-10)
