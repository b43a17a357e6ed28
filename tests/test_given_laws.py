"""Draws given the values of columns against closed forms, densities and limits."""

import numpy as np
import pandas as pd
import pytest
from expost.samplers import (
    GMM,
    KDE,
    EmpiricalBetaCopula,
    Gaussian,
    Independent,
    Prior,
    Vine,
    build,
    load,
)
from expost.samplers.numerics.conditional_normal import ConditionalNormal
from expost.samplers.numerics.weighted_picks import pick
from scipy.stats import chisquare, kstest

LEVEL = 0.001


@pytest.fixture(scope="module")
def codes():
    """300 codes of two clouds in 3 dimensions."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((300, 3)) @ [[1, 0.6, 0], [0, 0.7, -0.5], [0, 0, 1]]
    x[:100] += [2, -2, 1]
    return x


@pytest.fixture(scope="module")
def scaled(codes):
    """The same on scales from 0.01 to 100, away from 0."""
    return codes * [0.01, 1, 100] + 5


def schur(mean, covariance, given):
    """Mean and covariance of the other columns, by the textbook's formula."""
    g, values = list(given), np.array(list(given.values()))
    f = [j for j in range(len(mean)) if j not in given]
    gain = covariance[np.ix_(f, g)] @ np.linalg.inv(covariance[np.ix_(g, g)])
    rest = covariance[np.ix_(f, f)] - gain @ covariance[np.ix_(g, f)]
    return f, mean[f] + gain @ (values - mean[g]), rest


@pytest.mark.parametrize("given", [{0: 5.02}, {2: 40.0}, {2: -200.0, 0: 4.99}, {1: 9, 2: 1e6}])
def test_gaussian_draws_have_the_moments_of_the_closed_form(scaled, given):
    fitted = Gaussian().fit(scaled)
    drawn = fitted.sample(40_000, 1, given=given)
    f, mean, rest = schur(fitted.mean_, fitted.covariance_, given)
    whitened = np.linalg.solve(np.linalg.cholesky(rest), (drawn[:, f] - mean).T)
    for column in whitened:
        assert kstest(column, "norm").pvalue > LEVEL
    np.testing.assert_allclose(np.atleast_2d(np.cov(whitened)), np.eye(len(f)), atol=0.03)


def test_conditional_normal_is_the_closed_form_to_rounding(scaled):
    mean, covariance = scaled.mean(axis=0), np.cov(scaled.T)
    law = ConditionalNormal(mean, covariance, np.array([2, 0]))
    _, expected, rest = schur(mean, covariance, {2: 7.0, 0: 5.1})
    np.testing.assert_allclose(law.factor @ law.factor.T, rest, rtol=1e-10)
    at = mean[1] + law.gain @ (np.array([7.0, 5.1]) - mean[[2, 0]])
    np.testing.assert_allclose(at, expected, rtol=1e-12)


def test_a_column_that_follows_from_others_does_so_in_draws():
    x, y = np.random.default_rng(0).standard_normal((2, 200))
    fitted = Gaussian().fit(np.column_stack([x, y, 3 * x - 2, x + y]))
    drawn = fitted.sample(100, 0, given={0: 2})
    np.testing.assert_allclose(drawn[:, 2], 4, atol=1e-6)
    np.testing.assert_allclose(drawn[:, 3], 2 + drawn[:, 1], atol=1e-6)
    np.testing.assert_allclose(fitted.sample(9, 0, given={0: 2, 2: 4, 1: 1})[:, 3], 3, atol=1e-6)
    with pytest.raises(ValueError, match="cannot occur together"):
        fitted.sample(9, 0, given={0: 2, 2: 4.1})


def test_fewer_codes_than_columns_draw_on_their_plane():
    codes = np.random.default_rng(0).standard_normal((4, 6))
    drawn = Gaussian().fit(codes).sample(50, 0, given={0: 1, 1: 0})
    np.testing.assert_array_equal(drawn[:, :2], np.tile([1.0, 0.0], (50, 1)))
    assert np.linalg.matrix_rank(drawn - codes.mean(axis=0), tol=1e-6) == 2  # 1 free, 1 fixed
    with pytest.raises(ValueError, match="cannot occur together"):
        Gaussian().fit(codes).sample(5, 0, given={0: 1, 1: 0, 2: 3, 3: -2})


SAMPLERS = [
    GMM(n_components=2),
    GMM(n_components=4, scale="standardise"),
    Gaussian(),
    KDE(bandwidth=0.4),
    KDE(bandwidth=0.4, scale="standardise"),
    KDE(bandwidth=0.3, scale="whiten"),
    EmpiricalBetaCopula(),
    EmpiricalBetaCopula(degree=10, bandwidth="robust"),
    Independent(),
    Independent("robust"),
    Vine(bandwidth="robust", conditioning_set=[0, 2]),
    Vine(conditioning_set=[2, 0]),
    Vine(family="gaussian", truncation=1, conditioning_set=(0, 2)),
]


@pytest.mark.parametrize("sampler", SAMPLERS, ids=repr)
@pytest.mark.parametrize("given", [{0: 0.5, 2: 0.5}, {2: -1.5, 0: 2.0}])
def test_draws_follow_the_density_along_the_line(sampler, given, codes):
    """By quadrature of the sampler's own density, in the one column that is left."""
    fitted = sampler.fit(codes, 1)
    line = np.linspace(-9, 9, 20_001)
    points = np.column_stack([np.full_like(line, given[0]), line, np.full_like(line, given[2])])
    logs = fitted.score_samples(points)
    mass = np.exp(logs - logs.max()).cumsum()
    drawn = fitted.sample(5000, 2, given=given)[:, 1]
    assert kstest(drawn, lambda x: np.interp(x, line, mass / mass[-1])).pvalue > LEVEL


def test_vine_of_normal_pairs_is_the_gaussians_closed_form():
    rng = np.random.default_rng(1)
    root = rng.standard_normal((4, 4)) / 2 + np.eye(4)
    codes = rng.standard_normal((20_000, 4)) @ root
    vine = Vine(family="gaussian", conditioning_set=[0, 3]).fit(codes)
    for given in ({0: 1.0}, {3: -1.5}, {0: 1.0, 3: -1.0}):
        drawn = vine.sample(20_000, 2, given=given)
        f, mean, rest = schur(np.zeros(4), root.T @ root, given)
        whitened = np.linalg.solve(np.linalg.cholesky(rest), (drawn[:, f] - mean).T)
        np.testing.assert_allclose(whitened.mean(axis=1), 0, atol=0.06)
        np.testing.assert_allclose(np.cov(whitened), np.eye(len(f)), atol=0.08)


def test_vine_says_which_columns_need_trees_of_their_own():
    x = np.random.default_rng(0).standard_normal((200, 4)).cumsum(axis=1)  # a chain
    chain = Vine(family="gaussian").fit(x)
    for column in range(4):
        assert chain.sample(5, 0, given={column: 0}).shape == (5, 4)
    with pytest.raises(ValueError, match=r"columns \[0, 3\] together.*conditioning_set=\[0, 3\]"):
        chain.sample(5, 0, given={3: 0, 0: 1})
    fitted = Vine(family="gaussian", conditioning_set=[0, 3]).fit(x)
    drawn = fitted.sample(5, 0, given={3: 0, 0: 1})
    np.testing.assert_array_equal(drawn[:, [0, 3]], [[1.0, 0.0]] * 5)
    by_name = Vine(family="gaussian", conditioning_set=["a", "d"])
    by_name.fit(pd.DataFrame(x, columns=list("abcd")))
    again = by_name.sample(5, 0, given={"d": 0, "a": 1})
    np.testing.assert_array_equal(again, drawn)
    with pytest.raises(ValueError, match=r"\['b', 1\].*or of the names a, b, c, d"):
        Vine(conditioning_set=["b", 1]).fit(pd.DataFrame(x, columns=list("abcd")))
    for wrong in ([4], [0, 1, 2, 3], ["a"]):
        with pytest.raises(ValueError, match=r"fewer than 4 different columns of 0\.\.3"):
            Vine(conditioning_set=wrong).check_shape(100, 4)
    with pytest.raises(ValueError, match="value 99 for column 1, where the vine's margin has no"):
        chain.sample(5, 0, given={1: 99})


def test_far_out_the_nearest_kernel_or_component_takes_all(codes):
    """No weight is a number above 0 there, and none is missing."""
    outermost = codes[codes[:, 0].argmax()]
    drawn = KDE(bandwidth=0.1).fit(codes).sample(500, 0, given={0: 1e3})
    np.testing.assert_allclose(drawn[:, 1:].mean(axis=0), outermost[1:], atol=0.03)
    np.testing.assert_allclose(drawn[:, 1:].std(axis=0), 0.1, rtol=0.15)
    beta = EmpiricalBetaCopula().fit(codes).sample(500, 0, given={0: 1e3})
    np.testing.assert_allclose(np.median(beta[:, 1:], axis=0), outermost[1:], atol=0.3)
    gmm = GMM(n_components=2).fit(codes, 0)
    widest = gmm.covariances_[:, 0, 0].argmax()
    _, mean, rest = schur(gmm.means_[widest], gmm.covariances_[widest], {0: -1e4})
    drawn = gmm.sample(500, 0, given={0: -1e4})[:, 1:]
    assert (np.abs(drawn - mean) < 5 * np.sqrt(np.diag(rest))).all()
    for sampler in (gmm, KDE(bandwidth=0.1).fit(codes)):
        with pytest.raises(ValueError, match="too far from all codes"):
            sampler.sample(5, 0, given={0: 1e300})


@pytest.mark.parametrize("name", ["gaussian", "kde", "gmm", "empirical_beta"])
def test_values_far_beyond_the_codes_are_warned_of(name, codes, caplog, tmp_path):
    frame = pd.DataFrame(codes, columns=["a", "b", "c"])
    low, high = codes[:, 1].min(), codes[:, 1].max()
    fitted = build(name).fit(frame, 0, look=False)
    fitted.save(tmp_path / "it.npz")
    caplog.clear()
    fitted.sample(3, 0, given={"b": [low, high, high + 0.09 * (high - low)]})
    assert not caplog.records
    load(tmp_path / "it.npz").sample(3, 0, given={"b": [0, high + 50, high + 99]})
    (said,) = [record.getMessage() for record in caplog.records]
    kind = type(fitted).__name__
    ends = f"the codes have {low:g} to {high:g} there"
    assert f"{kind}: column 'b' was given the value {high + 99:g}, and {ends}" in said
    caplog.clear()
    build(name).fit(codes, 0, look=False).sample(3, 0, given={1: low - 40})
    assert f"column 1 was given the value {low - 40:g}, and {ends}" in caplog.text


def test_a_value_is_beyond_the_codes_that_margins_are_of(codes, caplog):
    wide = Gaussian().fit(codes, look=False).with_margins_of(Gaussian().fit(100 * codes))
    wide.sample(3, 0, given={0: 90})
    for one in (Prior(), Independent()):  # of which no column tells anything of another
        one.fit(codes, look=False).sample(3, 0, given={0: 1e6})
    assert not caplog.records


def test_picks_follow_the_weights_of_their_own_row():
    given = np.repeat([[0.0], [1.0], [2.0]], 20_000, axis=0)
    weights = np.array([[1, 2, 0, 7], [5, 0, 5, 0], [0, 0, 0, 1]]) / 10

    def log_weights(rows):
        with np.errstate(divide="ignore"):
            return np.log(weights[rows[:, 0].astype(int)]) - 1e6

    picked = pick(given[::-1], log_weights, 4, np.random.default_rng(0))[::-1].reshape(3, -1)
    for found, expected in zip(picked, weights, strict=True):
        counts = np.bincount(found, minlength=4)
        assert not counts[expected == 0].any()
        if (expected > 0).sum() > 1:
            there = expected > 0
            assert chisquare(counts[there], 20_000 * expected[there]).pvalue > LEVEL


def test_margins_without_a_density_are_refused(codes):
    with pytest.raises(TypeError, match="no density to condition on; take kde"):
        EmpiricalBetaCopula(margins="empirical").fit(codes).sample(5, 0, given={0: 0.5})


def test_other_margins_are_the_ones_that_values_are_of(codes, scaled):
    """Given the same place among the codes, draws have the same places."""
    for sampler in (EmpiricalBetaCopula(), Gaussian(), Vine()):
        one = sampler.fit(codes)
        plain = one.sample(200, 1, given={0: 0.5})
        other = type(sampler)().fit(scaled)
        moved = one.with_margins_of(other).sample(200, 1, given={0: 0.005 + 5})
        np.testing.assert_allclose(moved, plain * [0.01, 1, 100] + 5, rtol=1e-3, atol=1e-2)


def test_values_may_be_a_series_or_a_list(codes):
    fitted = Gaussian().fit(codes)
    values = [0.1, -0.2, 3]
    series = pd.Series(values, index=[7, 8, 9])
    one, other = (fitted.sample(3, 0, given={1: v}) for v in (values, series))
    np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(one[:, 1], values)
