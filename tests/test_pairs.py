"""Metrics of distances: known cases, laws, and slow obvious references."""

import math

import numpy as np
import pytest
from expost.metrics import NAMES, describe, distances
from expost.metrics.coverage import coverage
from expost.metrics.density import density
from expost.metrics.mmd import mmd
from expost.metrics.one_nn import one_nn
from expost.metrics.pairwise_sweep import K, sweep
from expost.metrics.precision import precision
from expost.metrics.recall import recall

from benchmarks.data import features
from benchmarks.plain import distances as plain

RNG = np.random.default_rng
NEIGHBOURS = (precision, recall, density, coverage)


def neighbours(x, y):
    pairs = sweep(x, y, distances=False)
    return [metric(pairs) for metric in NEIGHBOURS]


def elsewhere(x):
    """So that equal distances round to different numbers."""
    return x / 7 + 100


def squares(x, y):
    return ((x[:, None].astype(float) - y[None]) ** 2).sum(axis=2)


@pytest.fixture(params=[16, distances.TILE])
def tile(request, monkeypatch):
    monkeypatch.setattr(distances, "TILE", request.param)


@pytest.fixture
def clouds():
    rng = RNG(0)
    return rng.normal(size=(70, 3)), 1.3 * rng.normal(size=(70, 3)) + 0.5


@pytest.mark.parametrize("sizes", [(120, 120), (90, 150)])
def test_all_agree_with_the_libraries(sizes, tile):
    x, y = (features(seed, n, 30) for seed, n in enumerate(sizes))
    pairs = sweep(x, y)
    ours = [mmd(pairs), one_nn(pairs), *(metric(pairs) for metric in NEIGHBOURS)]
    assert ours == pytest.approx(plain.without_emd(x.astype(float), y.astype(float)), rel=1e-9)


def test_the_sweep_serves_all_metrics_of_distances(clouds):
    pairs = sweep(*clouds)
    np.testing.assert_allclose(pairs.rg, distances.euclidean(*clouds), rtol=1e-12)
    assert sweep(*clouds, distances=False).rg is None
    assert {m.__name__ for m in (mmd, one_nn, *NEIGHBOURS)} == {
        name for name in NAMES if describe(name).given == ("pairs",)
    }


def test_a_neighbourhood_needs_neighbours(clouds):
    x, y = clouds
    with pytest.raises(ValueError, match="got 5 real points, wanted at least 6"):
        sweep(x[:5], y)
    with pytest.raises(ValueError, match="got 5 generated points"):
        sweep(x, y[:5])
    sweep(x[:6], y[:6])


# MMD


def test_mmd_is_the_biased_statistic_of_the_definition(clouds):
    x, y = clouds[0][:25], clouds[1][:31]
    scale = 2 * squares(x, x).mean()
    k = [np.exp(-squares(a, b) / scale).mean() for a, b in ((x, x), (y, y), (x, y))]
    assert mmd(sweep(x, y)) == pytest.approx(math.sqrt(k[0] + k[1] - 2 * k[2]), rel=1e-9)
    assert mmd(sweep(y, x)) != pytest.approx(mmd(sweep(x, y)), rel=1e-3)  # the real set the scale


def test_mmd_has_no_unit_and_is_bounded(clouds):
    x, y = clouds
    assert mmd(sweep(7 * x, 7 * y)) == pytest.approx(mmd(sweep(x, y)), rel=1e-9)
    # Far apart, all that is left are the kernels' means within each sample.
    assert 0.8 < mmd(sweep(x, x + 1e6)) < math.sqrt(2)


def test_mmd_of_equal_samples_survives_rounding():
    """In some of these the sum under the root is -1e-16."""
    for seed in range(20):
        x = RNG(seed).normal(size=(70, 3))
        assert mmd(sweep(x, RNG(seed).permutation(x))) == pytest.approx(0, abs=1e-7)


def test_mmd_needs_some_spread_among_the_real():
    with pytest.raises(ValueError, match="all real points are equal"):
        sweep(np.full((9, 2), 0.1), RNG(0).normal(size=(9, 2)))


# 1NN


def slow_one_nn(x, y):
    """Accuracy where each point draws one of its nearest neighbours at random, on average."""
    pool, kind = np.concatenate([x, y]), np.repeat([0, 1], [len(x), len(y)])
    d = squares(pool, pool)
    np.fill_diagonal(d, np.inf)
    return np.mean(
        [np.mean(kind[row == row.min()] == own) for row, own in zip(d, kind, strict=True)]
    )


@pytest.mark.parametrize("sizes", [(60, 60), (40, 70)])
@pytest.mark.parametrize("values", [2, 3, 1000])  # few values: many ties and duplicates
def test_one_nn_is_the_definition(values, sizes, tile):
    rng = RNG(values)
    x, y = (rng.integers(0, values, (n, 3)) for n in sizes)
    assert one_nn(sweep(elsewhere(x), elsewhere(y))) == pytest.approx(slow_one_nn(x, y), abs=1e-12)


def test_one_nn_knows_apart_alike_and_copied(clouds):
    x, _ = clouds
    assert one_nn(sweep(x, x + 100)) == 1
    assert one_nn(sweep(x, RNG(0).permutation(x))) == 0
    a, b = RNG(0).normal(size=(2, 1000, 2))
    # Neighbours often name each other, so the variance is that of 2000 points taken twice at most.
    assert one_nn(sweep(a, b)) == pytest.approx(0.5, abs=3 * math.sqrt(0.25 / 1000))


# Precision, recall, density, coverage


def slow_neighbours(x, y):
    """Of whole numbers, whose distances tie or do not."""
    radius_x, radius_y = (np.sort(squares(z, z), axis=1)[:, K] for z in (x, y))  # 0 is the point
    rg = squares(x, y)
    in_real, in_generated = rg <= radius_x[:, None], rg <= radius_y
    shares = in_real.any(axis=0), in_generated.any(axis=1), in_real.sum(axis=0) / K
    return [*(share.mean() for share in shares), in_real.any(axis=1).mean()]


@pytest.mark.parametrize("sizes", [(60, 60), (40, 70)])
@pytest.mark.parametrize("values", [2, 3, 5, 1000])
def test_neighbours_are_the_definition_with_ties_inside(values, sizes, tile):
    rng = RNG(values)
    x, y = (rng.integers(0, values, (n, 3)) for n in sizes)
    assert neighbours(elsewhere(x), elsewhere(y)) == pytest.approx(slow_neighbours(x, y), abs=1e-12)


@pytest.mark.parametrize("copies", [1, 2, K + 3])  # more copies than neighbours: no radius
def test_a_copy_of_the_real_sample_lies_in_all_balls(copies):
    x = np.repeat(RNG(0).normal(size=(50, 4)).astype(np.float32), copies, axis=0)
    found = neighbours(x, RNG(1).permutation(x))
    assert found[:2] == [1, 1]
    assert found[3] == 1
    assert copies > 1 or found[2] == pytest.approx(1 + 1 / K)


def test_samples_apart_share_no_neighbourhood(clouds):
    assert neighbours(clouds[0], clouds[0] + 100) == [0, 0, 0, 0]


def test_a_generator_of_one_real_image_is_precise_and_covers_little(clouds):
    x, _ = clouds
    balls = 1 + (np.argsort(squares(x, x), axis=1)[:, 1 : K + 1] == 0).any(axis=1).sum()
    found = neighbours(x, np.repeat(x[:1], 70, axis=0))
    assert found == pytest.approx([1, 1 / 70, balls / K, balls / 70])


def test_equal_laws_have_density_one_and_known_coverage():
    found = np.mean([neighbours(*RNG(seed).normal(size=(2, 500, 3))) for seed in range(10)], axis=0)
    assert found[2] == pytest.approx(1, abs=0.03)
    assert found[3] == pytest.approx(1 - 2**-K, abs=0.01)


def test_all_fall_as_a_sample_is_shifted():
    x, y = RNG(0).normal(size=(2, 500, 4))
    found = np.array([neighbours(x, y + shift) for shift in (0, 0.5, 1, 1.5, 2.5)])
    assert (np.diff(found, axis=0) < 0).all()


def test_exchanging_the_samples_exchanges_precision_and_recall(clouds):
    x, y = clouds
    assert neighbours(x, y)[:2] == neighbours(y, x)[1::-1]
