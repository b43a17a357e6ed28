"""MNIST and its likeness: every damage to their files is found."""

import gzip
import os
import struct

import numpy as np
import pytest
from expost import datasets
from expost.datasets.idx import read_idx
from expost.datasets.resize import resize
from expost.io.download import fetch

RNG = np.random.default_rng(0)


def noise(*shape):
    return RNG.integers(256, size=shape, dtype=np.uint8)


def put_idx(path, array, code=8):
    header = bytes((0, 0, code, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape)
    path.write_bytes(gzip.compress(header + array.tobytes(), 1))


def test_idx_is_read_as_it_was_written(tmp_path):
    images, labels = noise(5, 4, 3), noise(5)
    put_idx(tmp_path / "images.gz", images)
    put_idx(tmp_path / "labels.gz", labels)
    np.testing.assert_array_equal(read_idx(tmp_path / "images.gz", 3), images)
    np.testing.assert_array_equal(read_idx(tmp_path / "labels.gz", 1), labels)


def test_idx_truncated_anywhere_is_named(tmp_path):
    path = tmp_path / "images.gz"
    put_idx(path, noise(2, 4, 3))
    packed, content = path.read_bytes(), gzip.decompress(path.read_bytes())
    cut = [packed[:stop] for stop in range(len(packed))]
    cut += [gzip.compress(content[:stop]) for stop in range(len(content))]
    cut += [gzip.compress(content + b"?"), packed[:20] + b"\xff" + packed[21:], b"not gzip"]
    for damaged in cut:
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match=r"images\.gz .*get it again"):
            read_idx(path, 3)


@pytest.mark.parametrize(("array", "code"), [(noise(9), 8), (noise(9, 1, 1), 13)])
def test_idx_of_another_kind_is_refused(array, code, tmp_path):
    put_idx(tmp_path / "images.gz", array, code)
    with pytest.raises(ValueError, match="no IDX file of bytes with 3 axes: it starts with 00 00"):
        read_idx(tmp_path / "images.gz", 3)


@pytest.fixture
def small_mnist(tmp_path, monkeypatch):
    """MNIST with 6 training and 4 test images, in `tmp_path`."""
    dataset = datasets.build("mnist")
    monkeypatch.setattr(dataset, "counts", (6, 4), raising=False)
    for prefix, n in (("train", 6), ("t10k", 4)):
        put_idx(tmp_path / f"{prefix}-images-idx3-ubyte.gz", noise(n, 28, 28))
        put_idx(tmp_path / f"{prefix}-labels-idx1-ubyte.gz", np.arange(n, dtype=np.uint8))
    return dataset


def test_mnist_is_made_of_its_four_files(small_mnist, tmp_path):
    arrays = small_mnist.load(tmp_path)
    assert arrays["images_train"].shape == (6, 1, 32, 32)
    assert arrays["images_test"].shape == (4, 1, 32, 32)
    np.testing.assert_array_equal(arrays["labels_train"], np.arange(6))
    scans = read_idx(tmp_path / "t10k-images-idx3-ubyte.gz", 3)
    np.testing.assert_array_equal(arrays["images_test"], resize(scans[:, None], 32))


def test_mnist_of_another_length_is_refused(small_mnist, tmp_path):
    small_mnist.counts = (60_000, 10_000)
    with pytest.raises(ValueError, match="got 6 training and 4 test images, wanted 60000"):
        small_mnist.load(tmp_path)


def test_mnist_with_a_label_missing_is_refused(small_mnist, tmp_path):
    put_idx(tmp_path / "train-labels-idx1-ubyte.gz", noise(5))
    with pytest.raises(ValueError, match=r"labels_train .*wanted integers of shape \(6,\)"):
        small_mnist.load(tmp_path)


def test_mnist_without_a_file_says_which(small_mnist, tmp_path):
    (tmp_path / "t10k-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(FileNotFoundError, match=r"t10k-labels-idx1-ubyte\.gz does not exist"):
        small_mnist.load(tmp_path)


@pytest.mark.skipif("EXPOST_DATA_DIR" not in os.environ, reason="EXPOST_DATA_DIR is not set")
@pytest.mark.parametrize("kind", ["mnist", "fashion_mnist"])
def test_the_published_files_load(kind, tmp_path):
    dataset = datasets.build(kind)
    for remote in dataset.files:
        fetch(remote, tmp_path, os.environ["EXPOST_DATA_DIR"], tries=1, timeout=1)
    arrays = dataset.load(tmp_path)
    assert arrays["images_train"].shape == (60_000, 1, 32, 32)
    assert set(arrays["labels_test"]) == set(range(10))
    assert arrays["images_train"].std() > 50
