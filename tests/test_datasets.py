"""Kinds of datasets, the split, resizing, and the digits that come along."""

import re

import numpy as np
import pytest
from expost import datasets
from expost.datasets.resize import resize
from expost.datasets.split import split

OF_ONES_OWN = ("npz", "folder", "vectors", "codes")


def test_an_unknown_kind_or_option_is_named_with_the_known_ones():
    with pytest.raises(ValueError, match=r"'digts'; known are .*digits, fashion_mnist, folder"):
        datasets.build("digts")
    with pytest.raises(ValueError, match=r"'digits' has no option 'sise'.* are size, test"):
        datasets.build("digits", sise=32)
    with pytest.raises(ValueError, match=r"'npz' needs the option 'path'"):
        datasets.build("npz")


@pytest.mark.parametrize("kind", datasets.DATASETS)
def test_a_kind_says_what_it_reads(kind):
    options = {"path": "mine.npy" if kind == "codes" else "mine"} if kind in OF_ONES_OWN else {}
    options |= {"dimension": 8} if kind == "synthetic" else {}
    dataset = datasets.build(kind, **options)
    wanted = {"celeba": 3, "cifar10": 1, "digits": 0, "svhn": 2, "synthetic": 0} | dict.fromkeys(
        OF_ONES_OWN, 1
    )
    assert len(dataset.paths("here")) == wanted.get(kind, 4)
    assert all(path.parts[0] == "here" for path in dataset.paths("here"))
    assert all(re.fullmatch("[0-9a-f]{64}", remote.sha256) for remote in dataset.files)


def test_what_can_be_downloaded_knows_where_it_is_kept():
    for kind in ("mnist", "fashion_mnist", "svhn", "cifar10"):
        for remote in datasets.build(kind).files:
            assert remote.urls()
            assert all(url.endswith(f"/{remote.name}") for url in remote.urls())


@pytest.mark.parametrize("test", [0.25, 25])
def test_a_split_is_disjoint_complete_and_always_the_same(test):
    train, held_out = split(100, test, "a")
    assert (len(train), len(held_out)) == (75, 25)
    np.testing.assert_array_equal(np.sort([*train, *held_out]), np.arange(100))
    np.testing.assert_array_equal(train, split(100, test, "a")[0])
    assert not np.array_equal(train, split(100, test, "b")[0])
    assert not np.array_equal(train, np.sort(train))


@pytest.mark.parametrize("test", [0, 10, -1, 0.01, 0.99])
def test_a_split_leaves_no_part_empty(test):
    with pytest.raises(ValueError, match=r"^test: "):
        split(10, test)


@pytest.mark.parametrize("test", [1.5, True, "800", None])
def test_a_split_refuses_what_is_no_count_and_no_fraction(test):
    with pytest.raises(ValueError, match=f"test: got {test!r}, wanted a number of images or"):
        split(10, test)


def test_resizing_keeps_flat_images_and_channels_apart():
    flat = np.zeros((2, 3, 8, 8), np.uint8) + np.uint8([10, 20, 30])[:, None, None]
    resized = resize(flat, 32)
    assert resized.shape == (2, 3, 32, 32)
    np.testing.assert_array_equal(resized, np.broadcast_to(resized[:1, :, :1, :1], resized.shape))
    np.testing.assert_array_equal(resized[0, :, 0, 0], [10, 20, 30])


def test_enlarging_is_bilinear_between_pixel_centres():
    ramp = np.broadcast_to(np.uint8([0, 80, 160, 240]), (1, 1, 4, 4))
    got = resize(ramp, 8)[0, 0, 3].astype(float)
    wanted = np.interp((np.arange(8) + 0.5) / 2 - 0.5, np.arange(4), [0, 80, 160, 240])
    np.testing.assert_allclose(got, wanted, atol=0.5)


def test_reducing_averages_instead_of_skipping_pixels():
    stripes = np.tile(np.uint8([0, 255]), (1, 1, 32, 16))  # (1, 1, 32, 32)
    inside = resize(stripes, 8)[..., 1:-1]
    np.testing.assert_allclose(inside, 127.5, atol=1)


def test_size_none_and_the_own_size_change_nothing():
    images = np.zeros((2, 1, 8, 8), np.uint8)
    assert resize(images, None) is images
    assert resize(images, 8) is images


@pytest.mark.parametrize("size", [0, -8, 8.0, True, "8"])
def test_a_size_is_a_positive_number(size):
    with pytest.raises(ValueError, match=r"size: got .*, wanted a positive number of pixels"):
        resize(np.zeros((1, 1, 8, 8), np.uint8), size)


@pytest.fixture(scope="module")
def digits():
    return datasets.build("digits").load()


def test_digits_have_the_promised_arrays(digits):
    assert datasets.build("digits").counts == (997, 800)
    assert digits["images_train"].shape == (997, 1, 32, 32)
    assert digits["images_test"].shape == (800, 1, 32, 32)
    for part in ("train", "test"):
        assert digits[f"images_{part}"].dtype == np.uint8
        assert digits[f"labels_{part}"].dtype == np.int64
        assert len(digits[f"labels_{part}"]) == len(digits[f"images_{part}"])
        assert set(digits[f"labels_{part}"]) == set(range(10))


def test_digits_are_scikit_learns_each_once_with_its_label():
    from sklearn.datasets import load_digits

    ours, theirs = datasets.build("digits", size=None, test=0.5).load(), load_digits()
    assert ours["images_train"].max() == 255
    scans = np.concatenate([ours["images_train"], ours["images_test"]]) / (255 / 16)
    labels = np.concatenate([ours["labels_train"], ours["labels_test"]])
    got = np.column_stack([np.rint(scans).reshape(-1, 64), labels])
    wanted = np.column_stack([theirs.data, theirs.target])
    np.testing.assert_array_equal(*(rows[np.lexsort(rows.T)] for rows in (got, wanted)))


def test_digits_are_always_the_same(digits):
    again = datasets.build("digits").load()
    assert all(np.array_equal(digits[key], again[key]) for key in digits)


def test_digits_refuse_a_test_part_of_everything_before_loading():
    with pytest.raises(ValueError, match="1797 of 1797 images leaves 0 for training"):
        _ = datasets.build("digits", test=1797).counts
