"""Of many files that are damaged all are named at once, twenty at most."""

import numpy as np
import pytest
from contents import through_file
from expost import datasets
from expost.datasets import celeba, celeba_lists
from expost.io.untrusted import Problems
from hostile import put_zip
from PIL import Image

NOISE = np.random.default_rng(0).integers(256, size=(16, 16), dtype=np.uint8)


def spoil_head(path):
    path.write_bytes(b"no picture")


def spoil_pixels(path):
    path.write_bytes(path.read_bytes()[:-60])


def empty(path):
    path.write_bytes(b"")


def deep(path):
    Image.fromarray(NOISE.astype(np.uint16)).save(path)


def see_through(path):
    Image.fromarray(np.dstack([NOISE] * 4)).save(path)


def folder(root, n):
    for i in range(n):
        place = root / "mine" / ("ant", "bee")[i % 2]
        place.mkdir(parents=True, exist_ok=True)
        Image.fromarray(NOISE).save(place / f"{i:02}.png")
    return sorted((root / "mine").glob("*/*.png"))


@pytest.mark.parametrize("order", [1, -1])
def test_files_damaged_in_several_ways_are_named_together(order, tmp_path):
    """Also where some can be seen by their heads, and some only by their pixels."""
    files = folder(tmp_path, 12)
    kinds = [spoil_head, spoil_pixels, empty, deep, see_through, spoil_pixels][::order]
    for spoil, path in zip(kinds, files, strict=False):
        spoil(path)
    with pytest.raises(ValueError, match="mine: 6 problems") as error:
        datasets.build("folder", path="mine").load(tmp_path)
    for path in files:
        assert (str(path) in str(error.value)) == (path in files[:6])


def test_pixels_alone_are_named_together_too(tmp_path):
    files = folder(tmp_path, 9)
    for path in files[2:5]:
        spoil_pixels(path)
    with pytest.raises(ValueError, match="mine: 3 problems") as error:
        datasets.build("folder", path="mine", size=8).load(tmp_path)
    assert [str(path) in str(error.value) for path in files] == [2 <= i < 5 for i in range(9)]


@pytest.mark.parametrize(("damaged", "named", "last"), [(20, 20, "repair"), (27, 20, "and 7 more")])
@pytest.mark.parametrize("spoil", [spoil_head, spoil_pixels])
def test_twenty_at_most_are_named(spoil, damaged, named, last, tmp_path):
    files = folder(tmp_path, 30)
    for path in files[:damaged]:
        spoil(path)
    with pytest.raises(ValueError, match=f"mine: {damaged} problems") as error:
        datasets.build("folder", path="mine").load(tmp_path)
    assert sum(str(path) in str(error.value) for path in files) == named
    assert last in str(error.value).splitlines()[-1]


def test_images_that_are_too_small_are_named_together(tmp_path):
    files = folder(tmp_path, 8)
    for path in files[:3]:
        Image.fromarray(NOISE[:5]).save(path)
    with pytest.raises(ValueError, match=r"(?s)3 problems.* 16 x 5 pixels, too small") as error:
        datasets.build("folder", path="mine", crop=8).load(tmp_path)
    assert str(error.value).count("too small for crop") == 3


def test_members_of_an_archive_are_named_together(tmp_path):
    face = through_file(lambda file: Image.new("RGB", (178, 218)).save(file, "JPEG"))
    small = through_file(lambda file: Image.new("RGB", (9, 9)).save(file, "JPEG"))
    faces = {"a.jpg": face, "b.jpg": b"none", "c.jpg": small, "d.jpg": face[:200]}
    put_zip(tmp_path / "z.zip", {f"img_align_celeba/{name}": c for name, c in faces.items()})
    with pytest.raises(ValueError, match=r"z\.zip: 4 problems") as error:
        celeba.read_faces(tmp_path / "z.zip", [*faces, "e.jpg"], 8)
    assert [f"{name} in" in str(error.value) for name in [*faces, "e.jpg"]] == [False] + [True] * 4


@pytest.mark.parametrize(
    ("read", "head", "good"),
    [
        (celeba_lists.read_partition, "", "{}.jpg 0\n"),
        (celeba_lists.read_attributes, "30\nHat Tie\n", "{}.jpg 1 -1\n"),
    ],
)
def test_lines_of_a_list_are_named_together(read, head, good, tmp_path):
    lines = [good.format(i) for i in range(30)]
    path = tmp_path / "list.txt"
    lines[3] = lines[7] = "x.jpg 5\n"
    path.write_text(head + "".join(lines))
    first = head.count("\n") + 1
    with pytest.raises(ValueError, match="2 problems") as error:
        read(path)
    assert f"line {first + 3}:" in str(error.value)
    assert f"line {first + 7}:" in str(error.value)
    path.write_text(head + "x.jpg 5\n" * 30)
    with pytest.raises(ValueError, match=r"(?s)30 problems.*and 10 more$"):
        read(path)


def test_one_problem_is_said_plainly():
    problems = Problems()
    problems.refuse("here")
    with problems.caught():
        raise ValueError("this one")
    with pytest.raises(ValueError, match="^this one$"):
        problems.refuse("here")
    with pytest.raises(TypeError), problems.caught():
        raise TypeError("a mistake of ours")
