"""SVHN's MATLAB files are read as they were written, and every damage to them is found."""

import os
from pathlib import Path

import numpy as np
import pytest
from expost import datasets
from expost.datasets import matlab5
from expost.datasets.svhn import read_mat
from scipy.io import loadmat, savemat

RNG = np.random.default_rng(0)


def put_mat(path, images, digits, **others):
    """Images (n, 3, 32, 32) and digits 0..9 as SVHN has them."""
    labels = np.where(digits == 0, 10, digits).astype(np.uint8)[:, None]
    savemat(path, {"X": images.transpose(2, 3, 1, 0), "y": labels} | others, do_compression=True)


@pytest.fixture
def small(tmp_path, monkeypatch):
    """SVHN with 6 training and 4 test images in `tmp_path`, and what these are."""
    dataset = datasets.build("svhn")
    monkeypatch.setattr(dataset, "counts", (6, 4), raising=False)
    made = {}
    for part, n in (("train", 6), ("test", 4)):
        images = RNG.integers(256, size=(n, 3, 32, 32), dtype=np.uint8)
        made |= {f"images_{part}": images, f"labels_{part}": np.arange(n) * 2 % 10}
        put_mat(tmp_path / f"{part}_32x32.mat", images, made[f"labels_{part}"])
    return dataset, made


def test_svhn_is_made_of_its_two_files_and_ten_is_zero(small, tmp_path):
    dataset, made = small
    arrays = dataset.load(tmp_path)
    assert set(arrays) == {*made, "class_names"}
    for name, array in made.items():
        np.testing.assert_array_equal(arrays[name], array)
    assert 0 in arrays["labels_train"]


def test_a_file_cut_or_changed_anywhere_is_named(small, tmp_path):
    path = tmp_path / "train_32x32.mat"
    content = path.read_bytes()
    cut = [content[:stop] for stop in (0, 1, 100, 127, 128, 140, len(content) // 2)]
    cut += [b"no matlab file" * 99, content[:300] + b"\xff" * 20 + content[320:]]
    for damaged in cut:
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match=r"train_32x32\.mat .*get it again"):
            read_mat(path, 6)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"X": np.zeros((32, 32, 3, 7), np.uint8), "y": np.ones((7, 1), np.uint8)}, "3, 7"),
        ({"X": np.zeros((28, 28, 3, 6), np.uint8)}, "28, 28"),
        ({"X": np.zeros((32, 32, 3, 2))}, "double"),
        ({"y": np.ones((5, 1), np.uint8)}, "5, 1"),
        ({"y": np.array([[1, "b"]], object)}, "cell"),
        ({"X": {"a": 1}}, "struct"),
    ],
)
def test_other_arrays_than_wanted_are_refused(change, found, tmp_path):
    arrays = {"X": np.zeros((32, 32, 3, 6), np.uint8), "y": np.ones((6, 1), np.uint8)}
    savemat(tmp_path / "odd.mat", arrays | change)
    with pytest.raises(ValueError, match=rf"odd\.mat holds .*{found}.*wanted X, uint8"):
        read_mat(tmp_path / "odd.mat", 6)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("shape", [(1, 1), (3, 1), (4, 1), (5, 6), (2, 3, 4, 5), (0, 3)])
def test_arrays_of_bytes_are_read_as_scipy_reads_them(shape, packed, tmp_path):
    values = RNG.integers(256, size=shape, dtype=np.uint8)
    others = {"text": "abc", "number": 1.5, "cells": np.array([[1, "b"]], object)}
    savemat(tmp_path / "x.mat", {"name": values} | others, do_compression=packed)
    found = {array.name: array for array in matlab5.arrays(tmp_path / "x.mat", 10_000)}
    assert {name: array.kind for name, array in found.items()} == {
        **{"name": "uint8", "text": "char", "number": "double", "cells": "cell"}
    }
    np.testing.assert_array_equal(found["name"].values, loadmat(tmp_path / "x.mat")["name"])


@pytest.mark.parametrize("label", [0, 11])
def test_labels_beyond_the_ten_digits_are_refused(label, tmp_path):
    arrays = {"X": np.zeros((32, 32, 3, 2), np.uint8), "y": np.uint8([[1], [label]])}
    savemat(tmp_path / "odd.mat", arrays)
    with pytest.raises(ValueError, match=r"odd\.mat has labels .*wanted 1\.\.10"):
        read_mat(tmp_path / "odd.mat", 2)


@pytest.mark.skipif("EXPOST_DATA_DIR" not in os.environ, reason="EXPOST_DATA_DIR is not set")
def test_the_first_published_test_images_are_read():
    path = Path(os.environ["EXPOST_DATA_DIR"], "svhn/test_32x32_first10000.mat")
    images, digits = read_mat(path, 10_000)
    assert images.shape == (10_000, 3, 32, 32)
    assert np.bincount(digits).tolist() == [684, 1968, 1590, 1104, 964, 909, 773, 767, 621, 620]
