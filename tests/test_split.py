"""A random split keeps every class in both parts, in its share, and is the same for ever."""

import numpy as np
import pytest
from expost import datasets
from expost.datasets.split import split, stratified
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

SIZES = st.lists(st.integers(2, 40), min_size=1, max_size=12)


def divided(sizes, test):
    """Labels of the training part and of the test part."""
    labels = np.repeat(np.arange(len(sizes)), sizes)
    names = [f"class{label}" for label in range(len(sizes))]
    train, held = stratified(labels, names, test, "mine")
    assert sorted([*train, *held]) == list(range(len(labels)))
    return labels[train], labels[held]


@given(SIZES, st.floats(0.01, 0.99))
def test_every_class_is_in_both_parts_in_its_share(sizes, share):
    n, classes = sum(sizes), len(sizes)
    count = int(np.clip(round(share * n), classes, n - classes))
    train, held = (np.bincount(part, minlength=classes) for part in divided(sizes, count))
    assert held.sum() == count
    assert min(train.min(), held.min()) >= 1
    exact = np.array(sizes) * count / n
    room = (exact >= 1) & (np.array(sizes) - exact >= 1)
    if room.all():  # or some class gives way to others that need one at least
        assert np.abs(held - exact).max() < 1 + 1e-9


@pytest.mark.parametrize("seed", range(20))
def test_two_images_of_a_class_are_one_on_each_side(seed):
    sizes = np.random.default_rng(seed).permutation([2, 2, 2, 50, 44])
    train, held = divided(sizes, 0.2)
    for label in np.flatnonzero(sizes == 2):
        assert (train == label).sum() == (held == label).sum() == 1


def test_the_same_images_are_held_out_for_ever_and_in_random_order():
    labels = np.repeat([0, 1, 2], [4, 6, 10])
    train, held = stratified(labels, "abc", 0.5, "mine")
    np.testing.assert_array_equal(held, [16, 19, 11, 6, 18, 0, 15, 3, 5, 4])
    assert list(labels[train]) != sorted(labels[train])
    again, _ = stratified(labels, "abc", 0.5, "mine")
    np.testing.assert_array_equal(train, again)


def test_without_classes_the_split_is_as_it_was():
    train, held = split(6, 2, "folder")
    np.testing.assert_array_equal(held, [4, 3])
    np.testing.assert_array_equal(train, [2, 0, 1, 5])


def test_classes_of_one_image_are_named_with_what_to_do():
    with pytest.raises(ValueError, match="class1 has one image, .* remove the class") as error:
        divided([4, 1, 3], 0.2)
    assert "number" not in str(error.value)
    with pytest.raises(ValueError, match="classes of one image: 23 problems") as error:
        divided([1] * 23 + [9], 0.2)
    assert sum("has one image" in line for line in str(error.value).splitlines()) == 20
    assert str(error.value).endswith("and 3 more")


def test_a_class_keeps_images_for_training_or_is_refused():
    with pytest.raises(ValueError, match="leaves 2 for training, .* 3; hold out 6 at most"):
        divided([3, 3, 3], 7)
    train, held = divided([3, 3, 3], 6)
    assert set(train) == set(held) == {0, 1, 2}


def test_many_classes_take_no_time():
    sizes = np.random.default_rng(0).integers(2, 60, size=6000)
    train, held = divided(sizes.tolist(), 0.2)
    assert set(train) == set(held) == set(range(6000))


def test_a_folder_with_a_class_of_one_image_is_refused_when_planning(tmp_path):
    for name, n in (("ant", 5), ("bee", 1), ("cow", 5)):
        (tmp_path / "mine" / name).mkdir(parents=True)
        for i in range(n):
            Image.new("L", (4, 4)).save(tmp_path / "mine" / name / f"{i}.png")
    mine = datasets.build("folder", path="mine")
    for ask in (mine.state, mine.load):
        with pytest.raises(ValueError, match="class bee has one image, .* remove the class"):
            ask(tmp_path)
    assert mine.counts_in(tmp_path) is None
    (tmp_path / "mine/bee/0.png").rename(tmp_path / "mine/ant/5.png")
    (tmp_path / "mine/bee").rmdir()
    assert mine.counts_in(tmp_path) == (9, 2)


def test_classes_that_nothing_is_held_out_of_are_told(tmp_path, caplog):
    for name in ("ant", "bee", "cow"):
        (tmp_path / "mine" / name).mkdir(parents=True)
        for i in range(3):
            Image.new("L", (4, 4)).save(tmp_path / "mine" / name / f"{i}.png")
    mine = datasets.build("folder", path="mine", test=2)
    assert set(mine.load(tmp_path)["labels_train"]) == {0, 1, 2}
    assert "mine: test: 2 leaves nothing for testing of 1 classes, as " in caplog.text
    assert "hold out 3 images or more" in caplog.text
