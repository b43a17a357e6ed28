"""Folders that are named as parts of a data set are no classes, and classes are no parts."""

import subprocess
import sys

import numpy as np
import pytest
from conftest import ROOT
from expost import datasets
from PIL import Image


def put(root, *names):
    for name in names:
        for i in range(5):
            (root / name).mkdir(parents=True, exist_ok=True)
            Image.fromarray(np.full((4, 4), i, np.uint8)).save(root / name / f"{i}.png")


@pytest.mark.parametrize(
    "names",
    [
        *(("Train", "Test"), ("TRAIN", "TEST"), ("training", "testing"), ("train_set", "test_set")),
        *(("Training Images", "Test Images"), ("trainset", "testset"), ("train-data", "test-data")),
        *(("train", "Test"), ("Train", "Val"), ("train", "valid"), ("Training", "Validation")),
        *(("train", "dev"), ("train", "eval"), ("train", "hold-out"), ("dev", "eval")),
        *(("seg_train", "seg_test", "seg_pred"), ("mnist-training", "mnist-testing")),
        *(
            ("trainA", "trainB", "testA", "testB"),
            ("train2017", "val2017"),
            ("01_train", "02_test"),
        ),
        *(("cats_train", "cats_test", "dogs_train", "dogs_test"), ("Training",), ("Test", "cats")),
    ],
)
def test_parts_of_any_spelling_are_refused(names, tmp_path):
    put(tmp_path / "mine", *names)
    mine = datasets.build("folder", path="mine")
    with pytest.raises(ValueError, match=f"mine has .*{names[0]}.* wanted both train and test"):
        mine.load(tmp_path)
    with pytest.raises(ValueError, match="wanted both train and test"):  # also when planning
        mine.state(tmp_path)


@pytest.mark.parametrize(
    "names",
    [
        *(("trainer", "sandal"), ("test tube", "beaker"), ("trains", "tests"), ("dev", "ops")),
        *(
            ("valid", "invalid"),
            ("Bus", "Car", "Train"),
            ("protest", "contest"),
            ("test1", "test2"),
        ),
        *(("training shoe", "test strip"), ("latest", "trained"), ("0", "1"), ("evaluated", "x")),
    ],
)
def test_classes_with_such_words_in_them_are_classes(names, tmp_path):
    put(tmp_path / "mine", *names)
    labels = datasets.build("folder", path="mine").load(tmp_path)["labels_train"]
    assert set(labels) == set(range(len(names)))


def test_parts_inside_classes_are_refused(tmp_path):
    put(tmp_path / "mine", "cats/train", "cats/test", "dogs/train", "dogs/test")
    with pytest.raises(ValueError, match="mine/cats has test, train, named .* as train/cats"):
        datasets.build("folder", path="mine").load(tmp_path)


def test_train_and_test_are_the_parts(tmp_path):
    put(tmp_path / "mine", "train/cats", "train/Test", "test/cats", "test/Test")
    arrays = datasets.build("folder", path="mine").load(tmp_path)
    assert arrays["labels_test"].tolist() == [0] * 5 + [1] * 5


def test_no_name_takes_for_ever():
    words = ("data", "set", "dataset", "images", "part", "2017", "files")
    names = [word * (250 // len(word)) + "!x" for word in words]
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'workflow')!r})\n"
        "from expost.datasets import part_names\n"
        f"print({{*map(part_names.meaning, {names})}})"
    )
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.strip() == "{None}"
