"""What lies in a folder, or in an archive, is part of the input: a change of it runs again."""

import os
import shutil

import numpy as np
import pytest
import yaml
from conftest import snakemake
from expost import datasets
from PIL import Image
from planned import planned

MINE = datasets.build("folder", path="mine", test=2)
LATER = 1_900_000_000  # seconds


def put(path, value=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((8, 8), value, np.uint8)).save(path)


@pytest.fixture
def root(tmp_path):
    """Two classes of three; in the second, links to a file and to a folder elsewhere."""
    for name in ("mine/ant/0", "mine/ant/1", "mine/ant/2", "mine/bee/0", "store/1", "deep/2"):
        put(tmp_path / f"{name}.png")
    (tmp_path / "mine/bee/1.png").symlink_to("../../store/1.png")
    (tmp_path / "mine/bee/deep").symlink_to("../../deep")
    return tmp_path / "mine"


def add(root):
    put(root / "ant/3.png")


def remove(root):
    (root / "ant/0.png").unlink()


def rename(root):
    (root / "ant/0.png").rename(root / "ant/7.png")


def into_another_class(root):
    (root / "ant/0.png").rename(root / "bee/7.png")


def same_size(root):
    """Other pixels in as many bytes, as of BMPs."""
    path = root / "ant/0.png"
    path.write_bytes(path.read_bytes()[:-1] + b"x")


def older(root):
    """As copied from elsewhere with its time."""
    os.utime(root / "ant/0.png", (1, 1))


def behind_a_link(root):
    put(root.parent / "store/1.png", 9)


def in_a_linked_folder(root):
    put(root.parent / "deep/3.png")


def another_target(root):
    shutil.copy2(root.parent / "store/1.png", root.parent / "store/2.png")
    (root / "bee/1.png").unlink()
    (root / "bee/1.png").symlink_to("../../store/2.png")


def a_class(root):
    put(root / "cow/0.png")
    put(root / "cow/1.png")


@pytest.mark.parametrize(
    "change",
    [
        *(add, remove, rename, into_another_class, same_size, older, behind_a_link),
        *(in_a_linked_folder, another_target, a_class),
    ],
)
def test_every_change_of_a_folder_is_another_state(change, root):
    before = MINE.state(root.parent)
    assert MINE.state(root.parent) == before
    change(root)
    assert MINE.state(root.parent) != before


def test_a_link_to_another_folder_is_another_state(root):
    shutil.copytree(root, root.parent / "one", symlinks=True)
    shutil.copytree(root, root.parent / "two", symlinks=True)  # with the same times
    shutil.rmtree(root)
    root.symlink_to("one")
    before = MINE.state(root.parent)
    root.unlink()
    root.symlink_to("two")
    assert MINE.state(root.parent) != before


def test_what_is_not_looked_at_is_no_part_of_the_state(root):
    before = MINE.state(root.parent)
    for name in (".DS_Store", "ant/Thumbs.db", "__MACOSX/x.png"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).touch()
    assert MINE.state(root.parent) == before


def test_a_look_is_of_one_moment(root):
    """So that a plan's numbers of images and its state are of the same folder."""
    now = MINE.as_of_now(root.parent)
    before = now.state(root.parent)
    add(root)
    assert now.counts_in(root.parent) == (4, 2)
    assert now.state(root.parent) == before
    assert MINE.counts_in(root.parent) == (5, 2)
    assert now.class_names(root.parent) == ("ant", "bee")


@pytest.mark.parametrize("kind", ["npz", "vectors"])
def test_another_archive_is_another_state_though_it_is_older(kind, tmp_path):
    mine, path = datasets.build(kind, path="mine.npz"), tmp_path / "mine.npz"
    path.write_bytes(b"one")
    os.utime(path, (LATER, LATER))
    before = mine.state(tmp_path)
    assert mine.state(tmp_path) == before
    path.write_bytes(b"two")
    os.utime(path, (1, 1))
    assert mine.state(tmp_path) != before
    path.rename(tmp_path / "elsewhere.npz")
    path.symlink_to("elsewhere.npz")
    behind = mine.state(tmp_path)
    (tmp_path / "elsewhere.npz").write_bytes(b"three")
    assert mine.state(tmp_path) != behind


def test_downloads_have_no_state():
    assert datasets.build("mnist").state() is None


def test_a_change_makes_the_data_set_again(root, project):
    entries = {
        "mine": {"kind": "folder", "path": "mine", "test": 2},
        "arrays": {"kind": "npz", "path": "arrays.npz"},
    }
    (project / "mine.yaml").write_text(
        yaml.safe_dump({"data_dir": str(root.parent), "datasets": entries})
    )
    images = np.zeros((9, 1, 8, 8), np.uint8)
    np.savez(root.parent / "arrays.npz", images_train=images, images_test=images)
    targets = [f"results/data/{name}.npz" for name in entries]
    asked = ("--configfile=mine.yaml", "--", *targets)
    run = snakemake(project, *asked)
    assert run.returncode == 0, run.stdout
    assert not planned(project, *asked)
    (root / ".DS_Store").write_text("of a file manager")
    assert root.stat().st_mtime > (project / "results/data/mine.npz").stat().st_mtime
    assert not planned(project, *asked)

    put(root.parent / "store/1.png", 9)
    os.utime(root.parent / "store/1.png", (1, 1))
    assert planned(project, *asked) == {"dataset": ["results/data/mine.npz"]}
    images += 1
    np.savez(root.parent / "arrays.npz", images_train=images, images_test=images)
    os.utime(root.parent / "arrays.npz", (1, 1))
    again = planned(project, *asked)
    assert {rule: sorted(made) for rule, made in again.items()} == {"dataset": sorted(targets)}

    (root / "bee/2.png").symlink_to("gone")
    refused = snakemake(project, "--dry-run", *asked)
    assert refused.returncode == 1
    assert f"data set mine: {root}/bee/2.png is a link to gone, which is not" in refused.stdout, (
        refused.stdout
    )
