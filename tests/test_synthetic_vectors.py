"""Vectors of a known dimension: what the network makes, what the seed says, and bad options."""

import numpy as np
import pytest
from expost import datasets
from expost.study import data_sets


def made(**options):
    options = {"dimension": 3, "ambient": 20, "width": 16, "train": 500, "test": 200} | options
    return datasets.build("synthetic", **options).load()


def test_they_are_standardised_by_the_training_part():
    arrays = made()
    train, test = arrays["vectors_train"], arrays["vectors_test"]
    assert (train.shape, test.shape, train.dtype) == ((500, 20), (200, 20), np.float32)
    np.testing.assert_allclose(train.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(train.std(axis=0), 1, atol=1e-6)
    assert np.abs(test.mean(axis=0)).max() < 0.3
    assert (test.std(axis=0) != 1).all()


def test_near_a_vector_others_lie_in_as_many_directions_as_they_have_dimensions():
    """Within a linear piece of the network, differences have the rank of the true dimension."""
    vectors = made(train=60_000, dimension=2)["vectors_train"].astype(float)
    near = np.argsort(((vectors - vectors[0]) ** 2).sum(axis=1))[1:15]
    spectrum = np.linalg.svd(vectors[near] - vectors[0], compute_uv=False)
    assert spectrum[2] < 0.2 * spectrum[1]
    assert np.linalg.matrix_rank(vectors - vectors.mean(axis=0)) > 10  # all of them fill more


def test_of_slope_one_they_are_linear():
    vectors = made(slope=1.0)["vectors_train"].astype(float)
    spectrum = np.linalg.svd(vectors, compute_uv=False)
    assert spectrum[3] < 1e-5 * spectrum[2]


def test_the_seed_says_which():
    first, again, other = made(), made(), made(seed=1)
    np.testing.assert_array_equal(first["vectors_train"], again["vectors_train"])
    assert not np.allclose(first["vectors_train"], other["vectors_train"])


def test_it_is_known_before_it_is_made():
    dataset = datasets.build("synthetic", dimension=8)
    assert dataset.counts_in() == (10_000, 4_000)
    assert dataset.shape_in() == (128,)
    assert dataset.vectors


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"dimension": 0}, "got dimension 0; wanted a whole number of at least 1"),
        ({"ambient": 3}, "got ambient 3; wanted a whole number of at least 4"),
        ({"width": 2}, "got width 2; wanted a whole number of at least 3"),
        ({"slope": 0}, "got slope 0; wanted a number above 0 and of at most 1"),
        ({"train": 1}, "got train 1; wanted a whole number of at least 2"),
        ({"seed": -1}, "got seed -1; wanted a whole number of at least 0"),
    ],
)
def test_options_that_cannot_be_are_refused(options, said):
    with pytest.raises(ValueError, match=said):
        made(**options)


def test_it_wants_its_dimension():
    with pytest.raises(ValueError, match="'synthetic' needs the option 'dimension'"):
        datasets.build("synthetic")


def test_a_data_set_of_one_letter_is_named_too():
    with pytest.raises(ValueError, match=r"needs the option 'dimension' \(data set 's'\)"):
        data_sets.describe("s", {"kind": "synthetic"}, ".")
