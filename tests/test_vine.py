"""Vine copula: its limits, and dependence no correlation sees."""

import numpy as np
import pytest
import pyvinecopulib as pv
from bent_codes import bent
from expost.runtime import threads
from expost.samplers import Vine
from expost.samplers.vine import FAMILIES
from scipy.special import ndtri
from scipy.stats import kendalltau, ks_2samp, rankdata, spearmanr


@pytest.fixture(scope="module")
def codes():
    return bent(1000, 3)


def test_nonlinear_dependence_survives(codes):
    drawn = Vine().fit(codes).sample(5000, 1)
    for sample in (codes, drawn):
        assert abs(spearmanr(sample[:, 0], sample[:, 1]).statistic) < 0.2
        assert spearmanr(np.abs(sample[:, 0]), sample[:, 1]).statistic > 0.7


def test_independence_vine_is_independent_margins(codes):
    vine = Vine(truncation=0).fit(codes)
    drawn = vine.sample(5000, 1)
    assert abs(spearmanr(np.abs(drawn[:, 0]), drawn[:, 1]).statistic) < 3 / np.sqrt(5000)
    for new, old in zip(drawn.T, codes.T, strict=True):
        assert ks_2samp(new, old).pvalue > 0.01
    alone = sum(Vine().fit(codes[:, [j]]).score_samples(codes[:, [j]]) for j in range(3))
    np.testing.assert_allclose(vine.score_samples(codes), alone, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("n", [4, 8, 12])
def test_few_codes_leave_pairs_independent(n, family, codes, tmp_path):
    """Such pairs have no parameters, not even an empty list of them."""
    vine = Vine(family=family).fit(codes[:n])
    vine.save(tmp_path / "v.npz")
    drawn = Vine.load(tmp_path / "v.npz").sample(5, 1)
    np.testing.assert_array_equal(drawn, vine.sample(5, 1))
    assert (b"Independence" in vine.json_.tobytes()) == (n < 12)


def test_all_trees_are_the_default_in_few_dimensions(codes):
    all_trees, default = (Vine(truncation=t).fit(codes[:200]).sample(20, 1) for t in (None, 15))
    np.testing.assert_array_equal(all_trees, default)


@pytest.mark.parametrize(
    ("options", "controls"),
    [
        ({}, {"family_set": [pv.BicopFamily.tll], "trunc_lvl": 15}),
        (
            {"truncation": 1, "grid": 12},
            {
                "family_set": [pv.BicopFamily.tll],
                "trunc_lvl": 1,
                "nonparametric_grid_size": 12,
            },
        ),
        (
            {"truncation": None, "family": "gaussian"},
            {"family_set": [pv.BicopFamily.gaussian], "parametric_method": "itau"},
        ),
    ],
)
def test_options_are_pyvinecopulibs_own(options, controls, codes):
    plain = pv.Vinedist.from_data(codes, controls=pv.FitControlsVinecop(**controls))
    ours = Vine(**options).fit(codes)
    np.testing.assert_allclose(ours.score_samples(codes), plain.logpdf(codes), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("truncation", [0, 1, 3, None])
def test_trees_are_pyvinecopulibs_own(truncation):
    x = np.random.default_rng(2).standard_normal((150, 6))
    x[:, 1:] += 0.8 * x[:, :-1]
    vine = Vine(truncation, family="gaussian").fit(x)
    theirs = pv.Vinedist.from_json(vine.json_.tobytes().decode()).vinecop
    matrix, d, trees = theirs.matrix, 6, vine.trees()
    assert len(trees) == (d - 1 if truncation is None else truncation)
    for t, tree in enumerate(trees):
        assert len(tree) == d - 1 - t
        for e, edge in enumerate(tree):  # as the matrix of a regular vine is read
            column = matrix[:, e]
            assert edge["conditioned"] == sorted([column[d - 1 - e], column[t]])
            assert edge["conditioning"] == sorted(column[:t])
            assert edge["tau"] == theirs.get_tau(t, e)


def test_the_first_tree_of_a_chain_is_the_chain_with_the_sample_taus():
    x = np.random.default_rng(3).standard_normal((400, 5)).cumsum(axis=1)
    x[:, 3] *= -1
    first = Vine(1, family="gaussian").fit(x).trees()[0]
    assert sorted(edge["conditioned"] for edge in first) == [[1, 2], [2, 3], [3, 4], [4, 5]]
    for edge in first:
        a, b = (x[:, i - 1] for i in edge["conditioned"])
        assert edge["tau"] == pytest.approx(kendalltau(a, b).statistic, abs=0.02)


def test_trees_need_a_fit_and_two_dimensions(codes):
    with pytest.raises(RuntimeError, match="must be fitted first"):
        Vine().trees()
    assert Vine().fit(codes[:50, :1]).trees() == []


def test_normal_pairs_follow_correlations_only(codes):
    rng = np.random.default_rng(1)
    mixed = np.column_stack([codes[:, :2], codes[:, 0] + 0.5 * rng.standard_normal(1000)])
    vine = Vine(family="gaussian").fit(mixed)
    drawn = vine.sample(20_000, 1)
    assert abs(spearmanr(np.abs(drawn[:, 0]), drawn[:, 1]).statistic) < 0.1  # the parabola is lost
    scores = ndtri((rankdata(drawn[:, [0, 2]], axis=0) - 0.5) / len(drawn))
    rho = np.sin(np.pi / 2 * kendalltau(mixed[:, 0], mixed[:, 2]).statistic)
    assert np.corrcoef(scores.T)[0, 1] == pytest.approx(rho, abs=4 / np.sqrt(len(drawn)))
    assert np.corrcoef(scores[:, 0] ** 2, scores[:, 1] ** 2)[0, 1] == pytest.approx(
        rho**2, abs=0.03
    )


def test_finer_grids_come_closer_to_each_other(codes):
    grids = (10, 20, 40, 80)
    densities = [Vine(grid=grid).fit(codes[:500]).score_samples(codes[500:]) for grid in grids]
    gaps = [np.abs(density - densities[-1]).mean() for density in densities[:-1]]
    assert gaps[0] > 2 * gaps[1] > 4 * gaps[2] > 0


@pytest.mark.parametrize("family", FAMILIES)
def test_results_do_not_depend_on_threads(family, codes, monkeypatch):
    fitted, drawn = [], []
    for number in (1, 2):
        monkeypatch.setattr(threads, "_limit", number)
        fitted.append(Vine(family=family).fit(codes))
        drawn.append(fitted[0].sample(2003, 1))
    np.testing.assert_array_equal(fitted[0].json_, fitted[1].json_)
    # Threads draw a part each, and at a part's end normal quantiles are rounded another way.
    np.testing.assert_allclose(*drawn, rtol=0, atol=0 if family == "tll" else 1e-12)


@pytest.mark.parametrize(
    ("option", "value", "wanted"),
    [
        ("truncation", -1, "a whole number of at least 0 or None"),
        ("truncation", 2.5, "a whole number of at least 0 or None"),
        ("grid", 2, "a whole number of at least 3"),
        ("grid", 30.5, "a whole number of at least 3"),
        ("grid", None, "a whole number of at least 3"),
        ("family", "frank", "one of tll, gaussian"),
    ],
)
def test_options_are_checked(option, value, wanted):
    with pytest.raises(ValueError, match=f"got {option} {value!r}; wanted {wanted}"):
        Vine(**{option: value})
