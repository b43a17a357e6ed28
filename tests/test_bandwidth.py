"""The bandwidth that tells two samples of the target apart best."""

import gc

import numpy as np
import pytest
from expost.divergences.bandwidth import (
    check_size,
    fewest_codes,
    largest_divergence,
    optimal_bandwidth,
)
from expost.divergences.jensen_shannon import JensenShannon
from expost.divergences.targets import Mixture
from scipy.spatial.distance import cdist

from benchmarks.plain import divergences as plain

THREE = Mixture([[-4.0, 0.0], [4.0, 0.0], [0.0, 5.0]], [0.5, 0.5, 1.0])


def samples(target, size, points, seed):
    """Codes, held-out ones and draws, as `largest_divergence` draws them."""
    rng = np.random.default_rng(seed)
    return [target.sample(n, rng) for n in (size, points, points)]


@pytest.mark.parametrize(
    ("target", "size"),
    [(Mixture.standard_normal(2), 100), (Mixture.standard_normal(30), 500), (THREE, 200)],
)
def test_it_is_where_brents_method_ends_on_all_distances(target, size):
    codes, held_out, drawn = samples(target, size, 400, seed=1)
    expected = plain.best_bandwidth(codes, target, drawn, held_out)
    got = largest_divergence(target.dimensions, size, target, 400, 1)
    assert got == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("target", [Mixture.standard_normal(10), THREE])
def test_the_divergence_is_largest_there(target):
    best = largest_divergence(target.dimensions, 500, target, 400, 0)
    codes, held_out, drawn = samples(target, 500, 400, seed=0)
    divergence = JensenShannon(codes, target, drawn, held_out)
    others = [divergence.at(best * factor).bits for factor in np.geomspace(1 / 3, 3, 20)]
    assert max(others) < divergence.at(best).bits


def test_the_papers_fixed_point_is_the_same():
    """Equation 3 of the supplement, where it ends: in few dimensions it goes back and forth."""
    d, target = 10, Mixture.standard_normal(10)
    codes, held_out, drawn = samples(target, 300, 500, seed=2)
    squares = [cdist(points, codes, "sqeuclidean") for points in (held_out, drawn)]
    p = [np.exp(target.log_density(points)) for points in (held_out, drawn)]
    h = 0.7
    for _ in range(100):
        kernels = [np.exp(-s / (2 * h**2)) / (2 * np.pi * h**2) ** (d / 2) for s in squares]
        q = [k.mean(axis=1) for k in kernels]
        moments = [(k * s).mean(axis=1) for k, s in zip(kernels, squares, strict=True)]
        shares = [a / (a + b) for a, b in zip(q, p, strict=True)]
        means = [(s * m / a).mean() for s, m, a in zip(shares, moments, q, strict=True)]
        top = (moments[0] / q[0]).mean() - means[0] - means[1]
        h = np.sqrt(top / (d - d * shares[0].mean() - d * shares[1].mean()))
    assert largest_divergence(d, 300, points=500, rng=2) == pytest.approx(h, rel=1e-5)


TABLE_1 = {  # dimensions -> the paper's of 250, 500, 1000 and 2000 codes, where they are below 1
    2: (0.46, 0.41, 0.38, 0.34),
    5: (0.65, 0.59, 0.55, 0.51),
    10: (0.77, 0.73, 0.69, 0.66),
    20: (0.92, 0.89, 0.86, 0.82),
    40: (None, None, None, 0.98),
}
CELLS = [
    (d, 250 * 2**i, value) for d, row in TABLE_1.items() for i, value in enumerate(row) if value
]


@pytest.mark.parametrize(("d", "size", "value"), CELLS)
def test_it_is_the_papers(d, size, value):
    """Spreads of single trials are below 0.02, in 2 dimensions below 0.06."""
    trials = 10 if d == 2 else 5
    found = [optimal_bandwidth(d, size, rng=seed) for seed in range(trials)]
    assert np.mean(found) == pytest.approx(value, abs=0.06 if d == 2 else 0.014)


def test_nothing_of_a_trial_stays_in_memory():
    gc.collect()
    gc.disable()
    try:
        largest_divergence(5, 50, points=80, rng=0)
        assert not any(type(one) is JensenShannon for one in gc.get_objects())
    finally:
        gc.enable()


def test_components_far_apart_are_normal_laws_of_their_own():
    """A kernel density of m codes has m/k of them in each of k components."""
    target = Mixture(100 * np.eye(10)[:4], spreads=2.0)
    ours, alone = (
        np.mean([optimal_bandwidth(10, *given, rng=seed) for seed in range(4)])
        for given in ((2000, target), (500,))
    )
    assert ours / 2 == pytest.approx(alone, abs=0.014)


@pytest.mark.parametrize("d", [10, 20, 40])
def test_fewest_codes_are_the_first_below_one(d):
    """The mean derivative at 1 is above zero for half of them, and below from there on."""
    target, points, slopes = Mixture.standard_normal(d), 1000, []
    for size in (fewest_codes(d) // 2, fewest_codes(d)):
        trials = (samples(target, size, points, seed) for seed in range(8))
        found = (JensenShannon(codes, target, drawn, held) for codes, held, drawn in trials)
        slopes.append(np.mean([divergence.at(1.0).slope for divergence in found]))
    assert slopes[0] > 0 > slopes[1]


def test_too_many_dimensions_are_refused_with_the_number_of_codes_that_carry_them():
    with pytest.raises(ValueError, match="1,000 codes of 40 dimensions .*; wanted 1,340 codes"):
        optimal_bandwidth(40, 1000, rng=0)
    assert 0.98 < optimal_bandwidth(40, 1340, rng=0) < 1
    assert largest_divergence(40, 250, rng=0) > 1
    crowded = Mixture([[-9.0] * 20, [9.0] * 20])
    with pytest.raises(ValueError, match=r"bandwidth of 1\.0\d+, 1 or more, .* wanted 180 codes"):
        optimal_bandwidth(20, 60, crowded, rng=0)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ((40, 1000), "1,000 codes of 40 dimensions have .* of 1 or nearly so, .*; wanted 1,340"),
        (
            (8, 10_000, 900),
            "a kernel density of 10,000 codes, and 900 to take them from; wanted 18 ",
        ),
        ((40, 2000, 900), "got 900 codes to make .* of; 40 dimensions want 1,340 or more: train"),
        ((8, 1), "got size 1; wanted a whole number of at least 2"),
        ((0, 10), "got dimensions 0; wanted a whole number of at least 1"),
    ],
)
def test_sizes_are_checked_at_once(given, message):
    with pytest.raises(ValueError, match=message):
        check_size(*given)
    check_size(40, 20_000, 20_000)


def test_target_and_dimensions_belong_together():
    with pytest.raises(ValueError, match="got 3 dimensions and a target of 2; wanted the same"):
        optimal_bandwidth(3, 100, THREE)
