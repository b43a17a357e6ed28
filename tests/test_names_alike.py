"""Names of classes that could be taken for each other are refused, before anything is run."""

import unicodedata

import numpy as np
import pytest
from expost import datasets
from expost.datasets import image_groups
from expost.study import data_sets
from test_class_names import described, draw_classes

MINE = {"kind": "folder", "path": "mine"}


@pytest.mark.parametrize(
    "names",
    [
        [unicodedata.normalize(form, "café") for form in ("NFC", "NFD")],
        ["a_b", "a b"],
        ["cat", " cat"],
    ],
)
def test_folders_that_look_alike_are_refused_when_planning(names, tmp_path):
    draw_classes(tmp_path / "mine", *names)
    mine = datasets.build(**MINE, test=2)
    for ask in (mine.state, mine.load):
        with pytest.raises(ValueError, match="which look alike in a figure; rename one"):
            ask(tmp_path)


def test_names_that_differ_in_case_are_two(tmp_path):
    assert described(tmp_path, "[Cat, cat]", "Cat", "cat").targets == ["Cat", "cat"]


def test_not_one_class_is_refused_where_another_is_called_so(tmp_path):
    with pytest.raises(ValueError, match="'not a' .* which is the name of a class and also means"):
        described(tmp_path, "[not a]", "a", "not a", "b")


def test_of_two_classes_not_the_one_is_the_other(tmp_path):
    known = described(tmp_path, "[not hot dog]", "hot dog", "not hot dog")
    assert known.targets == ["not hot dog"]
    data = datasets.build(**MINE, test=2).load(tmp_path)
    found = image_groups.members("not hot dog", data, "train")
    np.testing.assert_array_equal(found, ~image_groups.members("hot dog", data, "train"))


def test_groups_that_nobody_asked_for_mean_one_thing(tmp_path):
    draw_classes(tmp_path / "mine", "not b", "untargeted", "b", "c")
    known = data_sets.describe("mine", MINE, str(tmp_path))
    assert known.targets == ["b", "c"]
    assert known.recombined == ["b", "c"]


def test_attributes_that_are_called_by_numbers_are_found():
    flags = np.array([[0, 1], [1, 0], [1, 1]], np.uint8)
    data = {"attributes_train": flags, "attribute_names": np.array(["0", "1"])}
    for name, wanted in (("0", [0, 1, 1]), ("not 1", [0, 1, 0])):
        np.testing.assert_array_equal(image_groups.members(name, data, "train"), wanted)
