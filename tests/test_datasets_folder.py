"""Folders of images: what becomes a class, a part or an error."""

import numpy as np
import pytest
from expost import datasets
from PIL import Image

RNG = np.random.default_rng(0)


def noise(*shape):
    return RNG.integers(256, size=shape, dtype=np.uint8)


def put(path, pixels, **options):
    """Save (h, w) or (h, w, 3 or 4) pixels as an image."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path, **options)


@pytest.fixture
def root(tmp_path):
    """Classes ant (4 images, deep) and bee (6), each image flat grey: 10 * class + number."""
    for label, (name, n) in enumerate([("ant/deep", 4), ("bee", 6)]):
        for i in range(n):
            put(tmp_path / "mine" / name / f"{i}.png", np.full((9, 9), 10 * label + i, np.uint8))
    return tmp_path / "mine"


def folder(root, **options):
    return datasets.build("folder", path=root.name, **options).load(root.parent)


def test_folder_splits_each_image_once_with_its_label(root):
    got = folder(root, test=3)
    assert got["images_train"].shape == (7, 1, 9, 9)
    assert got["images_test"].shape == (3, 1, 9, 9)
    values = np.concatenate([got["images_train"], got["images_test"]])[:, 0, 0, 0]
    labels = np.concatenate([got["labels_train"], got["labels_test"]])
    assert sorted(values) == [0, 1, 2, 3, 10, 11, 12, 13, 14, 15]
    np.testing.assert_array_equal(values // 10, labels)


def test_folder_does_not_depend_on_the_order_of_writing(root):
    before = folder(root)
    first = root / "ant" / "deep" / "0.png"
    content = first.read_bytes()
    first.unlink()
    first.write_bytes(content)
    after = folder(root)
    assert all(np.array_equal(before[key], after[key]) for key in before)


def test_folder_with_train_and_test_is_split_by_them(root):
    parts = root.parent / "parts"
    (parts / "test").mkdir(parents=True)
    root.rename(parts / "train")
    for label, name in enumerate(("ant", "bee")):
        put(parts / "test" / name / "x.png", np.full((9, 9), 100 + label, np.uint8))
    got = folder(parts)
    np.testing.assert_array_equal(got["images_train"][:, 0, 0, 0], [0, 1, 2, 3, *range(10, 16)])
    np.testing.assert_array_equal(got["labels_train"], [0] * 4 + [1] * 6)
    np.testing.assert_array_equal(got["images_test"][:, 0, 0, 0], [100, 101])
    np.testing.assert_array_equal(got["labels_test"], [0, 1])

    put(parts / "test" / "cat" / "x.png", noise(9, 9))
    with pytest.raises(ValueError, match="train and test differ in the class cat"):
        folder(parts)


def test_folder_without_classes_has_no_labels(tmp_path):
    for i in range(5):
        put(tmp_path / "mine" / f"{i}.JPG", noise(8, 8, 3))
    (tmp_path / "mine" / "notes.txt").write_text("not an image")
    (tmp_path / "mine" / "._0.jpg").write_text("not an image either")
    got = folder(tmp_path / "mine")
    assert got["images_train"].shape == (4, 3, 8, 8)
    assert set(got) == {"images_train", "images_test"}


def test_a_class_with_no_images_is_named(root):
    (root / "cow").mkdir()
    (root / "cow" / "readme.txt").write_text("soon")
    with pytest.raises(ValueError, match=r"class 'cow' has no images: .*mine/cow holds none of"):
        folder(root)


def test_hidden_folders_are_no_classes(root):
    put(root / ".cache" / "x.png", noise(9, 9))
    put(root / "bee" / ".cache" / "x.png", noise(9, 9))
    assert sum(len(v) for k, v in folder(root).items() if "labels" in k) == 10


@pytest.mark.parametrize(
    ("made", "message"),
    [
        ("x.png", r"has images \(x.png\) beside folders \(ant\)"),
        ("train/x.png", "has a folder train only; wanted both train and test, or none"),
    ],
)
def test_folders_that_contradict_themselves_are_refused(made, message, root):
    put(root / made, noise(9, 9))
    with pytest.raises(ValueError, match=message):
        folder(root)


def test_folder_refuses_images_beside_train_and_test(tmp_path):
    for made in ("train/x.png", "test/x.png", "val/x.png"):
        put(tmp_path / "mine" / made, noise(9, 9))
    with pytest.raises(ValueError, match="has val beside train and test"):
        folder(tmp_path / "mine")


def test_folder_empty_missing_or_a_file_is_named(tmp_path):
    (tmp_path / "mine").mkdir()
    with pytest.raises(ValueError, match=r"mine has no images of the kinds \.bmp, \.jpeg"):
        folder(tmp_path / "mine")
    with pytest.raises(FileNotFoundError, match=r"yours does not exist.*data_dir"):
        folder(tmp_path / "yours")
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError, match="file is a file; wanted a folder"):
        folder(tmp_path / "file")


def test_mixed_sizes_need_a_size(root):
    put(root / "bee" / "9.png", noise(12, 12))
    with pytest.raises(ValueError, match=r"0\.png is 9 x 9 and 9\.png is 12 x 12; give `size`"):
        folder(root)
    assert folder(root, size=8)["images_train"].shape[1:] == (1, 8, 8)
    assert folder(root, crop=9)["images_train"].shape[1:] == (1, 9, 9)


def test_crop_takes_the_centre_before_resizing(tmp_path):
    pixels = np.zeros((10, 12), np.uint8)
    pixels[3:7, 4:8] = 200  # the centred 4 x 4 square
    for name in ("0.png", "1.png"):
        put(tmp_path / "mine" / name, pixels)
    got = folder(tmp_path / "mine", crop=4, size=8, test=1)["images_train"]
    np.testing.assert_array_equal(got, np.full((1, 1, 8, 8), 200))
    with pytest.raises(ValueError, match=r"0\.png is 12 x 10 pixels, too small for crop: 11"):
        folder(tmp_path / "mine", crop=11)


def test_squeezing_is_told(tmp_path, caplog):
    for name in ("0.png", "1.png"):
        put(tmp_path / "mine" / name, noise(10, 12))
    folder(tmp_path / "mine", size=8, test=1)
    assert "2 of 2 images are not square and are squeezed to 8 x 8; `crop`" in caplog.text


def test_files_that_are_no_images_are_told(root, caplog):
    (root / "ant/deep/notes.txt").touch()
    (root / "list.csv").touch()
    (root / ".hidden").touch()
    folder(root, test=3)
    assert "2 files are no images and left out: " in caplog.text
    assert "notes.txt" in caplog.text
    assert ".hidden" not in caplog.text


def test_colour_is_kept_found_or_converted(root):
    assert folder(root)["images_train"].shape[1] == 1
    assert folder(root, color="rgb")["images_train"].shape[1] == 3
    red = np.zeros((9, 9, 3), np.uint8) + np.uint8([250, 0, 0])
    put(root / "ant" / "red.png", red)
    got = folder(root, test=1)
    images = np.concatenate([got["images_train"], got["images_test"]])
    assert images.shape[1:] == (3, 9, 9)
    assert [250, 0, 0] in images[:, :, 4, 4].tolist()
    assert folder(root, color="grey")["images_train"].shape[1] == 1


@pytest.mark.parametrize(
    ("pixels", "message"),
    [
        (noise(9, 9).astype(np.uint16), r"x\.png has pixels of type I;16, wanted 8 bits a channel"),
        (np.dstack([noise(9, 9, 3), np.full((9, 9), 9, np.uint8)]), r"x\.png is partly transpar"),
    ],
)
def test_images_that_would_change_silently_are_refused(pixels, message, root):
    put(root / "bee" / "x.png", pixels)
    with pytest.raises(ValueError, match=message):
        folder(root)


def test_opaque_images_with_an_alpha_channel_are_read(root):
    put(root / "bee" / "x.png", np.dstack([noise(9, 9, 3), np.full((9, 9), 255, np.uint8)]))
    assert folder(root)["images_train"].shape[1] == 3


def test_several_pictures_in_a_file_are_refused(root):
    pages = [Image.fromarray(noise(9, 9)) for _ in range(2)]
    pages[0].save(root / "bee" / "x.tif", save_all=True, append_images=pages[1:])
    with pytest.raises(ValueError, match=r"x\.tif holds 2 pictures, wanted one"):
        folder(root)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # says Pillow, and goes on
@pytest.mark.parametrize("suffix", ["png", "jpg", "bmp", "webp", "tif"])
def test_a_damaged_image_is_named(suffix, root):
    path = root / "bee" / f"x.{suffix}"
    put(path, noise(9, 9, 3))
    whole = path.read_bytes()
    for stop in (0, 20, len(whole) // 2, len(whole) * 3 // 4):
        path.write_bytes(whole[:stop])
        with pytest.raises(ValueError, match=rf"x\.{suffix} .*repair or remove it"):
            folder(root)


def test_pillows_guard_against_bombs_stays_on(root, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 40)  # refused above twice that
    with pytest.raises(ValueError, match=r"ant/deep/0\.png cannot be read .*exceeds limit"):
        folder(root)


@pytest.mark.parametrize("option", [{"color": "gray"}, {"size": 0}, {"crop": 1.5}])
def test_folder_options_are_checked_when_given(option):
    with pytest.raises(ValueError, match=f"{next(iter(option))}: got .*, wanted"):
        datasets.build("folder", path="mine", **option)
