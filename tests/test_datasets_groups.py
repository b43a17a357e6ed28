"""Which groups a data set's images can be asked for by, as far as that is known before loading."""

import numpy as np
import pytest
from expost import datasets


def save(path, **known):
    images = np.zeros((4, 1, 8, 8), np.uint8)
    np.savez(path, images_train=images, images_test=images, **known)


@pytest.mark.parametrize("name", ["digits", "mnist", "svhn"])
def test_classes_of_digits_are_called_by_them(name):
    assert datasets.build(name).groups() == tuple(range(10))
    assert datasets.build(name).class_names() == tuple("0123456789")


@pytest.mark.parametrize(
    ("name", "some"),
    [
        ("fashion_mnist", {0: "T-shirt/top", 4: "Coat", 9: "Ankle boot"}),
        ("cifar10", {0: "airplane", 3: "cat", 9: "truck"}),
    ],
)
def test_published_classes_have_their_published_names(name, some):
    groups = datasets.build(name).groups()
    assert len(set(groups)) == 10
    assert {number: groups[number] for number in some} == some


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
    assert mine.groups(tmp_path) == ("cats", "dogs")


def test_an_archive_has_what_it_holds(tmp_path):
    mine = datasets.build("npz", path="mine.npz")
    assert mine.groups(tmp_path) is None
    save(tmp_path / "mine.npz")
    assert mine.groups(tmp_path) == ()
    labels = np.array([2, 0, 1, 2])
    save(tmp_path / "mine.npz", labels_train=labels, labels_test=labels)
    assert mine.groups(tmp_path) == (0, 1, 2)
    save(
        tmp_path / "mine.npz",
        labels_train=labels,
        labels_test=labels,
        class_names=np.array(["7", "cow", "007"]),
    )
    assert mine.groups(tmp_path) == (7, "cow", "007")
    names = np.array(["Hat", "Tie"])
    both = {f"attributes_{part}": np.eye(4, 2, dtype=int) for part in ("train", "test")}
    save(tmp_path / "mine.npz", attribute_names=names, **both)
    assert mine.groups(tmp_path) == ("Hat", "Tie")
    (tmp_path / "mine.npz").write_bytes(b"damaged")
    assert mine.groups(tmp_path) is None  # which loading will say
