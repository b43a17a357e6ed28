"""Nearest training points: the definition, ties, exact copies, blocks, memory."""

import tracemalloc

import numpy as np
import pytest
from expost.features.base import Features
from expost.io import files
from expost.metrics import copying_archive, distances, neighbours
from expost.metrics.copying_search import of_both, search

RNG = np.random.default_rng


def squares(x, y):
    return ((x[:, None].astype(float) - y[None]) ** 2).sum(axis=2)


def slow(training, real, generated):
    """Of whole numbers, whose distances tie or do not."""
    among, across = squares(training, training), squares(generated, training)
    np.fill_diagonal(among, np.inf)
    lonely = among.min(axis=1)
    own = [lonely[row == row.min()].max() for row in across]
    return squares(real, training).min(axis=1), across.min(axis=1), np.array(own)


@pytest.fixture(params=[(16, 32), (distances.TILE, neighbours.BLOCK)])
def tile(request, monkeypatch):
    monkeypatch.setattr(distances, "TILE", request.param[0])
    monkeypatch.setattr(neighbours, "BLOCK", request.param[1])


@pytest.mark.parametrize("values", [2, 3, 6, 1000])  # few values: many ties and duplicates
def test_the_search_is_the_definition(values, tile):
    rng = RNG(values)
    samples = [rng.integers(0, values, (n, 3)) for n in (75, 60, 50)]
    found = search(*(x / 7 + 100 for x in samples))  # equal distances round to different numbers
    wanted = slow(*samples)
    for part, want in zip((found.from_real, found.from_generated, found.own), wanted, strict=True):
        np.testing.assert_allclose(part * 49, want, rtol=1e-6, atol=1e-20)


def test_copies_are_at_distance_exactly_zero(tile):
    training = (1e4 * RNG(0).normal(size=(90, 40)) + 1e5).astype(np.float32)
    found = search(training, training[:9] + 1, RNG(1).permutation(training))
    assert (found.from_generated == 0).all()
    assert found.own.min() > 0
    assert found.from_real == pytest.approx(40, rel=0.01)


def test_a_duplicate_is_its_twins_nearest_neighbour(tile):
    training = RNG(0).normal(size=(40, 5))
    found = search(np.concatenate([training, training[:20]]), training[:6], training)
    assert (found.own[:20] == 0).all()
    assert (found.own[20:] > 0).all()


def test_order_is_nothing(tile):
    samples = [RNG(i).integers(0, 4, (60, 4)).astype(float) for i in range(3)]
    found = search(*samples)
    for part, name in enumerate(("training", "real", "generated")):
        order = RNG(7).permutation(60)
        shuffled = search(*(x[order] if i == part else x for i, x in enumerate(samples)))
        for attribute in ("from_real", "from_generated", "own"):
            moved = name in attribute or (attribute == "own" and name == "generated")
            wanted = getattr(found, attribute)[order if moved else slice(None)]
            np.testing.assert_allclose(getattr(shuffled, attribute), wanted, err_msg=name)


def test_two_training_points_are_enough():
    found = search(np.array([[0.0], [3.0]]), np.array([[1.0]]), np.array([[0.5], [1.5]]))
    assert found.own == pytest.approx([9, 9])
    assert found.from_generated == pytest.approx([0.25, 2.25])


@pytest.fixture(params=[1, 1e-200, 1e200])  # the last two in another unit
def three(request):
    return [RNG(i).normal(size=(n, 3)) * request.param for i, n in enumerate((90, 40, 30))]


def test_what_is_known_of_two_samples_is_what_the_search_finds_of_them(three, tmp_path):
    training, real, generated = three
    files.save_npz(
        tmp_path / "known.npz",
        **copying_archive.compute({"pixels": Features(training)}, {"pixels": Features(real)}),
    )
    kept = copying_archive.load(files.load_npz(tmp_path / "known.npz"))["pixels"]
    found = search(training, real, generated)
    for known in (of_both(training, real), kept):
        again = search(training, real, generated, known)
        assert again.cells is known.cells
        np.testing.assert_array_equal(again.from_real, found.from_real)
        np.testing.assert_array_equal(again.cells(again.real), found.cells(found.real))


def test_what_is_known_in_another_unit_is_found_anew(three):
    training, real, _ = three
    far = np.full((2, 3), 1e250)
    again = search(training, real, far, of_both(training, real))
    np.testing.assert_array_equal(again.from_real, search(training, real, far).from_real)


@pytest.mark.parametrize(("training", "real"), [(89, 40), (90, 39)])
def test_what_is_known_of_others_is_refused(training, real):
    samples = RNG(0).normal(size=(90, 3)), RNG(1).normal(size=(40, 3))
    known = of_both(samples[0][:training], samples[1][:real])
    with pytest.raises(ValueError, match=f"known of {training} training and {real} real points"):
        search(*samples, samples[0], known)


def test_memory_does_not_grow_with_pairs_or_training_points_in_float64():
    training = RNG(0).random((60_000, 50), np.float32)
    tracemalloc.start()
    search(training, training[:300], training[300:600])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < training.nbytes
