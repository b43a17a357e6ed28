"""Archives of others: taken as they are, or refused with the reason."""

import logging
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from expost import datasets
from expost.io.files import sha256

RNG = np.random.default_rng(0)


def noise(*shape):
    return RNG.integers(256, size=shape, dtype=np.uint8)


@pytest.fixture
def arrays():
    return {
        "images_train": noise(6, 3, 8, 8),
        "images_test": noise(4, 3, 8, 8),
        "labels_train": np.int32([0, 1, 2, 0, 1, 2]),
        "labels_test": np.int32([0, 1, 2, 0]),
        "attributes_train": RNG.integers(2, size=(6, 2)),
        "attributes_test": RNG.integers(2, size=(4, 2)).astype(bool),
        "attribute_names": np.array(["smiling", "glasses"]),
        "class_names": np.array(["ant", "bee", "cow"]),
    }


def load(tmp_path, arrays, **options):
    np.savez(tmp_path / "a.npz", **arrays)
    return datasets.build("npz", path="a.npz", **options).load(tmp_path)


def test_npz_gives_back_what_it_holds(tmp_path, arrays):
    got = load(tmp_path, arrays)
    assert set(got) == set(arrays)
    assert all(np.array_equal(got[key], arrays[key]) for key in arrays)
    assert got["labels_test"].dtype == np.int64
    assert got["attributes_test"].dtype == np.uint8


def test_npz_resizes_and_needs_no_labels(tmp_path, arrays):
    images = {key: arrays[key] for key in ("images_train", "images_test")}
    got = load(tmp_path, images, size=16)
    assert got["images_train"].shape == (6, 3, 16, 16)
    assert set(got) == set(images)


def test_parts_of_different_sizes_are_each_resized(tmp_path, caplog):
    parts = {"images_train": noise(3, 1, 28, 28), "images_test": noise(2, 1, 32, 32)}
    got = load(tmp_path, parts, size=32)
    np.testing.assert_array_equal(got["images_test"], parts["images_test"])
    small = load(tmp_path, parts | {"images_test": noise(2, 1, 28, 28)}, size=32)
    np.testing.assert_array_equal(got["images_train"], small["images_train"])
    assert got["images_train"].shape == (3, 1, 32, 32)
    with pytest.raises(ValueError, match=r"\(1, 28, 28\), .* \(1, 32, 32\) .*: give `size`"):
        load(tmp_path, parts)


def test_npz_names_what_it_does_not_use(tmp_path, arrays, caplog):
    with caplog.at_level(logging.INFO, "expost"):
        assert "identity" not in load(tmp_path, arrays | {"identity": np.arange(6)})
    assert "not used are identity" in caplog.text


def test_npz_takes_no_memory_for_what_it_does_not_use(tmp_path, arrays):
    np.savez_compressed(tmp_path / "a.npz", **arrays, unused=np.zeros(50_000_000, np.uint8))
    tracemalloc.start()
    try:
        assert datasets.build("npz", path="a.npz").load(tmp_path).keys() == arrays.keys()
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"images_test": None, "tset": noise(4, 3, 8, 8)}, "has no images_test; got .*, tset$"),
        ({"images_test": None}, "a.npz has no images_test; got images_train, labels_train"),
        ({"images_test": noise(4, 8, 8, 3)}, "channels seem to come last: save images.transpose"),
        ({"images_test": noise(4, 8, 8)}, r"shape \(4, 8, 8\), wanted uint8 .* save images\[:, No"),
        ({"images_train": np.ones((6, 3, 8, 8))}, "got float64 .* whole numbers 0..255 as uint8"),
        ({"images_train": noise(6, 4, 8, 8)}, "wanted uint8 .n, 1 or 3 channels, height, width"),
        ({"images_test": noise(0, 3, 8, 8)}, "images_test of a.npz: no images"),
        ({"images_test": noise(4, 1, 8, 8)}, r"are \(3, 16, 16\), .* make all grey, or all colour"),
        ({"class_names": np.array(["a", "b"])}, "class_names of a.npz: got 2 names, .* up to 2; w"),
        (
            {"class_names": np.array([b"a", b"b", b"c"])},
            r"got \|S1 of shape \(3,\), wanted strings",
        ),
        ({"class_names": np.array([["a", "b", "c"]])}, r"of shape \(1, 3\), wanted strings"),
        ({"class_names": np.array(["a", "b", "a"])}, "got 'a' and 'a', which look alike"),
        ({"class_names": np.array(["a b", "c", "a_b"])}, "got 'a b' and 'a_b', which look alike"),
        ({"class_names": np.array(["a", "", "b"])}, "got the name '', which shows nothing"),
        (
            {"class_names": np.array(["a"]), "labels_train": None, "labels_test": None},
            "class_names of a.npz: there are no labels to be named",
        ),
        ({"labels_test": None}, "has no labels_test; give labels for both parts or neither"),
        ({"labels_train": np.arange(5)}, r"labels_train of a.npz: got int64 of shape \(5,\)"),
        ({"labels_train": np.ones(6)}, r"got float64 of shape \(6,\), wanted integers"),
        ({"labels_test": np.array([0, 1, -1, 0])}, "got -1, wanted classes 0, 1, 2"),
        ({"attributes_train": None}, "has no attributes_train; give attributes for both"),
        ({"attributes_test": np.zeros((3, 2), int)}, r"attributes_test .*shape \(3, 2\)"),
        ({"attributes_test": np.full((4, 2), -1)}, r"got values -1..-1, wanted 0 or 1"),
        ({"attribute_names": np.array(["one"])}, "2 training and 2 test attributes; wanted one st"),
        ({"attribute_names": None}, "wanted one string per attribute"),
    ],
)
def test_npz_of_another_make_is_refused(change, message, tmp_path, arrays):
    changed = {k: v for k, v in (arrays | change).items() if v is not None}
    with pytest.raises(ValueError, match=message):
        load(tmp_path, changed, size=16)


# NumPy leaves a file open that turns out to be no archive.
def test_npz_truncated_is_named(tmp_path, arrays):
    load(tmp_path, arrays)
    whole = (tmp_path / "a.npz").read_bytes()
    for stop in (0, 10, len(whole) // 2, len(whole) - 1):
        (tmp_path / "a.npz").write_bytes(whole[:stop])
        with pytest.raises(ValueError, match=r"a\.npz is truncated"):
            datasets.build("npz", path="a.npz").load(tmp_path)


def test_npz_is_used_only_with_the_digest_asked_for(tmp_path, arrays):
    np.savez(tmp_path / "a.npz", **arrays)
    digest = sha256(tmp_path / "a.npz")
    load_ = datasets.build("npz", path="a.npz", sha256=digest.upper()).load
    assert "images_train" in load_(tmp_path)
    with pytest.raises(ValueError, match=f"has sha256 {digest}, wanted {'0' * 64}"):
        datasets.build("npz", path="a.npz", sha256="0" * 64).load(tmp_path)


def test_npz_or_data_dir_missing_is_named(tmp_path):
    dataset = datasets.build("npz", path="a.npz")
    with pytest.raises(FileNotFoundError, match=f"{tmp_path}/a.npz does not exist.*data_dir"):
        dataset.load(tmp_path)
    with pytest.raises(
        FileNotFoundError, match=r"the folder .*nowhere, for a\.npz, does not exist"
    ):
        dataset.load(tmp_path / "nowhere")


@pytest.mark.parametrize("kind", ["npz", "vectors"])
def test_a_folder_is_no_archive(kind, tmp_path):
    (tmp_path / "pictures").mkdir()
    with pytest.raises(ValueError, match="pictures is a folder; wanted a file in NumPy's .npz"):
        datasets.build(kind, path="pictures").state(tmp_path)


def test_npz_path_may_be_absolute(tmp_path, arrays):
    np.savez(tmp_path / "a.npz", **arrays)
    absolute = datasets.build("npz", path=str(tmp_path / "a.npz"))
    assert absolute.paths(Path("elsewhere")) == (tmp_path / "a.npz",)
