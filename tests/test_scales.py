"""Columns of unlike scales, codes far away, columns nearly constant: what is told, what helps."""

import numpy as np
import pytest
from expost.samplers import GMM, KDE, EmpiricalBetaCopula, Gaussian, Independent, Vine, build
from expost.samplers.numerics import scales
from scipy.stats import norm

from benchmarks.data import codes as clusters

SMOOTHING = ["gaussian", "independent", "kde", "gmm", "vine", "empirical_beta"]
QUICK = {"vine": {"grid": 10}}


def bulk(codes):
    return np.subtract(*np.quantile(codes, [0.75, 0.25], axis=0))


def widening(sampler, codes):
    """How many times as wide as the codes' middle half that of the draws is, column by column."""
    return bulk(sampler.fit(codes, 0).sample(20_000, 1)) / bulk(codes)


def normal(n=1000, d=3):
    return np.random.default_rng(0).standard_normal((n, d))


def one_far_away():
    codes = normal()
    codes[0, 0] = 1000
    return codes


def warnings_of(caplog):
    return [r.getMessage() for r in caplog.records if "as wide as" in r.getMessage()]


@pytest.mark.parametrize("name", SMOOTHING)
@pytest.mark.parametrize(
    "codes",
    [
        pytest.param(normal(), id="normal"),
        pytest.param(normal() * [0.5, 1, 2], id="scales within a factor of four"),
        pytest.param(clusters(800, 10), id="clusters"),
        pytest.param(clusters(100, 10), id="few codes"),
        pytest.param(np.random.default_rng(0).standard_t(5, (1000, 3)), id="t of 5 degrees"),
        pytest.param(np.maximum(normal() + 0.8, 0), id="a fifth zeros"),
    ],
)
def test_nothing_is_said_of_ordinary_codes(name, codes, caplog):
    build(name, **QUICK.get(name, {})).fit(codes, 0)
    assert warnings_of(caplog) == []


@pytest.mark.parametrize(
    "sampler", [Gaussian(), Independent(), EmpiricalBetaCopula(), Vine(grid=10)]
)
def test_a_code_far_away_is_told_of_where_it_widens_the_bulk(sampler, caplog):
    codes = one_far_away()
    wide = widening(sampler, codes)
    assert wide[0] > 2
    assert (wide[1:] < 1.2).all()
    (said,) = warnings_of(caplog)
    assert "in 1 of 3 columns (0)" in said
    assert "bandwidth='robust'" in said


@pytest.mark.parametrize(
    "sampler",
    [
        Independent("robust"),
        EmpiricalBetaCopula(bandwidth="robust"),
        Vine(grid=10, bandwidth="robust"),
    ],
)
def test_a_robust_scale_leaves_the_bulk_as_it_is(sampler, caplog):
    assert (np.abs(widening(sampler, one_far_away()) - 1) < 0.2).all()
    assert warnings_of(caplog) == []


def test_columns_of_unlike_scales_want_a_scale(caplog):
    codes = normal() * [1e-3, 1, 1e3]
    assert widening(KDE(), codes).max() > 100
    (said,) = warnings_of(caplog)
    assert "kde" in said
    assert "scale='standardise' or 'whiten', gmm, vine or independent" in said
    caplog.clear()
    for scale in ("standardise", "whiten"):
        assert (np.abs(widening(KDE(scale=scale), codes) - 1) < 0.2).all()
    assert not caplog.records


@pytest.mark.parametrize("kind", [KDE, GMM])
def test_a_column_that_is_nearly_constant_is_told_of(kind, caplog):
    codes = normal() * [1, 1e-4, 1]
    assert widening(kind(), codes)[1] > 9
    assert "in 1 of 3 columns (1)" in warnings_of(caplog)[0]
    caplog.clear()
    assert np.abs(widening(kind(scale="standardise"), codes) - 1).max() < 0.3
    assert not warnings_of(caplog)


def test_what_is_said_is_how_much_wider_the_bulk_gets(caplog):
    KDE(bandwidth=np.sqrt(8)).fit(normal(100_000, 1))
    (said,) = warnings_of(caplog)
    told = float(said.partition("up to ")[2].partition(" times")[0])
    assert told == pytest.approx(3, abs=0.1)  # √(1 + 8)
    assert widening(KDE(bandwidth=np.sqrt(8)), normal(100_000, 1))[0] == pytest.approx(3, abs=0.1)


def test_only_a_fit_warns(tmp_path, caplog):
    sampler = Independent().fit(one_far_away())
    sampler.save(tmp_path / "s.npz")
    caplog.clear()
    assert Independent.load(tmp_path / "s.npz").with_margins_of(sampler).sample(3, 0).shape == (
        3,
        3,
    )
    assert not caplog.records


def test_the_robust_scale_is_that_of_silverman():
    codes = one_far_away()
    expected = np.minimum(codes.std(axis=0, ddof=1), bulk(codes) / 1.34)
    np.testing.assert_allclose(scales.robust(codes), expected)
    level = norm.ppf(np.linspace(0.0005, 0.9995, 1000))[:, None]
    np.testing.assert_allclose(scales.robust(level), 1, atol=0.01)


def test_where_half_of_all_codes_are_equal_the_deviation_is_the_scale():
    codes = np.zeros((100, 1))
    codes[:20, 0] = np.arange(1, 21)
    np.testing.assert_allclose(scales.robust(codes), codes.std(ddof=1))


@pytest.mark.parametrize("kind", [Independent, EmpiricalBetaCopula, Vine])
def test_other_margins_come_with_their_bandwidth(kind, tmp_path):
    """Each way round: with robust margins of others, and without robust ones of one's own."""
    quick = {"truncation": 1, "grid": 10} if kind is Vine else {}
    one, other = (kind(**quick, **o).fit(one_far_away()) for o in ({}, {"bandwidth": "robust"}))
    for first, second in ((one, other), (other, one)):
        mixed = first.with_margins_of(second)
        assert mixed.bandwidth == second.bandwidth
        wide = bulk(mixed.sample(5000, 0))[0] / bulk(one_far_away())[0]
        assert (wide > 2) == (second is one)
        mixed.save(tmp_path / "mixed.npz")
        again = kind.load(tmp_path / "mixed.npz")
        np.testing.assert_array_equal(again.sample(9, 0), mixed.sample(9, 0))


@pytest.mark.parametrize("name", SMOOTHING)
def test_a_fit_that_is_timed_is_looked_at_when_asked(name, caplog, monkeypatch):
    monkeypatch.setattr(scales, "WIDER", 0.5)  # which all are
    sampler = build(name, **QUICK.get(name, {})).fit(normal(), 0, look=False)
    assert not warnings_of(caplog)
    sampler.look(normal())
    assert len(warnings_of(caplog)) == 1


def test_what_is_wrong_in_several_ways_is_one_warning_with_one_remedy(caplog):
    codes = normal(n=4000, d=2)
    law = norm.ppf(scales.LEVELS)
    scales.warn_of_quantiles("it", codes, np.column_stack([3 * law, law + 1]), "take another")
    (said,) = [record.getMessage() for record in caplog.records]
    assert "times as wide as that of the codes, in 1 of 2 columns (0)" in said
    assert "interquartile ranges from those of the codes, in 1 of 2 columns (1)" in said
    assert said.count("take another") == 1
