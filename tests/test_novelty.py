"""Densities of images by their codes, against closed forms; and how scores tell classes."""

import logging
import math

import numpy as np
import pytest
import torch
from expost import objectives
from expost.analyses import novelty, one_class, separation, volumes
from expost.divergences.targets import Mixture
from expost.networks.fast_upsampling import Enlarge
from expost.networks.keep_size import KeepSize
from expost.networks.plain_layers import plain
from scipy import stats


@pytest.fixture(autouse=True)
def seeded():
    with torch.random.fork_rng():
        torch.manual_seed(0)
        yield


def rng(seed=0):
    return np.random.default_rng(seed)


def linear(matrix, shift):
    """D(z) = A z + b as a network, with b in float32."""
    layer = torch.nn.Linear(*matrix.T.shape)
    layer.weight.data, layer.bias.data = (torch.tensor(x).float() for x in (matrix, shift))
    return layer


def by_differences(decode, code, step=1e-6):
    """v(z) by central differences of a network in float64."""
    axes = step * np.eye(len(code))
    ends = [decode(torch.tensor(code + sign * axes)).flatten(1) for sign in (1, -1)]
    jacobian = (ends[0] - ends[1]).T.detach().numpy() / (2 * step)
    return 0.5 * np.linalg.slogdet(jacobian.T @ jacobian)[1]


def test_a_law_through_a_linear_decoder_is_a_gaussian_on_its_image():
    """Whose density on that subspace is known: by the pseudo-determinant of its covariance."""
    matrix, shift, spreads = rng().normal(size=(7, 3)), rng(1).normal(size=7), [0.5, 1, 2]
    law = Mixture(np.ones((1, 3)), np.array([spreads]))
    codes = rng(2).normal(size=(20, 3))
    found = volumes.log_volumes(linear(matrix, shift), codes)
    scores = novelty.outlyingness(np.zeros(20), law.log_density(codes), found, 7, 1.0)
    covariance = matrix @ np.diag(np.square(spreads)) @ matrix.T
    exact = stats.multivariate_normal(matrix.sum(axis=1) + shift, covariance, allow_singular=True)
    assert scores["in_manifold"] == pytest.approx(-exact.logpdf(codes @ matrix.T + shift), rel=1e-5)


def test_the_full_score_is_that_of_a_law_around_a_subspace():
    """x = A z + e with orthonormal A, e ~ N(0, s² I) off the subspace alone: it is a product."""
    matrix = np.linalg.qr(rng().normal(size=(6, 2)))[0]
    images = rng(1).normal(size=(30, 6))
    codes, variance = images @ matrix, 0.3
    errors = ((images - codes @ matrix.T) ** 2).sum(axis=1)
    law = Mixture.standard_normal(2)
    found = volumes.log_volumes(linear(matrix, np.zeros(6)), codes)
    scores = novelty.outlyingness(errors, law.log_density(codes), found, 6, variance)
    for i, x in enumerate(images):
        inside, back = matrix.T @ x, matrix @ (matrix.T @ x)
        product = stats.multivariate_normal(np.zeros(2)).pdf(inside)
        product *= stats.multivariate_normal(back, variance * np.eye(6)).pdf(x)
        assert scores["full"][i] == pytest.approx(-np.log(product), rel=1e-5)
        assert scores["reconstruction"][i] == pytest.approx(((x - back) ** 2).mean())


@pytest.mark.parametrize(
    ("networks", "shape", "width"),
    [
        ({"name": "mlp", "hidden": [16]}, (1, 8, 8), 1),
        ("ebcae_mnist", (1, 32, 32), 0.1),
        ("rae_mnist", (1, 16, 16), 0.02),
    ],
)
def test_volumes_are_those_of_central_differences(networks, shape, width, monkeypatch):
    """Of networks with all layers that decoders have, in parts as well as at once."""
    built = objectives.build("ae", shape, 4, networks=networks, width=width).eval()
    decode = plain(built.decoding())
    codes = rng().normal(size=(7, 4))
    found = volumes.log_volumes(decode, codes)
    exact = [by_differences(decode.double(), code) for code in codes]
    assert found == pytest.approx(exact, abs=1e-4)
    monkeypatch.setattr(volumes, "AT_ONCE", 3 * 4 * math.prod(shape))
    assert volumes.log_volumes(decode.float(), codes) == pytest.approx(found, abs=1e-5)


@pytest.mark.parametrize("layer", [Enlarge(4, 1), KeepSize(4, 1, 4), KeepSize(4, 3, 5)])
def test_plain_layers_compute_the_same_and_leave_the_network_as_it_was(layer):
    network = torch.nn.Sequential(layer, torch.nn.Sigmoid()).eval()
    maps, kind = torch.randn(3, 4, 5, 5), type(layer)
    assert torch.allclose(plain(network)(maps), network(maps), atol=1e-6)
    assert type(layer) is kind


def test_jacobians_without_rank_count_with_the_floor_and_are_told(caplog):
    matrix = np.array([[3.0, 0], [4, 0], [0, 0]])  # singular values 5 and 0
    with caplog.at_level(logging.WARNING):
        found = volumes.log_volumes(linear(matrix, np.zeros(3)), np.zeros((4, 2)))
    assert found == pytest.approx(2 * np.log(5) + np.log(volumes.FLOOR))
    assert "4 of 4 Jacobians of the decoder lack rank" in caplog.text
    assert np.isfinite(volumes.log_volumes(linear(0 * matrix, np.zeros(3)), np.zeros((1, 2)))).all()


def test_codes_longer_than_items_and_broken_decoders_are_refused():
    with pytest.raises(ValueError, match="codes of 3 dimensions for items of 2.* or fewer"):
        volumes.log_volumes(linear(np.ones((2, 3)), np.zeros(2)), np.zeros((1, 3)))
    with pytest.raises(ValueError, match="a derivative of the decoder is not finite"):
        volumes.log_volumes(linear(np.full((3, 2), np.nan), np.zeros(3)), np.zeros((1, 2)))


def test_separation_is_that_of_all_pairs_and_of_all_thresholds():
    scores, inside = rng().normal(size=60).round(1), rng(1).random(60) < 0.3
    scores[inside] -= 1  # with ties
    pairs = [(a < b) + 0.5 * (a == b) for a in scores[inside] for b in scores[~inside]]
    precision, before = 0.0, 0.0
    for threshold in np.unique(scores):
        taken = scores <= threshold
        recall = (taken & inside).sum() / inside.sum()
        precision += (recall - before) * (taken & inside).sum() / taken.sum()
        before = recall
    found = separation.separation(scores, inside)
    assert found == pytest.approx({"auc": np.mean(pairs), "average_precision": precision})
    assert found["auc"] > 0.7


def test_nothing_is_told_apart_where_all_are_of_the_class_or_none():
    for inside in (np.ones(3, bool), np.zeros(3, bool)):
        with pytest.raises(ValueError, match="of 3 items of the class; wanted some"):
            separation.separation(np.arange(3), inside)


def test_rows_have_every_score_and_chance():
    inside = np.arange(20) < 5
    rows = separation.records({"full": np.arange(20.0), "kde": -np.arange(20.0)}, inside)
    values = {(row["score"], row["metric"]): row["value"] for row in rows}
    assert values["full", "auc"] == values["full", "average_precision"] == 1
    assert values["kde", "auc"] == 0
    assert values[novelty.CHANCE, "auc"] == 0.5
    assert values[novelty.CHANCE, "average_precision"] == 0.25


def test_densities_of_codes_tell_what_is_far_from_them_in_any_units():
    known = rng().normal(size=(200, 2))
    codes = np.concatenate([rng(1).normal(size=(50, 2)), rng(2).normal(6, 1, (50, 2))])
    units = np.diag([1e-3, 1e3])
    for scale in (np.eye(2), units):
        found = one_class.of_densities(known @ scale, codes @ scale, rng())
        assert set(found) == {"gmm", "kde"}
        for scores in found.values():
            assert separation.separation(scores, np.arange(100) < 50)["auc"] > 0.99


def test_codes_of_an_encoder_that_has_collapsed_have_densities_and_the_log_says_which(caplog):
    line = np.array([[1.0, -2.0]])
    known, codes = rng().normal(size=(200, 1)) @ line, rng(1).normal(size=(50, 1)) @ line
    codes[25:] += [10, 0]
    with caplog.at_level(logging.WARNING):
        found = one_class.of_densities(known.astype(np.float32), codes, rng())
    for scores in found.values():
        assert separation.separation(scores, np.arange(50) < 25)["auc"] > 0.99
    assert "the density by kernels is of standardised codes: codes of 2 dim" in caplog.text


def test_extremes_are_the_ends_of_an_order():
    scores = np.array([3.0, 0, 5, 1, 4, 2, -9])
    low, high = novelty.extremes(scores, np.arange(6), 2)
    assert list(low) == [1, 3]
    assert list(high) == [2, 4]
    with pytest.raises(ValueError, match="got 6 test images to show 4 .*of 3 images at most"):
        novelty.extremes(scores, np.arange(6), 4)
