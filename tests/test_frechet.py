"""The Fréchet distance: closed forms, the usual formula, and digits where that loses them."""

import numpy as np
import pytest
from expost.metrics.fid_softmax import fid_softmax
from expost.metrics.frechet import frechet

from benchmarks.data import features
from benchmarks.plain.frechet import by_singular_values
from benchmarks.plain.frechet import frechet as by_sqrtm

RNG = np.random.default_rng


def gaussian_sample(mean, covariance, n=300, seed=0):
    """Points with exactly this sample mean and covariance."""
    x = RNG(seed).normal(size=(n, len(mean)))
    x -= x.mean(axis=0)
    x = np.linalg.solve(np.linalg.cholesky(np.cov(x.T)), x.T).T
    values, axes = np.linalg.eigh(covariance)
    return mean + x @ (np.sqrt(np.maximum(values, 0)) * axes).T


def softmax(logits):
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (p / p.sum(axis=1, keepdims=True)).astype(np.float32)


def test_closed_form_for_covariances_that_commute():
    axes = np.linalg.qr(RNG(0).normal(size=(4, 4))).Q
    s_1, s_2 = np.array([4.0, 1.0, 0.25, 0.0]), np.array([1.0, 9.0, 0.0, 0.0])  # not of full rank
    mean = np.array([1.0, 0.0, -2.0, 3.0])
    x = gaussian_sample(mean, axes * s_1 @ axes.T)
    y = gaussian_sample(np.zeros(4), axes * s_2 @ axes.T, seed=1)
    expected = mean @ mean + np.sum((np.sqrt(s_1) - np.sqrt(s_2)) ** 2)
    assert frechet(x, y) == pytest.approx(expected, rel=1e-7)


@pytest.mark.parametrize("sizes", [(400, 400), (300, 500)])
def test_agrees_with_the_usual_formula_where_that_holds(sizes):
    x, y = (features(seed, n, 60) for seed, n in enumerate(sizes))
    assert frechet(x, y) == pytest.approx(by_sqrtm(x, y), rel=1e-9)


@pytest.mark.parametrize("n", [50, 400])  # below and above the width
def test_ordinary_features_need_no_singular_values(n, monkeypatch):
    x, y = features(1, n, 60), features(2, n, 60)
    expected = by_singular_values(x, y)
    monkeypatch.delattr(np.linalg, "svd")
    assert frechet(x, y) == pytest.approx(expected, rel=1e-9)


def decaying(seed, n, width, decades):
    """Rows whose variances along hidden axes fall over so many decades, float32."""
    axes = np.linalg.qr(RNG(0).normal(size=(width, width))).Q
    x = RNG(seed).normal(size=(n, width)) * 10 ** (-decades / 2 * np.arange(width) / width)
    return (x @ axes).astype(np.float32)


HARD = {
    **{
        f"variances over {decades} decades": (
            decaying(1, 300, 80, decades),
            decaying(2, 300, 80, decades),
        )
        for decades in (2, 4, 6, 8, 12, 16)
    },
    "small where the other is large": (decaying(1, 300, 80, 16), decaying(2, 300, 80, 16)[:, ::-1]),
    "probabilities": tuple(softmax(5 * RNG(s).normal(size=(300, 80))) for s in (1, 2)),
    "sure probabilities": tuple(softmax(60 * decaying(s, 300, 80, 4)) for s in (1, 2)),
    "constant columns": (
        RNG(1).normal(size=(300, 80)) * (np.arange(80) > 20),
        RNG(2).normal(size=(300, 80)) * (np.arange(80) < 60),
    ),
    "few directions": tuple(
        RNG(s).normal(size=(300, 7)) @ RNG(s + 2).normal(size=(7, 80)) for s in (1, 2)
    ),
    "one point": (RNG(1).normal(size=(300, 80)), np.ones((300, 80))),
    "all zero": (np.zeros((300, 80)), np.zeros((300, 80))),
    "halves of a sample": tuple(np.split(RNG(0).normal(size=(600, 80)), 2)),
    "few rows": tuple(RNG(s).normal(size=(40, 80)) for s in (1, 2)),
    "few rows of decaying variances": tuple(decaying(s, 40, 80, 12) for s in (1, 2)),
    "few and many rows": (RNG(1).normal(size=(40, 80)), RNG(2).normal(size=(300, 80))),
    "as many rows as columns": tuple(RNG(s).normal(size=(80, 80)) for s in (1, 2)),
}


@pytest.mark.parametrize("case", HARD)
@pytest.mark.parametrize("order", [1, -1])
def test_keeps_its_digits_whatever_the_rank(case, order):
    x, y = HARD[case][::order]
    assert frechet(x, y) == pytest.approx(by_singular_values(x, y), rel=1e-7, abs=1e-12)


@pytest.mark.parametrize("noise", [1e-1, 1e-2, 1e-3])
def test_nearly_equal_samples_differ_by_all_their_digits(noise):
    """The distance is a small difference of large traces."""
    x, e = RNG(0).normal(size=(2, 400, 60))
    y = RNG(1).permutation(x + noise * e)
    assert frechet(x, y) == pytest.approx(by_singular_values(x, y), rel=1e-6)


@pytest.mark.parametrize("n", [20, 200, 500])
def test_of_equal_samples_only_the_shift_is_left(n):
    x = RNG(0).normal(size=(n, 200)).astype(np.float32)
    assert frechet(x, RNG(1).permutation(x)) < 1e-11
    assert frechet(x, x + 1) == pytest.approx(200, rel=1e-6)


def test_no_distance_is_negative():
    """Rounding alone would make some of these so, and the root of one not a number."""
    for seed in range(20):
        p = softmax(RNG(seed).normal(size=(60, 4)))
        assert 0 <= fid_softmax(p, RNG(seed).permutation(p)) < 1e-7


def test_fid_softmax_is_the_root_on_probabilities():
    real, generated = (softmax(RNG(s).normal(size=(60, 4)) + s) for s in (0, 1))
    assert fid_softmax(real, generated) ** 2 == pytest.approx(frechet(real, generated), rel=1e-12)
