"""Laws of the metrics, closed forms, and slow obvious references."""

import math
import subprocess
import sys
from importlib import import_module
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from expost.features import Features
from expost.metrics import METRICS
from expost.metrics.distances import euclidean
from expost.metrics.scoring import score
from scipy.linalg import sqrtm
from scipy.spatial.distance import cdist

RNG = np.random.default_rng


def metric(name, *arguments):
    return getattr(import_module(f"expost.metrics.{name}"), name)(*arguments)


def from_points(name, x, y):
    """A metric of distances, of the points themselves."""
    distances = {"rr": euclidean(x), "gg": euclidean(y), "rg": euclidean(x, y)}
    return metric(name, *(distances[need] for need in METRICS[name]))


def softmax(logits):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)


def features(seed, n=60, width=5, classes=4, shift=0.0):
    rng = RNG(seed)
    vectors = (rng.normal(size=(n, width)) + shift).astype(np.float32)
    return Features(vectors, softmax(3 * rng.normal(size=(n, classes)) + shift).astype(np.float32))


@pytest.fixture
def clouds():
    rng = RNG(0)
    return rng.normal(size=(70, 3)), 1.3 * rng.normal(size=(70, 3)) + 0.5


# Distances


@pytest.mark.parametrize(
    "place", ["origin", "far", "two_clusters", "lattice", "near_duplicates", "collapsed"]
)
def test_distances_are_those_of_scipy(place):
    rng = RNG(1)
    x, y = rng.normal(size=(80, 20)), rng.normal(size=(50, 20))
    if place == "far":
        x, y = x + 1e6, y + 1e6
    elif place == "two_clusters":  # no centre is close to both
        x[::2] += 1e5
        y[::2] += 1e5
    elif place == "lattice":
        x, y = rng.integers(0, 3, x.shape), rng.integers(0, 3, y.shape)
    elif place == "near_duplicates":
        y = x[:50] + 1e-7 * y
    elif place == "collapsed":
        y = np.repeat(x[:1], 50, axis=0)
    np.testing.assert_allclose(euclidean(x, y), cdist(x, y), rtol=1e-7, atol=0)
    np.testing.assert_allclose(euclidean(y), cdist(y, y), rtol=1e-7, atol=0)


def test_equal_rows_have_distance_zero_whatever_their_size():
    x = (1e4 * RNG(0).normal(size=(40, 300))).astype(np.float32)
    assert (np.diag(euclidean(x)) == 0).all()
    assert (np.diag(euclidean(x, x.copy())) == 0).all()
    assert (euclidean(x) == euclidean(x).T).all()


# EMD


def test_emd_of_a_shift_is_its_length(clouds):
    x, _ = clouds
    shift = np.array([3.0, -4.0, 12.0])
    assert from_points("emd", x, RNG(0).permutation(x) + shift) == pytest.approx(13, rel=1e-9)


def test_emd_on_a_line_pairs_sorted_points():
    x, y = RNG(0).normal(size=(2, 90, 1)) ** 3
    expected = np.abs(np.sort(x, axis=0) - np.sort(y, axis=0)).mean()
    assert from_points("emd", x, y) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("spread", [1.0, 1e-8])  # 1e-8: float32 costs would pair at random
def test_emd_is_the_cheapest_of_all_pairings(spread, seed):
    rng = RNG(seed)
    x, y = rng.normal(size=(6, 4)), 5 + spread * rng.normal(size=(6, 4))
    rg = cdist(x, y)
    best = min(rg[range(6), pairing].mean() for pairing in permutations(range(6)))
    assert metric("emd", rg) == pytest.approx(best, rel=1e-14)


def test_emd_wants_equal_sizes():
    with pytest.raises(ValueError, match="equal size, got 4 real and 3 generated"):
        metric("emd", np.zeros((4, 3)))


# MMD


def slow_mmd(x, y):
    def square(a, b):
        return sum((p - q) ** 2 for p, q in zip(a, b, strict=True))

    scale = 2 * np.mean([square(a, b) for a in x for b in x])

    def mean_kernel(s, t):
        return np.mean([math.exp(-square(a, b) / scale) for a in s for b in t])

    return math.sqrt(mean_kernel(x, x) + mean_kernel(y, y) - 2 * mean_kernel(x, y))


def test_mmd_is_the_biased_statistic_of_the_definition(clouds):
    x, y = clouds[0][:25], clouds[1][:31]
    assert from_points("mmd", x, y) == pytest.approx(slow_mmd(x, y), rel=1e-9)
    assert from_points("mmd", y, x) != pytest.approx(slow_mmd(x, y), rel=1e-3)  # real sets s


def test_mmd_has_no_unit_and_is_bounded(clouds):
    x, y = clouds
    assert from_points("mmd", 7 * x, 7 * y) == pytest.approx(from_points("mmd", x, y), rel=1e-9)
    # Far apart, all that is left are the kernels' means within each sample.
    assert 0.8 < from_points("mmd", x, x + 1e6) < math.sqrt(2)


def test_mmd_of_equal_samples_survives_rounding():
    """In some of these the sum under the root is -1e-16."""
    for seed in range(20):
        x = RNG(seed).normal(size=(70, 3))
        assert from_points("mmd", x, RNG(seed).permutation(x)) == pytest.approx(0, abs=1e-7)


def test_mmd_needs_some_spread_among_the_real():
    with pytest.raises(ValueError, match="all real points are equal"):
        from_points("mmd", np.ones((5, 2)), RNG(0).normal(size=(5, 2)))


# 1NN


def slow_one_nn(x, y):
    """Accuracy where each point draws one of its nearest neighbours at random, on average."""
    pool, kind = np.concatenate([x, y]), np.repeat([0, 1], [len(x), len(y)])
    shares = []
    for i in range(len(pool)):
        d = np.array([np.sum((pool[i] - p) ** 2) for p in pool])
        d[i] = np.inf
        shares.append(np.mean(kind[d == d.min()] == kind[i]))
    return np.mean(shares)


@pytest.mark.parametrize("sizes", [(60, 60), (40, 70)])
@pytest.mark.parametrize("values", [2, 3, 1000])  # few values: many ties and duplicates
def test_one_nn_is_the_definition(values, sizes):
    rng = RNG(values)
    x, y = (rng.integers(0, values, (n, 3)) / 7 for n in sizes)
    assert from_points("one_nn", x, y) == pytest.approx(slow_one_nn(x, y), abs=1e-12)


def test_one_nn_knows_apart_alike_and_copied(clouds):
    x, _ = clouds
    assert from_points("one_nn", x, x + 100) == 1
    assert from_points("one_nn", x, RNG(0).permutation(x)) == 0
    a, b = RNG(0).normal(size=(2, 1000, 2))
    # Neighbours often name each other, so the variance is that of 2000 points taken twice at most.
    assert from_points("one_nn", a, b) == pytest.approx(0.5, abs=3 * math.sqrt(0.25 / 1000))


# Frechet


def gaussian_sample(mean, covariance, n=300, seed=0):
    """Points with exactly this sample mean and covariance."""
    x = RNG(seed).normal(size=(n, len(mean)))
    x -= x.mean(axis=0)
    x = np.linalg.solve(np.linalg.cholesky(np.cov(x.T)), x.T).T
    values, axes = np.linalg.eigh(covariance)
    return mean + x @ (np.sqrt(np.maximum(values, 0)) * axes).T


def test_frechet_in_closed_form_for_covariances_that_commute():
    axes = np.linalg.qr(RNG(0).normal(size=(4, 4))).Q
    s_1, s_2 = np.array([4.0, 1.0, 0.25, 0.0]), np.array([1.0, 9.0, 0.0, 0.0])  # not of full rank
    mean = np.array([1.0, 0.0, -2.0, 3.0])
    x = gaussian_sample(mean, axes * s_1 @ axes.T)
    y = gaussian_sample(np.zeros(4), axes * s_2 @ axes.T, seed=1)
    expected = mean @ mean + np.sum((np.sqrt(s_1) - np.sqrt(s_2)) ** 2)
    assert metric("frechet", x, y) == pytest.approx(expected, rel=1e-7)


def test_frechet_is_the_formula_for_general_covariances(clouds):
    x, y = clouds
    s_1, s_2 = np.cov(x.T), np.cov(y.T)
    spread = np.trace(s_1 + s_2 - 2 * sqrtm(s_1 @ s_2).real)
    expected = np.sum((x.mean(axis=0) - y.mean(axis=0)) ** 2) + spread
    assert metric("frechet", x, y) == pytest.approx(expected, rel=1e-9)


def test_frechet_with_fewer_points_than_dimensions():
    x = RNG(0).normal(size=(20, 200)).astype(np.float32)
    assert metric("frechet", x, RNG(1).permutation(x)) < 1e-11
    assert metric("frechet", x, x + 1) == pytest.approx(200, rel=1e-6)


def test_fid_softmax_is_the_root_on_probabilities():
    real, generated = features(0), features(1, shift=1)
    fid = metric("fid_softmax", real.probabilities, generated.probabilities)
    assert fid**2 == pytest.approx(
        metric("frechet", real.probabilities, generated.probabilities), rel=1e-12
    )


# Inception Score


def test_inception_score_of_certainty_and_of_ignorance():
    assert metric("inception_score", np.full((8, 10), 0.1)) == pytest.approx(1, rel=1e-12)
    assert metric("inception_score", np.eye(10)) == pytest.approx(10, rel=1e-12)
    assert metric("inception_score", np.eye(10)[[3] * 8]) == pytest.approx(1, rel=1e-12)
    assert metric("inception_score", np.eye(10)[[0, 0, 0, 1]]) == pytest.approx(
        math.exp(0.75 * math.log(4 / 3) + 0.25 * math.log(4)), rel=1e-12
    )


def test_inception_score_is_the_mean_divergence():
    p = softmax(RNG(0).normal(size=(30, 6)))
    divergence = [sum(q * math.log(q / m) for q, m in zip(r, p.mean(0), strict=True)) for r in p]
    assert metric("inception_score", p) == pytest.approx(math.exp(np.mean(divergence)), rel=1e-12)


# All of them, through `score`


def test_a_space_has_the_metrics_it_allows():
    real, generated = features(0), features(1)
    assert list(score(real, generated)) == list(METRICS)
    pixels = score(Features(real.vectors), Features(generated.vectors))
    assert list(pixels) == ["emd", "mmd", "one_nn"]
    assert all(type(value) is float for value in pixels.values())


def test_score_gives_each_metric_its_arguments():
    real, generated = features(0, n=30), features(1, n=30, shift=0.5)
    x, y = real.vectors, generated.vectors
    scores = score(real, generated)
    for name in ("emd", "mmd", "one_nn"):
        assert scores[name] == pytest.approx(from_points(name, x, y), rel=1e-12)
    assert scores["mmd"] == pytest.approx(slow_mmd(x.astype(float), y.astype(float)), rel=1e-6)
    assert scores["frechet"] == metric("frechet", x, y)
    assert scores["inception_score"] == metric("inception_score", generated.probabilities)


def test_a_sample_is_at_no_distance_from_itself():
    scores = score(features(0), features(0))
    for name in ("emd", "mmd", "one_nn", "frechet", "fid_softmax"):
        assert scores[name] == pytest.approx(0, abs=1e-6), name


def test_distances_grow_as_samples_part():
    near, far = (score(features(0, n=300), features(1, n=300, shift=s)) for s in (0.1, 1.5))
    for name in ("emd", "mmd", "one_nn", "frechet"):
        assert near[name] < far[name]


def test_symmetry():
    real, generated = features(0), features(1, shift=0.5)
    there, back = score(real, generated), score(generated, real)
    for name in ("emd", "one_nn", "frechet", "fid_softmax"):  # MMD: its scale is the real sample's
        assert there[name] == pytest.approx(back[name], rel=1e-9)


def test_the_order_of_images_is_nothing():
    real, generated = features(0), features(1)
    p, q = RNG(0).permutation(60), RNG(1).permutation(60)
    shuffled = score(
        Features(real.vectors[p], real.probabilities[p]),
        Features(generated.vectors[q], generated.probabilities[q]),
    )
    assert shuffled == pytest.approx(score(real, generated), rel=1e-9)


def test_inputs_are_left_alone():
    real, generated = features(0), features(1)
    for part in (real, generated):
        part.vectors.flags.writeable = part.probabilities.flags.writeable = False
    score(real, generated)


@pytest.mark.parametrize("side", ["real", "generated"])
def test_errors_say_which_side(side):
    def score_with(broken):
        return score(**{"real": features(0), "generated": features(1), side: broken})

    good = features(2)
    holes = good.vectors.copy()
    holes[[3, 5], 1] = [np.nan, np.inf]
    with pytest.raises(ValueError, match=f"2 of 60 vectors of the {side} images are not finite"):
        score_with(Features(holes, good.probabilities))
    with pytest.raises(ValueError, match=rf"the {side} images must have shape .* got \(1, 5\)"):
        score_with(features(2, n=1))
    with pytest.raises(ValueError, match=f"probabilities of the {side} images must .* logits"):
        score_with(Features(good.vectors, 2 * good.probabilities))
    with pytest.raises(ValueError, match=f"59 probabilities of the {side} images, wanted 60"):
        score_with(Features(good.vectors, good.probabilities[1:]))


def test_one_space_for_both():
    with pytest.raises(ValueError, match="one space"):
        score(features(0, width=5), features(1, width=6))
    with pytest.raises(ValueError, match="one space"):
        score(features(0), Features(features(1).vectors))
    with pytest.raises(ValueError, match="equal size, got 60 real and 50 generated"):
        score(features(0), features(1, n=50))


def test_scoring_starts_fast():
    """A score job loads no torch, scikit-learn or SciPy's statistics."""
    library = Path(__file__).parents[1] / "workflow"
    code = (
        "import sys, numpy, expost.metrics.scoring as m, expost.features as f\n"
        "x = f.build('pixels')(numpy.arange(36, dtype='u1').reshape(9, 1, 2, 2))\n"
        "m.score(x, x), m.score(*[f.Features(x.vectors, numpy.eye(9))] * 2)\n"
        "print({'torch', 'sklearn', 'scipy.stats'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=library, capture_output=True, text=True)
    assert run.stdout == "set()\n", run.stderr
