"""The Inception Score: known cases, and the mean divergence that defines it."""

import math

import numpy as np
import pytest
from expost.metrics.inception_score import inception_score


def test_inception_score_of_certainty_and_of_ignorance():
    assert inception_score(np.full((8, 10), 0.1)) == pytest.approx(1, rel=1e-12)
    assert inception_score(np.eye(10)) == pytest.approx(10, rel=1e-12)
    assert inception_score(np.eye(10)[[3] * 8]) == pytest.approx(1, rel=1e-12)
    assert inception_score(np.eye(10)[[0, 0, 0, 1]]) == pytest.approx(
        math.exp(0.75 * math.log(4 / 3) + 0.25 * math.log(4)), rel=1e-12
    )


def test_inception_score_is_the_mean_divergence():
    p = np.random.default_rng(0).dirichlet(np.ones(6), 30)
    divergence = [sum(q * math.log(q / m) for q, m in zip(r, p.mean(0), strict=True)) for r in p]
    assert inception_score(p) == pytest.approx(math.exp(np.mean(divergence)), rel=1e-12)
