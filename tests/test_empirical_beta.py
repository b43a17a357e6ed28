"""The law of the empirical beta copula, and a wrong sampler that breaks it."""

import numpy as np
import pytest
from expost.samplers import EmpiricalBetaCopula
from scipy.special import betainc
from scipy.stats import beta, kstest, spearmanr

# Fixed seeds make each test pass or fail for good; under the law a p-value this small has
# probability 0.001 per test.
LEVEL = 0.001


class SharedDraw(EmpiricalBetaCopula):
    """Wrong: one uniform per row drives all its columns."""

    def _copula_near(self, rows, rng):
        ranks = self._ranks[rows]
        shared = rng.random((len(rows), 1))
        return beta.ppf(shared, ranks, self.n_samples_fit_ + 1 - ranks)


@pytest.fixture(scope="module")
def codes():
    """300 skewed codes in 4 dimensions with positive, negative and no dependence."""
    x = np.random.default_rng(0).standard_normal((300, 4))
    x[:, 1] += 2 * x[:, 0]
    x[:, 2] -= x[:, 0]
    return np.exp(x / 2)


@pytest.fixture(scope="module")
def fitted(codes):
    return EmpiricalBetaCopula().fit(codes)


def test_margins_of_the_copula_are_uniform(fitted):
    u = fitted.sample_copula(100_000, 1)
    for column in u.T:
        assert kstest(column, "uniform").pvalue > LEVEL


def test_rank_correlation_is_that_of_the_codes(fitted, codes):
    """Within 3 standard errors of the codes' own Spearman correlation."""
    drawn = spearmanr(fitted.sample(20_000, 1)).statistic
    rho = spearmanr(codes).statistic
    off = ~np.eye(4, dtype=bool)
    error = (1 - rho[off] ** 2) / np.sqrt(len(codes) - 1)
    assert (np.abs(drawn - rho)[off] < 3 * error).all()
    assert np.abs(rho[off]).max() > 0.8  # there is dependence to lose


def conditional_violations(sampler, row, ranks, n):
    """Smallest p-value of Beta(R, n + 1 - R) margins, and largest correlation, given one row."""
    u = sampler.sample_copula(20_000, 1, given=[row])
    law = [kstest(c, beta(r, n + 1 - r).cdf).pvalue for c, r in zip(u.T, ranks, strict=True)]
    return min(law), np.abs(np.corrcoef(u.T) - np.eye(u.shape[1])).max()


@pytest.mark.parametrize("row", [0, 17, 299])
def test_given_the_row_coordinates_are_independent_betas(fitted, codes, row):
    ranks = (codes <= codes[row]).sum(axis=0)
    p, correlation = conditional_violations(fitted, row, ranks, len(codes))
    assert p > LEVEL
    assert correlation < 4 / np.sqrt(20_000)


def test_a_shared_draw_breaks_that_law_and_no_other(codes):
    """Margins alone do not tell the wrong sampler from the right one."""
    wrong = SharedDraw().fit(codes)
    ranks = (codes <= codes[17]).sum(axis=0)
    p, correlation = conditional_violations(wrong, 17, ranks, len(codes))
    assert p > LEVEL
    assert correlation > 0.9


@pytest.mark.slow
@pytest.mark.parametrize("n", [2000, 60_000])
def test_ten_million_draws_are_uniform(n):
    """Kolmogorov's test, to be rejected below `LEVEL`: at a distance of 6.2e-4 from uniform."""
    fitted = EmpiricalBetaCopula().fit(np.arange(n)[:, None])
    assert kstest(fitted.sample_copula(10_000_000, 1)[:, 0], "uniform").pvalue > LEVEL


@pytest.mark.slow
@pytest.mark.parametrize("n", [2000, 60_000])
def test_ten_million_draws_are_betas_of_their_ranks(n):
    """The same for what their distribution functions make of draws near rows that are known."""
    rng = np.random.default_rng(1)
    fitted = EmpiricalBetaCopula().fit(rng.standard_normal((n, 10)))
    rows = rng.integers(n, size=1_000_000)
    u, ranks = fitted._copula_near(rows, rng), fitted._ranks[rows]
    levels = betainc(ranks, n + 1 - ranks, u).ravel()
    assert kstest(levels, "uniform").pvalue > LEVEL


def test_copula_of_two_codes_by_hand():
    """Two codes in opposite order: U is a pair of Beta(1, 2) and Beta(2, 1), then the reverse."""
    fitted = EmpiricalBetaCopula().fit([[0.0, 1.0], [1.0, 0.0]])
    u = fitted.sample_copula(100_000, 0)
    assert np.mean(u[:, 0] * u[:, 1]) == pytest.approx(1 / 3 * 2 / 3, abs=0.002)


def test_equal_codes_are_ranked_in_their_order():
    codes = np.array([[1.0, 5.0], [1.0, 5.0], [0.0, 5.0], [1.0, 4.0]])
    ranks = EmpiricalBetaCopula().fit(codes)._ranks
    np.testing.assert_array_equal(ranks, [[2, 2], [3, 3], [1, 4], [4, 1]])
    many = EmpiricalBetaCopula().fit(np.tile([[1.0], [0.0]], (100, 1)))._ranks[:, 0]
    np.testing.assert_array_equal(many[1::2], np.arange(1, 101))  # the zeros
    np.testing.assert_array_equal(many[::2], np.arange(101, 201))  # the ones


def test_draws_are_the_margins_quantiles_of_the_copula(fitted, codes):
    """Ranks of draw and copula agree, column by column."""
    u, drawn = fitted.sample_copula(500, 3), fitted.sample(500, 3)
    np.testing.assert_array_equal(np.argsort(u, axis=0), np.argsort(drawn, axis=0))


def test_empirical_margins_stay_inside_the_codes(codes):
    drawn = EmpiricalBetaCopula(margins="empirical").fit(codes).sample(5000, 0)
    assert (codes.min(axis=0) <= drawn).all()
    assert (drawn <= codes.max(axis=0)).all()


def test_unknown_margins_are_refused():
    with pytest.raises(ValueError, match="got margins 'normal'; wanted one of kde, empirical"):
        EmpiricalBetaCopula(margins="normal")
