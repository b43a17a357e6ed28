"""Which groups a data set's images can be asked for by, as far as that is known before loading."""

import numpy as np
import pytest
from expost import datasets


def save(path, **known):
    images = np.zeros((4, 1, 8, 8), np.uint8)
    np.savez(path, images_train=images, images_test=images, **known)


@pytest.mark.parametrize("name", ["digits", "mnist", "fashion_mnist", "svhn", "cifar10"])
def test_labelled_data_sets_have_their_classes(name):
    assert datasets.build(name).groups() == tuple(range(10))


def test_faces_are_asked_for_by_the_papers_attributes():
    assert datasets.build("celeba").groups() == ("Eyeglasses", "Male", "Smiling")


@pytest.mark.parametrize("parts", ["", "train/"])
def test_a_folder_has_its_classes_or_nothing_to_ask_for(parts, tmp_path):
    mine = datasets.build("folder", path="mine")
    assert mine.groups(tmp_path) is None  # it is not there
    (tmp_path / "mine" / parts / ".hidden").mkdir(parents=True)
    assert mine.groups(tmp_path) == ()
    for name in ("cats", "dogs"):
        (tmp_path / "mine" / parts / name).mkdir()
    assert mine.groups(tmp_path) == (0, 1)


def test_an_archive_has_what_it_holds(tmp_path):
    mine = datasets.build("npz", path="mine.npz")
    assert mine.groups(tmp_path) is None
    save(tmp_path / "mine.npz")
    assert mine.groups(tmp_path) == ()
    labels = np.array([2, 0, 1, 2])
    save(tmp_path / "mine.npz", labels_train=labels, labels_test=labels)
    assert mine.groups(tmp_path) == (0, 1, 2)
    names = np.array(["Hat", "Tie"])
    both = {f"attributes_{part}": np.eye(4, 2, dtype=int) for part in ("train", "test")}
    save(tmp_path / "mine.npz", attribute_names=names, **both)
    assert mine.groups(tmp_path) == ("Hat", "Tie")
    (tmp_path / "mine.npz").write_bytes(b"damaged")
    assert mine.groups(tmp_path) is None  # which loading will say
