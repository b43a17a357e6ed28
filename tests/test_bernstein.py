"""Bernstein copulas: the law of draws of any degree, its density, and the chosen degree."""

import logging
from itertools import product

import numpy as np
import pytest
from expost.samplers import EmpiricalBetaCopula, load
from expost.samplers.numerics import bernstein
from expost.samplers.numerics.margins import KDEMargins
from scipy.special import betainc, logsumexp
from scipy.stats import beta, binom, chisquare, kstest

NODES, WEIGHTS = np.polynomial.legendre.leggauss(40)  # exact for polynomials up to degree 79
NODES, WEIGHTS = (NODES + 1) / 2, WEIGHTS / 2


def codes(n, d=2, seed=0):
    """Correlated, skewed codes."""
    x = np.random.default_rng(seed).standard_normal((n, d))
    return np.exp((x + x[:, [0]]) / 2)


def fitted(n, degree, d=2, **options):
    return EmpiricalBetaCopula(degree=degree, **options).fit(codes(n, d), 0)


def density(sampler, u):
    return np.exp(bernstein.log_density(u, sampler._ranks, sampler.degree_))


def plane(points):
    return np.stack(np.meshgrid(points, points, indexing="ij"), axis=-1).reshape(-1, 2)


@pytest.mark.parametrize("degree", [None, 60])
def test_degree_n_is_the_empirical_beta_copula_to_the_last_bit(degree):
    rng, x = np.random.default_rng(7), codes(60)
    rows, ranks = rng.integers(60, size=500), np.argsort(np.argsort(x, axis=0), axis=0) + 1
    u = rng.beta(ranks[rows], 61 - ranks[rows])
    expected = KDEMargins(x).ppf(u)
    np.testing.assert_array_equal(fitted(60, degree).sample(500, 7), expected)


@pytest.mark.parametrize(("n", "degree"), [(7, 3), (60, 12), (60, 59), (100_000, 99_999)])
def test_cells_are_ceilings_of_exact_quotients(n, degree):
    ranks = np.arange(1, n + 1, dtype=np.int32)[:, None]  # whose products overflow in int32
    expected = [-(-rank * degree // n) for rank in range(1, n + 1)]
    np.testing.assert_array_equal(bernstein.coarsen(ranks, degree)[:, 0], expected)


@pytest.mark.parametrize("degree", [1, 5, 12])
def test_copula_is_bernsteins_polynomial_of_the_empirical_copula(degree):
    """The definition, with the empirical copula on a grid, against the mixture of betas."""
    sampler = fitted(30, degree)
    ranks, grid = bernstein.ranks(sampler.codes_), np.arange(degree + 1)
    below = ranks[:, None] * degree <= grid[:, None] * 30  # (n, m + 1, 2): R / n <= k / m
    empirical = np.einsum("ik,il->kl", *np.moveaxis(below.astype(float), 2, 0)) / 30
    for u in np.random.default_rng(1).random((20, 2)):
        smooth = [binom.pmf(grid, degree, p) for p in u]
        mixture = betainc(sampler._ranks, degree + 1 - sampler._ranks, u).prod(axis=1).mean()
        assert mixture == pytest.approx(smooth[0] @ empirical @ smooth[1], abs=1e-12)


@pytest.mark.parametrize(("n", "degree"), [(50, 1), (50, 7), (48, 12), (50, 40), (50, 50)])
def test_density_integrates_to_one(n, degree):
    mass = density(fitted(n, degree), plane(NODES)) * np.outer(WEIGHTS, WEIGHTS).ravel()
    assert mass.sum() == pytest.approx(1, abs=1e-12)


def margin(sampler, column, levels):
    """The distribution function of one coordinate of the copula."""
    ranks = sampler._ranks[:, [column]]
    return betainc(ranks, sampler.degree_ + 1 - ranks, levels).mean(axis=0)


@pytest.mark.parametrize(("n", "degree"), [(60, 1), (60, 12), (60, 30), (60, 60)])
def test_margins_are_uniform_if_the_degree_divides_the_number_of_codes(n, degree):
    levels = np.linspace(0, 1, 50)
    for column in (0, 1):
        found = margin(fitted(n, degree), column, levels)
        np.testing.assert_allclose(found, levels, atol=1e-12)


@pytest.mark.parametrize(("n", "degree"), [(60, 7), (60, 45), (60, 59), (901, 100)])
def test_else_they_are_below_uniform_by_less_than_one_code(n, degree):
    levels = np.linspace(0, 1, 500)
    gap = levels - margin(fitted(n, degree), 0, levels)
    assert gap.min() > -1e-12
    assert 0.01 / n < gap.max() < 1 / n


@pytest.mark.parametrize("degree", [4, 15, 60])
def test_draws_fill_cells_as_the_density_says(degree):
    sampler, count = fitted(60, degree), 40_000
    drawn = np.histogram2d(*sampler.sample_copula(count, 1).T, 5, [[0, 1], [0, 1]])[0]
    expected = [
        density(sampler, (plane(NODES) + cell) / 5) @ np.outer(WEIGHTS, WEIGHTS).ravel() / 25
        for cell in product(range(5), repeat=2)
    ]
    assert chisquare(drawn.ravel(), count * np.array(expected)).pvalue > 0.001


@pytest.mark.parametrize(("d", "degree"), [(1, 30), (3, 7), (100, 300)])
def test_log_density_is_a_plain_mixture_of_betas(d, degree):
    ranks = bernstein.coarsen(bernstein.ranks(codes(300, d)), degree)
    u = np.random.default_rng(1).random((20, d))
    terms = beta.logpdf(u[:, None], ranks, degree + 1 - ranks).sum(axis=2)
    expected = logsumexp(terms, axis=1) - np.log(300)
    np.testing.assert_allclose(bernstein.log_density(u, ranks, degree), expected, 1e-9, 1e-11)


def test_tiles_do_not_show(monkeypatch):
    ranks = bernstein.ranks(codes(300, 3))
    u = np.random.default_rng(1).random((50, 3))
    whole = bernstein.log_density(u, ranks, 300)
    monkeypatch.setattr(bernstein, "TILE", 900)
    np.testing.assert_allclose(bernstein.log_density(u, ranks, 300), whole, rtol=1e-12)


def test_density_of_codes_far_outside_is_low_and_finite():
    sampler = fitted(100, 10)
    near, *far = sampler.score_samples([[1.0, 1.0], [1e3, -1e3], [-1e3, -1e3]])
    assert np.isfinite(far).all()
    assert max(far) < near - 1e3


def test_empirical_margins_leave_no_density():
    sampler = fitted(50, None, margins="empirical")
    with pytest.raises(TypeError, match="empirical margins have no density .* take kde"):
        sampler.score_samples(sampler.codes_)


def test_degrees_are_spread_by_ratios_up_to_the_number_of_codes():
    assert bernstein.degrees_to(30).tolist() == [1, 2, 3, 4, 6, 8, 12, 16, 24, 30]
    assert bernstein.degrees_to(200).tolist()[-3:] == [96, 128, 200]  # a fold leaves 180


def test_cross_validation_is_a_plain_loop_over_folds():
    x, degrees = np.round(codes(57, 3), 1), [1, 4, 20, 57]  # rounded: with ties
    expected = []
    for fold in np.array_split(np.random.default_rng(1).permutation(57), 10):
        others = x[np.setdiff1d(np.arange(57), fold)]
        for code in x[fold]:
            below, equal = (others < code).sum(axis=0), (others == code).sum(axis=0)
            u = (below + equal / 2 + 0.5) / (len(others) + 1)
            expected.append([])
            for degree in np.minimum(degrees, len(others)):
                ranks = bernstein.ranks(others)
                cells = np.ceil(ranks * degree / len(others) - 1e-9)
                terms = beta.pdf(u, cells, degree + 1 - cells).prod(axis=1)
                expected[-1].append(np.log(terms.mean()))
    found = bernstein.cross_validate(x, np.array(degrees), np.random.default_rng(1))
    np.testing.assert_allclose(found, np.mean(expected, axis=0), rtol=1e-9, atol=1e-12)
    assert found[0] == pytest.approx(0, abs=1e-12)


def test_of_many_codes_some_are_held_out(monkeypatch):
    """A random part of each fold: close to what all of them say."""
    x, degrees = codes(600), np.array([1, 6, 24])
    everything = bernstein.cross_validate(x, degrees, np.random.default_rng(1))
    monkeypatch.setattr(bernstein, "SCORED", 300)
    some = bernstein.cross_validate(x, degrees, np.random.default_rng(1))
    assert not np.array_equal(some, everything)
    np.testing.assert_allclose(some, everything, atol=0.1)


def test_the_chosen_degree_is_the_likeliest_and_beats_the_ends_on_new_codes(caplog):
    sampler, new = fitted(500, "auto", d=3), codes(2000, 3, seed=1)
    assert sampler.degree_ == sampler.degrees_[sampler.log_likelihoods_.argmax()]
    assert 1 < sampler.degree_ < 500
    best = sampler.score_samples(new).mean()
    for end in (1, None):
        assert fitted(500, end, d=3).score_samples(new).mean() < best - 0.05
    assert not caplog.records


@pytest.mark.parametrize(("tied", "end"), [(False, 1), (True, 200)])
def test_an_end_of_the_degrees_is_logged(caplog, tied, end):
    k = np.arange(200.0)
    spread = k * 0.618034 % 1  # over the square with k, more evenly than by chance
    x = np.stack([k, k if tied else spread], axis=1)
    with caplog.at_level(logging.WARNING, "expost"):
        assert EmpiricalBetaCopula(degree="auto").fit(x, 0).degree_ == end
    assert f"best degree, {end}, is an end of those tried, 1 to 200" in caplog.text


def test_a_chosen_degree_is_saved(tmp_path):
    sampler = fitted(100, "auto")
    sampler.save(tmp_path / "sampler.npz")
    loaded = load(tmp_path / "sampler.npz")
    assert loaded.degree_ == sampler.degree_ != 100
    np.testing.assert_array_equal(loaded.log_likelihoods_, sampler.log_likelihoods_)
    np.testing.assert_array_equal(loaded.sample(20, 1), sampler.sample(20, 1))


@pytest.mark.parametrize("degree", [0, -3, 2.0, True, "Auto"])
def test_degrees_are_checked(degree):
    with pytest.raises(ValueError, match=f"got degree {degree!r}; wanted a whole .* None or auto"):
        EmpiricalBetaCopula(degree=degree)


@pytest.mark.parametrize(("n", "degree"), [(20, 21), (9, "auto")])
def test_a_degree_needs_as_many_codes(n, degree):
    with pytest.raises(ValueError, match=f"too few codes: .* got {n}, .* needs at least"):
        fitted(n, degree)


@pytest.mark.parametrize("shape", [(200, 3), (3, 200), (1, 500)])
def test_draws_do_not_depend_on_the_number_of_threads(shape, monkeypatch):
    monkeypatch.setattr(bernstein, "BLOCK", 64)
    cells = np.random.default_rng(0).integers(1, 10, size=shape)
    found = []
    for threads in (1, 3):
        monkeypatch.setattr(bernstein, "limited", lambda threads=threads: threads)
        found.append(bernstein.draws(cells, 9, np.random.default_rng(1)))
    np.testing.assert_array_equal(*found)
    assert np.unique(found[0]).size == cells.size  # no block repeats another


def test_blocks_of_draws_have_the_law_of_one(monkeypatch):
    """All in one block, the copula draws what NumPy does; in many, betas of the same ranks."""
    cells = np.full((4000, 5), 3)
    u = bernstein.draws(cells, 9, np.random.default_rng(1))
    np.testing.assert_array_equal(u, np.random.default_rng(1).beta(cells, 10 - cells))
    monkeypatch.setattr(bernstein, "BLOCK", 1000)
    u = bernstein.draws(cells, 9, np.random.default_rng(1))
    assert kstest(u.ravel(), beta(3, 7).cdf).pvalue > 0.001
