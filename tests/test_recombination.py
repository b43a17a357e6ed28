"""The dependence of one sampler with the margins of another, law by law."""

import numpy as np
import pytest
from expost.analyses import recombination
from expost.samplers import SAMPLERS, EmpiricalBetaCopula, build, load
from quick_samplers import brief
from scipy.stats import ks_2samp, spearmanr

COPULAS = [
    ("gaussian", {}),
    ("vine", {}),
    ("vine", {"family": "gaussian", "truncation": 1}),
    ("empirical_beta", {}),
    ("empirical_beta", {"margins": "empirical"}),
]


@pytest.fixture(scope="module")
def groups():
    """300 correlated normal codes, and 180 of the opposite dependence, skewed and elsewhere."""
    rng = np.random.default_rng(0)
    one, other = rng.standard_normal((300, 3)), rng.standard_normal((180, 3))
    one[:, 1] += 2 * one[:, 0]
    other[:, 1] -= 2 * other[:, 0]
    return one, np.exp(other / 2) * [1, 10, 100] + 5


@pytest.fixture(scope="module", params=COPULAS, ids=str)
def pair(request, groups):
    name, options = request.param
    return tuple(build(name, **options).fit(codes, 0) for codes in groups)


def test_with_its_own_margins_a_sampler_draws_the_very_same(pair):
    for sampler in pair:
        same = sampler.with_margins_of(sampler)
        np.testing.assert_array_equal(same.sample(200, 1), sampler.sample(200, 1))


def test_margins_leave_the_ranks_of_all_draws_alone(pair):
    one, other = pair
    before, after = one.sample(500, 1), one.with_margins_of(other).sample(500, 1)
    for x, y in zip(before.T, after.T, strict=True):  # empirical margins have ties at their ends
        assert (np.diff(y[np.lexsort((y, x))]) >= 0).all()
    assert not np.array_equal(before, after)


def test_margins_are_the_others(pair):
    one, other = pair
    drawn, wanted = one.with_margins_of(other).sample(4000, 1), other.sample(4000, 2)
    for j in range(3):
        assert ks_2samp(drawn[:, j], wanted[:, j]).pvalue > 0.001
        assert ks_2samp(drawn[:, j], one.sample(4000, 2)[:, j]).pvalue < 1e-9


def test_dependence_stays(pair):
    one, other = pair
    drawn, own, others = (
        spearmanr(s.sample(4000, seed)).statistic[0, 1]
        for s, seed in ((one.with_margins_of(other), 1), (one, 2), (other, 3))
    )
    assert drawn == pytest.approx(own, abs=0.03)
    assert own > 0.8
    assert others < -0.4


def test_neither_sampler_is_changed(pair):
    one, other = pair
    before = one.sample(50, 1), other.sample(50, 1)
    one.with_margins_of(other).sample(50, 2)
    np.testing.assert_array_equal((one.sample(50, 1), other.sample(50, 1)), before)


def test_save_and_load_are_identity(pair, tmp_path):
    recombined = pair[0].with_margins_of(pair[1])
    recombined.save(tmp_path / "sampler.npz")
    loaded = load(tmp_path / "sampler.npz")
    np.testing.assert_array_equal(loaded.sample(50, 1), recombined.sample(50, 1))
    again = loaded.with_margins_of(pair[0])  # and back
    np.testing.assert_allclose(again.sample(50, 1), pair[0].sample(50, 1), rtol=1e-12)


def test_margins_can_be_passed_on(pair):
    one, other = pair
    mixed = one.with_margins_of(other)
    np.testing.assert_allclose(
        one.with_margins_of(mixed).sample(50, 1), mixed.sample(50, 1), rtol=1e-12
    )


def test_a_fit_forgets_the_margins(groups):
    mixed = fitted(groups[0]).with_margins_of(fitted(groups[1]))
    np.testing.assert_array_equal(
        mixed.fit(groups[0], 0).sample(50, 1), fitted(groups[0]).sample(50, 1)
    )


def fitted(codes, **options):
    return EmpiricalBetaCopula(**options).fit(codes, 0)


def test_the_kind_of_the_margins_is_the_others(groups):
    mixed = fitted(groups[0]).with_margins_of(fitted(groups[1], margins="empirical"))
    drawn = mixed.sample(3000, 1)
    assert (drawn.min(axis=0) >= groups[1].min(axis=0)).all()
    assert (drawn.max(axis=0) <= groups[1].max(axis=0)).all()


def test_rows_of_the_copula_can_still_be_given(groups):
    one, other = map(fitted, groups)
    top = groups[0][:, 0] > np.quantile(groups[0][:, 0], 0.9)
    drawn = one.with_margins_of(other).sample(500, 1, given=top)
    assert np.median(drawn[:, 0]) > np.quantile(groups[1][:, 0], 0.9)


def test_normal_density_is_that_of_the_recombined_draws(groups):
    """Mean and scales of the other, correlations of the first."""
    mixed = build("gaussian").fit(groups[0]).with_margins_of(build("gaussian").fit(groups[1]))
    scale = groups[1].std(axis=0, ddof=1)
    wanted = np.corrcoef(groups[0].T) * np.outer(scale, scale)
    np.testing.assert_allclose(mixed.mean_, groups[1].mean(axis=0))
    np.testing.assert_allclose(mixed.covariance_, wanted)


def test_of_independent_margins_only_the_others_are_left(groups):
    one, other = (build("independent").fit(codes) for codes in groups)
    np.testing.assert_array_equal(one.with_margins_of(other).sample(50, 1), other.sample(50, 1))


@pytest.mark.parametrize("name", [name for name in SAMPLERS if not type(build(name)).recombines()])
def test_without_a_copula_there_is_nothing_to_keep(name, groups):
    sampler = build(name, **brief(name)).fit(groups[0], 0)
    with pytest.raises(TypeError, match="has no copula .*gaussian, vine, empirical_beta"):
        sampler.with_margins_of(sampler)


def test_what_does_not_go_together_is_refused(groups):
    one, other = groups
    with pytest.raises(ValueError, match="margins of 2 dimensions for a copula of 3"):
        fitted(one).with_margins_of(fitted(other[:, :2]))
    with pytest.raises(TypeError, match="of Gaussian for the copula of EmpiricalBetaCopula"):
        fitted(one).with_margins_of(build("gaussian").fit(other))
    with pytest.raises(TypeError, match="KDE has no copula apart from its margins"):
        build("kde").fit(other).with_margins_of(fitted(one))
    for pair in ((EmpiricalBetaCopula(), fitted(one)), (fitted(one), EmpiricalBetaCopula())):
        with pytest.raises(RuntimeError, match="must be fitted first"):
            pair[0].with_margins_of(pair[1])


def test_parts_are_the_same_points_of_the_copula_and_their_nearest_codes(groups):
    one, other = map(fitted, groups)
    codes = np.concatenate(groups)
    parts, rows = recombination.recombine(one, other, codes, 40, 7)
    assert list(parts) == list(recombination.PARTS)
    np.testing.assert_array_equal(
        *(np.argsort(parts[name], axis=0) for name in ("dependence_of", "recombined"))
    )
    distances = np.linalg.norm(parts["recombined"][:, None] - codes, axis=2)
    np.testing.assert_array_equal(rows, distances.argmin(axis=1))
    np.testing.assert_array_equal(parts["nearest"], codes[rows])
    np.testing.assert_array_equal(parts["margins_of"], other.sample(40, 7))
