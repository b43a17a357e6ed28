"""Vectors of others: taken as numbers, or refused with the reason."""

import hashlib

import numpy as np
import pytest
from expost import datasets

RNG = np.random.default_rng(0)
GOOD = {
    "vectors_train": RNG.standard_normal((6, 3)),
    "vectors_test": RNG.standard_normal((4, 3)),
}


def load(folder, arrays, **options):
    np.savez(folder / "a.npz", **arrays)
    return datasets.build("vectors", path="a.npz", **options).load(folder)


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.int16, np.uint8])
def test_vectors_of_any_real_numbers_come_as_float32(kind, tmp_path):
    arrays = {name: (10 * part).astype(kind) for name, part in GOOD.items()}
    got = load(tmp_path, arrays)
    assert set(got) == set(GOOD)
    for name, part in arrays.items():
        assert got[name].dtype == np.float32
        np.testing.assert_array_equal(got[name], part.astype(np.float32))


def test_what_else_an_archive_holds_is_not_read(tmp_path):
    assert set(load(tmp_path, GOOD | {"names": np.array(["a", "b"])})) == set(GOOD)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"vectors_test": None}, "vectors_test"),
        ({"vectors_test": np.zeros((4, 2))}, "have 3 numbers, test vectors 2"),
        ({"vectors_train": np.zeros(6)}, "vectors_train"),
        ({"vectors_train": np.zeros((2, 3, 1))}, "vectors_train"),
        ({"vectors_train": np.zeros((0, 3))}, "vectors_train"),
        ({"vectors_train": np.zeros((6, 0)), "vectors_test": np.zeros((4, 0))}, "vectors_train"),
        ({"vectors_train": np.full((6, 3), np.nan)}, "vectors_train"),
        ({"vectors_train": np.full((6, 3), np.inf)}, "vectors_train"),
        ({"vectors_train": np.full((6, 3), 1e300)}, "vectors_train"),
        ({"vectors_train": np.full((6, 3), 1j)}, "vectors_train"),
        ({"vectors_train": np.full((6, 3), "a")}, "vectors_train"),
        ({"vectors_train": np.full((6, 3), None)}, "a.npz"),
    ],
)
def test_what_is_no_table_of_numbers_is_refused_by_name(change, word, tmp_path):
    arrays = {name: part for name, part in (GOOD | change).items() if part is not None}
    with pytest.raises(ValueError, match=word):
        load(tmp_path, arrays)


def test_an_archive_of_another_digest_is_refused(tmp_path):
    load(tmp_path, GOOD)
    digest = hashlib.sha256((tmp_path / "a.npz").read_bytes()).hexdigest()
    options = {"path": "a.npz", "sha256": digest.upper()}
    assert datasets.build("vectors", **options).load(tmp_path)
    with pytest.raises(ValueError, match=rf"a\.npz has sha256 {digest}, wanted {'0' * 64}"):
        load(tmp_path, GOOD, sha256="0" * 64)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"a\.npz"):
        datasets.build("vectors", path="a.npz").load(tmp_path)


def test_nothing_is_known_of_vectors_before_they_are_loaded(tmp_path):
    codes = datasets.build("vectors", path="a.npz")
    assert codes.vectors
    assert codes.groups(tmp_path) is None
    assert codes.counts is None
    assert [path.name for path in codes.paths(tmp_path)] == ["a.npz"]
