"""Robust margins: quantiles stay, whatever the tails, skewness and scales; exact formulas."""

from copy import copy
from itertools import pairwise

import numpy as np
import pytest
from expost.samplers import KDE, EmpiricalBetaCopula, Independent, Vine
from expost.samplers.numerics.normal_scores import NormalScores
from expost.samplers.numerics.score_margins import INNER, ScoreMargins
from scipy.integrate import quad
from scipy.stats import ks_2samp, norm

RNG = np.random.default_rng
LAWS = {
    "lognormal": lambda rng, n: rng.lognormal(0, 1, n),
    "t of 2": lambda rng, n: rng.standard_t(2, n),
    "t of 3": lambda rng, n: rng.standard_t(3, n),
    "Cauchy": lambda rng, n: rng.standard_cauchy(n),
    "exponential": lambda rng, n: rng.exponential(1, n),
    "gamma": lambda rng, n: rng.gamma(0.5, 1, n),
    "normal": lambda rng, n: rng.standard_normal(n),
    "uniform": lambda rng, n: rng.random(n),
    "two modes": lambda rng, n: rng.standard_normal(n) + 10 * (rng.random(n) < 0.7),
    "narrow and wide": lambda rng, n: np.where(
        rng.random(n) < 0.3, rng.normal(0, 0.01, n), rng.normal(9, 1, n)
    ),
    "heavy on one side": lambda rng, n: np.where(
        rng.random(n) < 0.5, rng.normal(0, 1, n), np.abs(rng.standard_t(1.5, n))
    ),
    "a third zeros": lambda rng, n: np.where(rng.random(n) < 0.33, 0, rng.lognormal(0, 1, n)),
    "rounded": lambda rng, n: np.round(rng.lognormal(1, 1, n), 1),
    "one far away": lambda rng, n: np.append(rng.standard_normal(n - 1), 1e6),
}
ROBUST = {
    "independent": Independent(bandwidth="robust"),
    "empirical_beta": EmpiricalBetaCopula(bandwidth="robust"),
    "vine": Vine(truncation=1, family="gaussian", bandwidth="robust"),
}
USUAL = {
    "independent": Independent(),
    "empirical_beta": EmpiricalBetaCopula(),
    "vine": Vine(truncation=1, family="gaussian"),
}
LEVELS = [0.1, 0.5, 0.9]


def columns(law, n, d, seed):
    """Columns of one law, of scales 1e-3 to 1e3, half of whose values have a common order."""
    rng = RNG(seed)
    codes = np.column_stack([LAWS[law](rng, n) for _ in range(d)])
    codes[: n // 2] = np.sort(codes[: n // 2], axis=0)
    return codes[rng.permutation(n)] * np.geomspace(1e-3, 1e3, d)


def shift(codes, drawn):
    """The largest distance of a quantile, in interquartile ranges of the codes."""
    bulk = np.subtract(*np.quantile(codes, [0.75, 0.25], axis=0))
    gaps = np.quantile(drawn, LEVELS, axis=0) - np.quantile(codes, LEVELS, axis=0)
    return np.abs(gaps / bulk).max()


@pytest.mark.parametrize("name", ROBUST)
@pytest.mark.parametrize(("n", "d"), [(500, 2), (1000, 8), (2000, 3)])
@pytest.mark.parametrize("law", LAWS)
def test_quantiles_stay_where_they_are(law, n, d, name, caplog):
    for seed in range(3):
        codes = columns(law, n, d, seed)
        assert shift(codes, ROBUST[name].fit(codes, seed).sample(20_000, seed)) < 0.35
    assert not caplog.records


@pytest.mark.parametrize("name", ROBUST)
@pytest.mark.parametrize("law", ["lognormal", "t of 2", "t of 3", "exponential", "one far away"])
def test_quantiles_of_few_codes_stay_too(law, name):
    for seed in range(3):
        codes = columns(law, 200, 4, seed)
        assert shift(codes, ROBUST[name].fit(codes, seed).sample(20_000, seed)) < 0.35


@pytest.mark.parametrize("rule", ["standardise", "whiten"])
@pytest.mark.parametrize("law", ["lognormal", "t of 2", "t of 3", "exponential", "gamma", "normal"])
def test_a_kernel_density_in_units_keeps_them_too(law, rule):
    codes = columns(law, 1000, 3, 0)
    assert shift(codes, KDE(scale=rule).fit(codes, 0).sample(20_000, 1)) < 0.35


@pytest.mark.parametrize("sampler", [*USUAL.values(), KDE()])
@pytest.mark.parametrize("law", LAWS)
def test_where_the_defaults_cannot_the_log_says_so(law, sampler, caplog):
    codes = columns(law, 500, 3, 0)
    moved = shift(codes, sampler.fit(codes, 0).sample(20_000, 1))
    said = [r.getMessage() for r in caplog.records if "of the draws" in r.getMessage()]
    if moved > 0.45:
        assert said
        assert "bandwidth='robust'" in said[0]
    if moved < 0.25:
        assert not said


def test_scores_of_a_normal_column_are_the_column_itself():
    x = norm.ppf((np.arange(4000) + 0.5) / 4000)
    inside = x[np.abs(x) < 2]
    scores = NormalScores(5 + 3 * x)
    np.testing.assert_allclose(scores.scores(5 + 3 * inside), inside, atol=0.01)
    np.testing.assert_allclose(scores.log_slopes(5 + 3 * inside), -np.log(3), atol=0.1)


@pytest.mark.parametrize("law", LAWS)
def test_a_map_is_smooth_ascending_and_turned_back(law):
    x = 1e3 * LAWS[law](RNG(0), 300)
    scores = NormalScores(x)
    ends = np.sort(x)[[5, -6]]
    points = np.sort(np.concatenate([x, np.linspace(*ends, 500), [-1e9, 1e9]]))
    y = scores.scores(points)
    assert (np.diff(y)[np.diff(points) > 1e-9] > 0).all()
    np.testing.assert_allclose(scores.scores(scores.codes(y)), y, atol=1e-8)
    grid = np.linspace(-2.5, 2.5, 97)
    step = 1e-6
    rise = (scores.codes(grid + step) - scores.codes(grid - step)) / (2 * step)
    np.testing.assert_allclose(np.exp(scores.log_slopes(scores.codes(grid))) * rise, 1, rtol=1e-3)


@pytest.mark.parametrize("law", ["lognormal", "Cauchy", "a third zeros", "two modes"])
def test_the_density_is_the_slope_of_the_distribution(law):
    codes = LAWS[law](RNG(0), 200)[:, None]
    margins = ScoreMargins(codes)

    def density(x):
        return np.exp(margins.log_pdf(np.array([[x]])))[0, 0]

    cuts = margins.ppf(np.linspace(0.05, 0.95, 19)[:, None])[:, 0]
    masses = [quad(density, *ends, limit=200)[0] for ends in pairwise(cuts)]
    np.testing.assert_allclose(masses, 0.05, rtol=1e-4)


def test_kernels_are_made_up_for_by_shrinking_scores():
    """Of a normal column, draws have the codes' spread, without which they would be 1 % wider."""
    x = norm.ppf((np.arange(30) + 0.5) / 30)[:, None]
    margins = ScoreMargins(x)
    scores = margins._scores.scores(x)
    drawn = margins._scores.scores(margins.sample(400_000, RNG(0)))
    assert np.abs(scores).max() < INNER
    assert drawn.std() == pytest.approx(scores.std(), rel=0.005)


def test_draws_and_quantiles_have_one_law():
    codes = RNG(0).gamma(0.5, size=(200, 1))
    margins, rng = ScoreMargins(codes), RNG(1)
    direct, inverted = margins.sample(20_000, rng), margins.ppf(rng.random((20_000, 1)))
    assert ks_2samp(direct[:, 0], inverted[:, 0]).pvalue > 0.01
    u = rng.random((500, 1))
    np.testing.assert_allclose(margins.cdf(margins.ppf(u)), u, atol=1e-6)


@pytest.mark.parametrize("name", ROBUST)
def test_robust_margins_go_with_the_units_of_columns(name):
    codes, units = columns("t of 2", 300, 3, 0), np.array([1e-3, 5.0, 1e4])
    one, other = (copy(ROBUST[name]).fit(x, 0) for x in (codes, codes * units))
    np.testing.assert_allclose(
        other.score_samples(codes * units), one.score_samples(codes) - np.log(units).sum(), 1e-6
    )
    np.testing.assert_allclose(one.sample(50, 1) * units, other.sample(50, 1), 1e-6)


def test_a_vine_of_no_tree_has_the_density_of_its_margins():
    codes = columns("lognormal", 400, 2, 0)
    vine = Vine(truncation=0, bandwidth="robust").fit(codes)
    alone = [Vine(bandwidth="robust").fit(codes[:, [j]]) for j in range(2)]
    expected = sum(one.score_samples(codes[:, [j]]) for j, one in enumerate(alone))
    np.testing.assert_allclose(vine.score_samples(codes), expected, rtol=1e-9)
    low, high = np.quantile(codes[:, 1], [0.02, 0.98])
    grid = np.linspace(low, high, 4000)[:, None]
    mass = np.exp(alone[1].score_samples(grid)).sum() * (high - low) / 3999
    drawn = alone[1].sample(50_000, 0)
    assert mass == pytest.approx(((drawn > low) & (drawn < high)).mean(), abs=0.02)
