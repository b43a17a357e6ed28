"""Precision and recall for distributions: known curves, a slow reference, joint clusters."""

import math

import numpy as np
import pytest
import threadpoolctl
from expost.metrics import joint_clusters
from expost.metrics.joint_clusters import CLUSTERS, RUNS, histograms
from expost.metrics.prd_curve import ANGLES, Curve, curve, measure
from expost.metrics.prd_precision import prd_precision
from expost.metrics.prd_recall import prd_recall
from sklearn.cluster import KMeans

RNG = np.random.default_rng
SITES = 10 * RNG(5).normal(size=(CLUSTERS, 3))  # as many as clusters: each is found as one


def both(real, generated):
    found = measure(real, generated)
    return prd_precision(found), prd_recall(found)


def on_sites(sites, each=4):
    return np.repeat(SITES[list(sites)], each, axis=0)


def slow_curve(real, generated):
    """The definition in plain Python, angle by angle, without its limits at both ends."""
    precisions, recalls = [], []
    for step in range(1, ANGLES - 1):
        slope = math.tan(step / (ANGLES - 1) * math.pi / 2)
        precision = recall = 0.0
        for p, q in zip(real, generated, strict=True):
            precision += sum(min(slope * a, b) for a, b in zip(p, q, strict=True)) / len(real)
            recall += sum(min(a, b / slope) for a, b in zip(p, q, strict=True)) / len(real)
        precisions.append(precision)
        recalls.append(recall)
    return precisions, recalls


def laws(seed, runs=3, clusters=6):
    shares = RNG(seed).integers(0, 4, (runs, clusters)) + np.eye(clusters)[0]
    return shares / shares.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("seed", range(3))
def test_the_curve_is_its_slow_definition(seed):
    p, q = laws(seed), laws(seed + 10)
    found = curve(p, q)
    wanted = slow_curve(p.tolist(), q.tolist())
    np.testing.assert_allclose(found.precision[1:-1], wanted[0], rtol=1e-12)
    np.testing.assert_allclose(found.recall[1:-1], wanted[1], rtol=1e-12)
    assert len(found.precision) == len(found.recall) == ANGLES
    assert (found.precision[0], found.recall[-1]) == (0, 0)
    assert found.recall[0] == pytest.approx(np.where(q > 0, p, 0).sum(axis=1).mean())
    assert found.precision[-1] == pytest.approx(np.where(p > 0, q, 0).sum(axis=1).mean())


def test_the_curve_turns_round_when_the_laws_are_exchanged():
    p, q = laws(0), laws(1)
    there, back = curve(p, q), curve(q, p)
    np.testing.assert_array_equal(there.precision, back.recall[::-1])
    np.testing.assert_array_equal(there.recall, back.precision[::-1])


@pytest.mark.parametrize(
    ("real", "generated", "message"),
    [
        ([0.5, 0.1], [0.5, 0.5], "rows that sum to 1"),
        ([-1, 2], [0.5, 0.5], "must be >= 0"),
        ([0.5, 0.5], [math.nan, 1], "1 of 1 shares are not finite"),
        ([0.5, 0.5], [0.2, 0.3, 0.5], r"shape \(1, 2\) and \(1, 3\); wanted the same clusters"),
        ([[0.5, 0.5]], [[0.5, 0.5]] * 2, "the same clusters"),
    ],
)
def test_what_are_no_shares_of_the_same_clusters_have_no_curve(real, generated, message):
    with pytest.raises(ValueError, match=message):
        curve(np.array(real), np.array(generated))


@pytest.mark.parametrize("beta", [0, -1, math.nan, math.inf, "8", True, None])
def test_weights_that_weigh_nothing_are_refused(beta):
    with pytest.raises(ValueError, match="got beta .*; wanted a number above 0"):
        Curve(np.array([0.5]), np.array([0.5])).highest(beta)


@pytest.mark.parametrize("beta", [8, 1 / 8, 1])
def test_f_beta_is_a_weighted_harmonic_mean(beta):
    p, r = RNG(0).uniform(0.1, 1, (2, 50))
    share = beta**2 / (1 + beta**2)  # of recall
    wanted = max(1 / ((1 - share) / a + share / b) for a, b in zip(p, r, strict=True))
    assert Curve(p, r).highest(beta) == pytest.approx(wanted, rel=1e-12)


def test_which_of_the_two_is_which():
    """A point without recall to speak of, and one without precision."""
    high_precision, high_recall = (np.array([part]) for part in (1.0, 0.5)), [0.5, 1.0]
    found = Curve(*high_precision)
    assert prd_precision(found) == pytest.approx(1.015625 * 0.5 / (0.015625 + 0.5))  # 0.985
    assert prd_recall(found) == pytest.approx(65 * 0.5 / 64.5)  # 0.504
    found = Curve(*(np.array([part]) for part in high_recall))
    assert prd_precision(found) == pytest.approx(65 * 0.5 / 64.5)
    assert prd_recall(found) == pytest.approx(1.015625 * 0.5 / 0.515625)
    nothing = Curve(np.zeros(3), np.zeros(3))
    assert (prd_precision(nothing), prd_recall(nothing)) == (0, 0)


def test_a_sample_has_all_of_itself():
    x = RNG(0).normal(size=(200, 4))
    assert both(x, x) == pytest.approx((1, 1), abs=1e-12)


def test_equal_laws_have_nearly_all():
    assert min(both(*RNG(0).normal(size=(2, 1500, 4)))) > 0.98


def test_laws_apart_have_nothing():
    assert both(on_sites(range(10)), on_sites(range(10, 20), each=7)) == (0, 0)


def test_a_mode_that_is_dropped_costs_recall():
    """Of 20 modes 5 are: precision min(3/4 l, 1), recall min(3/4, 1 / l), exactly."""
    real, generated = on_sites(range(20)), on_sites(range(15), each=6)
    slopes = np.tan(np.linspace(0, np.pi / 2, ANGLES)[1:-1])
    found = measure(real, generated)
    np.testing.assert_allclose(found.precision[1:-1], np.minimum(0.75 * slopes, 1), rtol=1e-9)
    np.testing.assert_allclose(found.recall[1:-1], np.minimum(0.75, 1 / slopes), rtol=1e-9)
    p, r = 1, 0.75  # the corner of the curve, which no angle meets exactly
    assert prd_precision(found) == pytest.approx(65 * p * r / (p + 64 * r), rel=2e-3)
    assert prd_recall(found) == pytest.approx(65 * p * r / (64 * p + r), rel=2e-3)


def test_a_mode_that_is_invented_costs_precision():
    real, generated = on_sites(range(15), each=6), on_sites(range(20))
    found, mirror = measure(real, generated), measure(generated, real)
    np.testing.assert_array_equal(found.precision, mirror.recall[::-1])
    assert prd_precision(found) == pytest.approx(prd_recall(mirror), rel=1e-12)
    assert prd_recall(found) == pytest.approx(prd_precision(mirror), rel=1e-12)
    assert prd_precision(found) == pytest.approx(65 * 0.75 / 64.75, rel=2e-3)


def samples(sizes=(300, 170), width=5):
    rng = RNG(3)
    centres = 4 * rng.normal(size=(8, width))
    return [centres[rng.integers(8, size=n)] + rng.normal(size=(n, width)) for n in sizes]


def test_exchanged_samples_exchange_the_two():
    real, generated = samples()
    there, back = measure(real, generated), measure(generated, real)
    np.testing.assert_array_equal(there.precision, back.recall[::-1])
    assert both(real, generated) == pytest.approx(both(generated, real)[::-1], rel=1e-12)
    assert prd_precision(there) != prd_recall(there)


def test_clusters_are_those_of_lloyds_algorithm():
    """By scikit-learn, from the same starts; and different ones in each run."""
    points = np.concatenate(samples())
    starts = joint_clusters._starts(points)
    found = joint_clusters._lloyd(points, starts.copy())
    for run in range(RUNS):
        known = KMeans(CLUSTERS, init=starts[run], n_init=1, tol=0).fit(points)
        np.testing.assert_array_equal(found[:, run], known.labels_)
    assert len(np.unique(starts[:, 0], axis=0)) == RUNS
    p, q = histograms(points[:300], points[300:])
    assert p.shape == q.shape == (RUNS, CLUSTERS)
    labels = found[:300, 4]
    np.testing.assert_allclose(np.sort(p[4]), np.sort(np.bincount(labels, minlength=20)) / 300)


def test_starts_prefer_points_far_from_those_there_are():
    """Twenty tight clumps, one of them with nearly all points: each clump gets a start."""
    clump = np.repeat(np.arange(20), [981, *[1] * 19])
    points = SITES[clump] + 1e-3 * RNG(0).normal(size=(1000, 3))
    for centres in joint_clusters._starts(points):
        nearest = ((centres[:, None] - SITES) ** 2).sum(axis=2).argmin(axis=1)
        assert sorted(nearest) == list(range(20))


def test_fewer_points_than_clusters():
    p, q = histograms(SITES[:2], SITES[1:3])
    assert ((p > 0) | (q > 0)).sum(axis=1).tolist() == [3] * RUNS
    assert both(SITES[:1], SITES[:1]) == (1, 1)


def test_the_order_of_points_and_the_number_of_threads_are_nothing():
    real, generated = samples((400, 400), width=64)
    wanted = measure(real, generated)
    for threads in (1, 2):
        with threadpoolctl.threadpool_limits(threads):
            found = measure(real[::-1], generated[RNG(0).permutation(400)])
        np.testing.assert_array_equal(found.precision, wanted.precision)
        np.testing.assert_array_equal(found.recall, wanted.recall)
