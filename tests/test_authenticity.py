"""Authenticity and distance to training: known values, copies, duplicates."""

import numpy as np
import pytest
from expost.metrics.authenticity import authenticity
from expost.metrics.copying_search import search
from expost.metrics.nearest_training import nearest_training
from scipy.special import betainc

RNG = np.random.default_rng


def torus(points):
    """Points of [0, 1)^d with their images beyond the faces: no edge that a neighbour lacks at."""
    d = points.shape[1]
    steps = np.stack(np.meshgrid(*[[-1, 0, 1]] * d), axis=-1).reshape(-1, d)
    images = (points[None] + steps[:, None]).reshape(-1, d)
    return images[((images > -0.3) & (images < 1.3)).all(axis=1)]


def score(training, generated, real=None):
    return authenticity(search(training, generated if real is None else real, generated))


@pytest.mark.parametrize("d", [1, 2, 3])
def test_equal_laws_have_the_known_share(d):
    """Uniform points: one minus the share of mutual nearest neighbours, a ball over two balls."""
    expected = 1 - 1 / (2 - betainc((d + 1) / 2, 0.5, 0.75))
    rng = RNG(d)
    found = np.mean([score(torus(rng.random((500, d))), rng.random((500, d))) for _ in range(8)])
    assert found == pytest.approx(expected, abs=0.03)
    assert expected == pytest.approx({1: 0.333, 2: 0.378, 3: 0.407}[d], abs=1e-3)


def test_hubs_raise_it():
    """Central points of a normal law in many dimensions are near to each other and to all."""
    found = np.mean([score(*RNG(s).normal(size=(2, 1000, 20))) for s in range(5)])
    assert found == pytest.approx(0.73, abs=0.03)


def test_by_hand():
    training = np.array([[0.0], [1.0], [5.0]])
    # -0.9 is nearer to 0 than 1 is; -1.1 is not; 4 is nearer to 5 than 1 is; 9.5 is not.
    assert score(training, np.array([[-0.9], [-1.1], [4.0], [9.5]])) == 0.5
    assert score(training, np.array([[-1.0]])) == 0  # a tie is no proof
    assert score(training / 7 + 10, np.array([[-1.0]]) / 7 + 10) == 0


@pytest.mark.parametrize("values", [3, 6])
def test_it_is_the_definition_and_no_tie_is_authentic(values):
    """Whole numbers tie exactly; divided, their distances round to different numbers."""
    rng = RNG(values)
    training, generated = rng.integers(0, values, (30, 3)), rng.integers(0, values, (200, 3))
    across, among = (
        ((x[:, None] - training) ** 2).sum(axis=2).astype(float) for x in (generated, training)
    )
    np.fill_diagonal(among, np.inf)
    lonely = np.array([among.min(axis=1)[row == row.min()].max() for row in across])
    wanted = np.mean(across.min(axis=1) > lonely)
    assert 0 < wanted < 1
    assert score(training / 7 + 100, generated / 7 + 100) == wanted


@pytest.mark.parametrize("copies", [1, 2, 5])
def test_a_copy_is_never_authentic(copies):
    training = (100 * RNG(0).normal(size=(80, 30))).astype(np.float32)
    assert score(np.repeat(training, copies, axis=0), RNG(1).permutation(training)) == 0
    assert score(training, np.repeat(training[:4], 20, axis=0)) == 0


def test_a_near_copy_of_a_duplicate_hides_behind_its_twin():
    """As defined: the twin is nearer still. C_T and the distance see such copies."""
    training = RNG(0).normal(size=(80, 5))
    near = training + 1e-3
    assert score(training, near) == 0
    assert score(np.repeat(training, 2, axis=0), near) == 1


def test_far_from_the_data_all_is_authentic():
    training, generated = RNG(0).normal(size=(2, 300, 3))
    assert score(training, generated + 20) == 1


def test_half_copied_is_half_of_what_it_was():
    training, generated = RNG(0).normal(size=(2, 1000, 6))
    mixed = np.concatenate([training[:500], generated[500:]])
    assert score(training, mixed) == pytest.approx(score(training, generated) / 2, abs=0.03)


# Distance to training


def test_distance_to_training_by_hand():
    training = np.array([[0.0, 0], [10, 0]])
    real, generated = np.array([[1.0, 0], [10, 3]]), np.array([[0.0, 3], [14, 0], [10, 5]])
    assert nearest_training(search(training, real, generated)) == pytest.approx(4 / 2)


def test_distance_to_training_of_copies_equals_and_strangers():
    training, real, generated = RNG(0).normal(size=(3, 800, 4))
    found = search(training, real, generated)
    assert nearest_training(found) == pytest.approx(1, abs=0.05)
    assert nearest_training(search(training, real, training)) == 0
    assert nearest_training(search(training, real, generated + 5)) > 5
    assert nearest_training(search(*(3 * x + 1 for x in (training, real, generated)))) == (
        pytest.approx(nearest_training(found))
    )


def test_distance_to_training_of_one_point_drawn_again_and_again():
    training, real, generated = RNG(0).normal(size=(3, 300, 4))
    points = np.concatenate([training[:1], generated[:1]])
    copied, new = (search(training, real, np.tile(p, (300, 1))) for p in points)
    assert nearest_training(copied) == 0
    gap = np.linalg.norm(training - points[1], axis=1).min()
    usual = np.linalg.norm(real[:, None] - training, axis=2).min(axis=1).mean()
    assert nearest_training(new) == pytest.approx(gap / usual)


def test_distance_to_training_does_not_count_duplicates():
    training, real, generated = RNG(0).normal(size=(3, 300, 4))
    found = nearest_training(search(training, real, generated))
    for again in (
        (training, real, np.tile(generated, (2, 1))),
        (np.tile(training, (3, 1)), real, generated),
    ):
        assert nearest_training(search(*again)) == pytest.approx(found)


def test_test_images_among_the_training_images_are_no_measure():
    training, generated = RNG(0).normal(size=(2, 50, 4))
    with pytest.raises(ValueError, match="each of the real images is a training image too"):
        nearest_training(search(training, training[:20], generated))
