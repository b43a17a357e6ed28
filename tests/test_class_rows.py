"""Images of one class: which are trained on, which are held out, what the class is called."""

import numpy as np
import pytest
from expost.datasets import class_rows
from expost.io import files

LABELS = np.array([2, 0, 2, 1, 2, 2, 0, 2])


@pytest.fixture
def archive(tmp_path):
    def made(**arrays):
        files.save_npz(tmp_path / "data.npz", **arrays)
        return tmp_path / "data.npz"

    return made


def test_rows_are_those_of_the_class(archive):
    path = archive(labels_train=LABELS, labels_test=LABELS[::-1].copy())
    assert class_rows.rows(path, "train", 2).tolist() == [0, 2, 4, 5, 7]
    assert class_rows.rows(path, "test", 0).tolist() == [1, 6]


def test_what_is_held_out_is_of_the_class_and_not_trained_on(archive):
    path, found = archive(labels_train=LABELS), set()
    for seed in range(8):
        trained, held_out = class_rows.parts(path, "d", seed, 2, 2)
        assert len(held_out) == 2
        assert sorted([*trained, *held_out]) == [0, 2, 4, 5, 7]
        found.add(tuple(sorted(held_out)))
        again = class_rows.parts(path, "d", seed, 2, 2)
        assert all(map(np.array_equal, again, (trained, held_out)))
    assert len(found) > 3  # seeds differ
    assert len(class_rows.parts(path, "d", 0, 2, 0)[1]) == 0


def test_classes_that_are_not_there_and_too_few_images_are_refused(archive):
    path = archive(labels_train=LABELS)
    with pytest.raises(ValueError, match="got the group 3, to which none of 8 train images"):
        class_rows.rows(path, "train", 3)
    with pytest.raises(ValueError, match="class 0 of d has 2 training images, of which 2 should"):
        class_rows.parts(path, "d", 0, 0, 2)
    with pytest.raises(ValueError, match="got of_class 1, and data without labels"):
        class_rows.rows(archive(images=LABELS), "train", 1)


def test_a_class_is_called_by_its_name_or_its_number(archive):
    assert class_rows.name(archive(labels_train=LABELS), 2) == "2"
    names = np.array(["cat", "dog", "cow"])
    assert class_rows.name(archive(labels_train=LABELS, class_names=names), 1) == "dog"
