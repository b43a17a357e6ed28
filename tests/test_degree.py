"""What the degree of the empirical beta copula does to digits: from smooth to copied."""

import numpy as np
import pytest
from expost.features.base import Features
from expost.metrics.scoring import score
from expost.samplers import build
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

DEGREES = (3, 12, 16, 24, 64, None)  # None is n, the paper's


@pytest.fixture(scope="module")
def codes():
    """Ten principal components of 900 digits, and of the others."""
    images = np.random.default_rng(0).permutation(load_digits().data)
    components = PCA(10, svd_solver="full").fit(images[:900])
    return components.transform(images[:900]), components.transform(images[900:])


@pytest.fixture(scope="module")
def scores(codes):
    training, real = codes
    samplers = {
        degree: build("empirical_beta", degree=degree).fit(training, 0) for degree in DEGREES
    }
    return {
        degree: score(Features(real), Features(sampler.sample(len(real), 1)), Features(training))
        for degree, sampler in samplers.items()
    }


def test_a_higher_degree_buys_density_and_coverage_with_copying(scores):
    for metric in ("density", "coverage"):
        along = [scores[degree][metric] for degree in DEGREES]
        assert along == sorted(along), metric
    for metric in ("c_t", "authenticity", "nearest_training"):
        along = [scores[degree][metric] for degree in DEGREES]
        assert along == sorted(along, reverse=True), metric


def test_it_leads_from_keeping_away_through_none_to_copies(scores):
    assert scores[3]["c_t"] > 12
    assert scores[16]["c_t"] > 0 > scores[24]["c_t"]
    assert scores[None]["c_t"] < -15
    assert scores[3]["density"] < 0.2
    assert scores[None]["density"] > 0.8
    assert scores[3]["coverage"] < 0.4
    assert scores[None]["coverage"] > 0.85
    assert scores[None]["authenticity"] < 0.01


def test_cross_validation_chooses_a_smooth_one_that_does_not_copy(codes, scores):
    chosen = build("empirical_beta", degree="auto").fit(codes[0], 0).degree_
    assert chosen in (8, 12, 16)
    assert scores[12]["c_t"] > 3
