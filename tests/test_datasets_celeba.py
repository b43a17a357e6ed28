"""CelebA's archive and lists are read together, and every damage to them is found and named."""

import io
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
from expost import datasets
from expost.datasets.celeba import read_faces
from expost.datasets.celeba_lists import read_attributes, read_partition
from expost.io.download import fetch
from PIL import Image

PARTS = [0, 0, 1, 2, 0]  # of images 000001.jpg, ...
NAMES = [f"{i + 1:06}.jpg" for i in range(len(PARTS))]
FLAGS = np.array([[1, 0], [0, 0], [1, 1], [0, 1], [1, 0]])


def jpeg(grey, size=(178, 218), mode="RGB", kind="JPEG"):
    """A picture that is black but for its central 140 x 140."""
    picture = Image.new("L", size)
    picture.paste(grey, (19, 39, 19 + 140, 39 + 140))
    buffer = io.BytesIO()
    picture.convert(mode).save(buffer, kind, quality=95)
    return buffer.getvalue()


def put_zip(path, contents):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(f"img_align_celeba/{name}", content)


@pytest.fixture
def folder(tmp_path):
    put_zip(tmp_path / "img_align_celeba.zip", {n: jpeg(50 * i) for i, n in enumerate(NAMES)})
    lines = [f"{name} {part}\r\n" for name, part in zip(NAMES, PARTS, strict=True)]
    (tmp_path / "list_eval_partition.txt").write_bytes("".join(lines).encode())
    values = [" ".join("1" if flag else "-1" for flag in flags) for flags in FLAGS]
    rows = [f"{name}  {row} " for name, row in zip(NAMES, values, strict=True)]
    text = "\n".join(["5", "Bald Eyeglasses ", *rows, ""])
    (tmp_path / "list_attr_celeba.txt").write_text(text)
    return tmp_path


@pytest.fixture
def small(monkeypatch):
    dataset = datasets.build("celeba")
    monkeypatch.setattr(dataset, "counts", (3, 1), raising=False)
    return dataset


def test_celeba_is_the_published_split_with_its_attributes_and_no_labels(small, folder):
    arrays = small.load(folder)
    assert set(arrays) == {
        "images_train", "images_test", "attributes_train", "attributes_test", "attribute_names",
    }  # fmt: skip
    assert arrays["images_train"].shape == (3, 3, 64, 64)
    assert arrays["attribute_names"].tolist() == ["Bald", "Eyeglasses"]
    np.testing.assert_array_equal(arrays["attributes_train"], FLAGS[[0, 1, 4]])
    np.testing.assert_array_equal(arrays["attributes_test"], FLAGS[[3]])


def test_faces_are_the_central_square_whole(small, folder):
    arrays = small.load(folder)
    for images, greys in ((arrays["images_train"], (0, 50, 200)), (arrays["images_test"], (150,))):
        for image, grey in zip(images.astype(int), greys, strict=True):
            assert (np.abs(image[:, 2:-2, 2:-2] - grey) <= 2).all()
            assert (np.abs(image - grey) <= 0.1 * grey + 2).all()  # JPEG rings at the square's edge


def test_another_size(folder):
    assert read_faces(folder / "img_align_celeba.zip", NAMES[:1], 32).shape == (1, 3, 32, 32)
    with pytest.raises(ValueError, match="size: got None"):
        datasets.build("celeba", size=None)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "There is no item named 'img_align_celeba/000002.jpg'"),
        (b"no picture", "cannot identify image"),
        (jpeg(9)[:-900], "truncated"),
        (jpeg(9, kind="PNG"), "cannot identify image"),
        (jpeg(9, mode="L"), r"it is L \(178, 218\), wanted RGB"),
        (jpeg(9, size=(109, 218)), r"it is RGB \(109, 218\), wanted RGB \(178, 218\)"),
        (bytes(2_000_000), "it says that it has 2000000 bytes, wanted 1000000 at most"),
    ],
)
def test_an_image_that_is_none_is_named(content, message, folder):
    contents = {name: jpeg(9) for name in NAMES} | {NAMES[1]: content}
    if content is None:
        del contents[NAMES[1]]
    put_zip(folder / "img_align_celeba.zip", contents)
    with pytest.raises(ValueError, match=rf"000002\.jpg in .*{message}.*get the archive again"):
        read_faces(folder / "img_align_celeba.zip", NAMES, 64)


def test_a_changed_byte_in_the_archive_is_named_with_its_image(folder):
    path = folder / "img_align_celeba.zip"
    content = bytearray(path.read_bytes())
    at = content.index(NAMES[3].encode()) + 400
    content[at : at + 20] = bytes(20)
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"000004\.jpg in .*get the archive again"):
        read_faces(path, NAMES, 64)
    path.write_bytes(content[:-100])
    with pytest.raises(ValueError, match=r"img_align_celeba\.zip cannot be read"):
        read_faces(path, NAMES, 64)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("5\n", "6\n", "says that it has '6' images and has 5"),
        ("5\n", "", r"line 3: got '000002"),
        ("-1", "0", r"line 3: got '000001\.jpg  1 0 ', wanted .* 2 times 1 or -1"),
        ("Bald ", "Bald Big ", "line 3: .* 3 times"),
        ("000002", "000001", r"line 4: got '000001\.jpg .*each image once"),
        ("000002.jpg  -1 -1 \n", "\n", "line 4: got ''"),
        ("000002.jpg  -1 -1 \n", "", "says that it has '5' images and has 4"),
    ],
)
def test_a_damaged_list_of_attributes_is_named_with_its_line(old, new, message, folder):
    path = folder / "list_attr_celeba.txt"
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(ValueError, match=rf"list_attr_celeba\.txt.*{message}"):
        read_attributes(path)


@pytest.mark.parametrize("line", ["000002.jpg", "000002.jpg 3", "000001.jpg 0", "", "a b 1"])
def test_a_damaged_partition_is_named_with_its_line(line, folder):
    path = folder / "list_eval_partition.txt"
    path.write_text(path.read_text().replace("000002.jpg 0", line))
    with pytest.raises(ValueError, match=r"list_eval_partition\.txt, line 2: .*get it again"):
        read_partition(path)


def test_empty_lists_are_refused(folder):
    for read in (read_attributes, read_partition):
        (folder / "empty.txt").write_text("")
        with pytest.raises(ValueError, match=r"empty\.txt"):
            read(folder / "empty.txt")


def test_lists_that_do_not_fit_together_name_the_image(small, folder):
    (folder / "list_eval_partition.txt").write_text("000001.jpg 0\n000009.jpg 2\n")
    with pytest.raises(ValueError, match=r"list_attr_celeba\.txt has no row of 000009\.jpg"):
        small.load(folder)


def test_its_files_are_asked_for_by_name_and_place(tmp_path):
    for remote in datasets.build("celeba").files:
        with pytest.raises(FileNotFoundError, match="cannot be downloaded by a program") as error:
            fetch(remote, tmp_path)
        for part in (
            f"put it into a folder as celeba/{remote.name}",
            "img_align_celeba.zip, list_attr_celeba.txt and list_eval_partition.txt are all needed",
            remote.sha256,
            "set data_dir",
        ):
            assert part in str(error.value)


@pytest.mark.skipif("EXPOST_DATA_DIR" not in os.environ, reason="EXPOST_DATA_DIR is not set")
def test_the_first_published_rows_are_read():
    folder = Path(os.environ["EXPOST_DATA_DIR"], "celeba")
    names, rows = read_attributes(folder / "list_attr_celeba.txt")
    assert len(names) == 40
    counts = dict(zip(names, np.sum(list(rows.values()), axis=0, dtype=int), strict=True))
    assert (counts["Eyeglasses"], counts["Male"], counts["Smiling"]) == (674, 4217, 4822)
    assert set(read_partition(folder / "list_eval_partition.txt")) == set(rows)
