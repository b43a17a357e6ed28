"""Links in a folder of images are followed; those that lead nowhere or in a circle are named."""

import os
from itertools import pairwise

import numpy as np
import pytest
from expost import datasets
from PIL import Image

MINE = datasets.build("folder", path="mine", test=2)


@pytest.fixture
def root(tmp_path):
    """Classes ant and bee of 3 flat images each, 10 * class + number, and a folder elsewhere."""
    for place, first in (("mine/ant", 0), ("mine/bee", 10), ("store/deep", 20)):
        (tmp_path / place).mkdir(parents=True)
        for i in range(3):
            flat = np.full((4, 4), first + i, np.uint8)
            Image.fromarray(flat).save(tmp_path / place / f"{first + i}.png")
    return tmp_path / "mine"


def values(root):
    """The grey of each image -> its class."""
    arrays = MINE.load(root.parent)
    parts = [(arrays[f"images_{p}"][:, 0, 0, 0], arrays[f"labels_{p}"]) for p in ("train", "test")]
    return {int(v): int(k) for images, labels in parts for v, k in zip(images, labels, strict=True)}


@pytest.mark.parametrize(
    ("link", "target", "label"),
    [
        ("bee/more", "store", 1),
        ("cow", "store", 2),
        ("ant/a/b", "store/deep", 0),
        ("bee/x.png", "store/deep/21.png", 1),
    ],
)
def test_links_are_followed(link, target, label, root):
    (root / link).parent.mkdir(exist_ok=True)
    (root / link).symlink_to(root.parent / target)
    wanted = {0: 0, 1: 0, 2: 0, 10: 1, 11: 1, 12: 1}
    linked = [21] if target.endswith("png") else [20, 21, 22]
    assert values(root) == wanted | dict.fromkeys(linked, label)
    assert MINE.counts_in(root.parent) == (4 + len(linked), 2)
    assert MINE.groups(root.parent) == ("ant", "bee", "cow")[: max(label, 1) + 1]


def test_a_link_to_the_folder_itself_is_the_folder(root):
    wanted = values(root)
    (root.parent / "real").mkdir()
    root.rename(root.parent / "real" / "mine")
    root.symlink_to("real/mine")
    assert values(root) == wanted


@pytest.mark.parametrize("link", ["cow", "bee/x.png", "ant/deep", "train", "test", "notes"])
def test_a_link_that_leads_nowhere_is_named(link, root):
    (root / link).symlink_to("gone/away")
    for ask in (MINE.load, MINE.state):
        with pytest.raises(ValueError, match=f"mine/{link} is a link to gone/away, which is not"):
            ask(root.parent)
    assert MINE.counts_in(root.parent) is None


def test_several_are_named_at_once(root):
    for i in range(23):
        (root / "bee" / f"gone{i}.png").symlink_to("gone")
    with pytest.raises(ValueError, match="mine: 23 problems") as error:
        MINE.load(root.parent)
    lines = str(error.value).splitlines()
    assert sum("is a link to gone" in line for line in lines) == 20
    assert lines[-1].strip() == "and 3 more"


@pytest.mark.parametrize("target", ["..", "../..", "../ant", "x"])
def test_a_circle_is_refused(target, root):
    (root / "bee" / "x").symlink_to(target)
    if target == "../ant":  # no circle yet
        (root / "ant" / "back").symlink_to("../bee")
    with pytest.raises(ValueError, match=r"mine.*/x.* is a link"):
        MINE.load(root.parent)


def test_hidden_links_are_not_looked_at(root):
    (root / ".gone").symlink_to("gone")
    (root / "bee" / ".circle").symlink_to("..")
    assert len(values(root)) == 6


def test_what_is_neither_file_nor_folder_is_named(root):
    os.mkfifo(root / "bee" / "x.png")
    with pytest.raises(ValueError, match=r"mine/bee/x\.png is neither a file nor a folder"):
        MINE.load(root.parent)


@pytest.mark.parametrize("kind", ["folder", "npz", "vectors"])
def test_a_link_to_a_data_set_that_is_gone_is_said_to_be_one(kind, tmp_path):
    (tmp_path / "mine").symlink_to("gone/away")
    mine = datasets.build(kind, path="mine")
    with pytest.raises(FileNotFoundError, match="mine is a link to gone/away, which is not there"):
        mine.load(tmp_path)


@pytest.mark.parametrize(
    ("link", "target", "same"),
    [
        ("cow", "mine/ant", ("mine/cow", "mine/ant")),  # a class twice
        ("ant/more", "mine/bee", ("mine/ant/more", "mine/bee")),
        ("cow", "store", ("mine/cow/deep", "mine/bee/linked")),
    ],
)
def test_a_folder_that_is_there_twice_is_refused(link, target, same, root):
    if target == "store":
        (root / "bee" / "linked").symlink_to(root.parent / "store/deep")
    (root / link).symlink_to(root.parent / target)
    with pytest.raises(ValueError, match="whose images would count twice; remove one") as error:
        MINE.state(root.parent)
    assert all(f"{root.parent}/{path}" in str(error.value) for path in same)
    assert MINE.counts_in(root.parent) is None


def test_chains_of_links_do_not_multiply(root):
    chain = [root / "bee" / f"d{i}" for i in range(40)]
    for folder in chain:
        folder.mkdir()
    for one, other in pairwise(chain):
        (one / "x").symlink_to(other)
        (one / "y").symlink_to(other)
    with pytest.raises(ValueError, match="mine: 78 problems"):  # not 2 ** 40
        MINE.load(root.parent)


@pytest.mark.parametrize("how", ["symlink_to", "hardlink_to"])
def test_a_picture_that_is_there_twice_is_told(how, root, caplog):
    getattr(root / "bee" / "x.png", how)(root / "ant" / "0.png")
    with caplog.at_level("WARNING", logger="expost"):
        MINE.load(root.parent)
    (line,) = (line for line in caplog.messages if "links to others" in line)
    assert "1 files are links" in line
    assert "as bee/x.png, which is ant/0.png" in line
