"""Images that networks cannot take, or that differ: refused when planning, by heads alone."""

import numpy as np
import pytest
from expost import datasets
from expost.datasets import pictures
from expost.study import data_sets
from planning import planned
from test_datasets_folder import noise, put

HERE = {"on": ["mine"]}
SIZES = {"size": 100, "sizes": [100], "draws": 20}


def plan(folder, entry, training=None):
    """Of a data set in a folder."""
    config = HERE | {"datasets": {"mine": entry}, "data_dir": str(folder)}
    return planned(SIZES | {"training": training or {}}, config)


def save(folder, train, test, **more):
    arrays = {"images_train": noise(100, *train), "images_test": noise(40, *test)}
    labels = {f"labels_{part}": np.arange(n) % 2 for part, n in (("train", 100), ("test", 40))}
    whole = {**arrays, **labels, **more}
    np.savez(folder / "mine.npz", **{k: v for k, v in whole.items() if v is not None})
    return {"kind": "npz", "path": "mine.npz"}


def draw(folder, *shapes, n=200):
    for i in range(n):
        put(folder / "mine" / f"{'ab'[i % 2]}" / f"{i:03}.png", noise(*shapes[i % len(shapes)]))
    return {"kind": "folder", "path": "mine", "test": 0.5}


@pytest.mark.parametrize("kind", ["npz", "folder"])
def test_images_that_the_networks_cannot_halve_are_refused_with_a_size_to_set(kind, tmp_path):
    entry = draw(tmp_path, (28, 28)) if kind == "folder" else save(tmp_path, *[(1, 28, 28)] * 2)
    words = "images of 28x28; .* set the data set's `size`, to 32 .*'ae' of .* data set 'mine'"
    with pytest.raises(ValueError, match=words):
        plan(tmp_path, entry)
    assert plan(tmp_path, entry | {"size": 32}).data_sets["mine"].shape == (1, 32, 32)
    assert plan(tmp_path, entry, {"networks": "mlp"}).data_sets["mine"].shape == (1, 28, 28)


@pytest.mark.parametrize("kind", ["mnist", "fashion_mnist", "digits"])
def test_published_images_in_their_own_size_are_refused_too(kind):
    config = HERE | {"datasets": {"mine": {"kind": kind, "size": None}}}
    with pytest.raises(ValueError, match=r"images of (28x28|8x8); .* `size`, to 32"):
        planned(SIZES, config)
    planned(SIZES, HERE | {"datasets": {"mine": {"kind": kind, "size": 16}}})


def test_images_need_not_be_square(tmp_path):
    assert plan(tmp_path, draw(tmp_path, (16, 48))).data_sets["mine"].shape == (1, 16, 48)


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        ([(1, 28, 28), (1, 32, 32)], r"training images are \(1, 28, 28\), test .*: give `size`"),
        ([(1, 32, 32), (3, 32, 32)], r"\(1, 32, 32\), .* \(3, 32, 32\) .* all grey, or all colour"),
        ([(32, 32), (32, 32)], "got uint8 of shape .100, 32, 32., .* save images.:, None."),
        ([(32, 32, 3), (32, 32, 3)], "channels seem to come last"),
    ],
)
def test_an_archives_parts_that_do_not_fit_are_refused(shapes, words, tmp_path):
    with pytest.raises(ValueError, match=f"mine.npz.*{words}.*data set 'mine'"):
        plan(tmp_path, save(tmp_path, *shapes))


def test_an_archives_parts_of_different_sizes_are_planned_with_a_size(tmp_path):
    entry = save(tmp_path, (1, 28, 28), (1, 32, 32)) | {"size": 32}
    assert plan(tmp_path, entry).data_sets["mine"].shape == (1, 32, 32)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"labels_test": np.array(["a"] * 40)}, "labels_test of mine.npz: got <U1 .* class_names"),
        ({"labels_test": np.zeros(39, int)}, r"wanted integers of shape \(40,\)"),
        ({"images_test": noise(40, 1, 32, 32).astype(float)}, "whole numbers 0..255 as uint8"),
        ({"class_names": np.array(["a", "b", "c"])}, "got 3 names, and labels up to 1; wanted 2"),
        ({"images_test": None, "x_test": noise(40, 1, 32, 32)}, "no images_test; got .*, x_test"),
    ],
)
def test_what_is_known_of_an_archives_images_must_fit_them(more, words, tmp_path):
    with pytest.raises(ValueError, match=words):
        plan(tmp_path, save(tmp_path, (1, 32, 32), (1, 32, 32), **more))


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        (((100, 5), (40, 6)), "training vectors have 5 numbers, test vectors 6"),
        (((60,), (40,)), r"vectors_train of mine.npz: got float64 of shape \(60,\), wanted real"),
    ],
)
def test_vectors_that_do_not_fit_are_refused(shapes, words, tmp_path):
    parts = dict(zip(("train", "test"), map(np.ones, shapes), strict=True))
    np.savez(tmp_path / "mine.npz", **{f"vectors_{part}": of for part, of in parts.items()})
    with pytest.raises(ValueError, match=words):
        plan(tmp_path, {"kind": "vectors", "path": "mine.npz"})


def test_mixed_sizes_of_a_folder_need_a_size(tmp_path):
    entry = draw(tmp_path, (32, 32), (48, 48))
    with pytest.raises(ValueError, match=r"images differ in size, .* give `size` to resize them"):
        plan(tmp_path, entry)
    for mended in ({"size": 32}, {"crop": 32}):
        assert plan(tmp_path, entry | mended).data_sets["mine"].shape == (1, 32, 32)


def test_grey_and_coloured_images_of_a_folder_become_colour(tmp_path):
    entry = draw(tmp_path, (32, 32), (32, 32, 3))
    assert plan(tmp_path, entry).data_sets["mine"].shape == (3, 32, 32)
    assert plan(tmp_path, entry | {"color": "grey"}).data_sets["mine"].shape == (1, 32, 32)
    loaded = datasets.build(**entry).load(tmp_path)
    assert loaded["images_train"].shape[1:] == (3, 32, 32)


def test_what_is_planned_is_what_is_loaded(tmp_path):
    for entry in (draw(tmp_path, (16, 48, 3)), save(tmp_path, (3, 24, 40), (3, 24, 40))):
        dataset = datasets.build(**entry)
        images = dataset.load(tmp_path)["images_train"]
        assert dataset.shape_in(tmp_path) == images.shape[1:]


def test_few_heads_of_a_large_folder_are_read_and_none_where_size_says(tmp_path, monkeypatch):
    entry, read = draw(tmp_path, (32, 32), n=300), []
    head = pictures.image_file.head
    monkeypatch.setattr(
        pictures.image_file, "head", lambda *given: read.append(given[0]) or head(*given)
    )
    datasets.build(**entry).shape_in(tmp_path)
    assert len(read) == 100
    assert {path.parent.name for path in read} == {"a", "b"}
    read.clear()
    datasets.build(**entry, size=32).shape_in(tmp_path)
    assert not read


def test_an_archives_images_are_not_read(tmp_path, monkeypatch):
    entry = save(tmp_path, (1, 32, 32), (1, 32, 32))
    read = np.lib.format.read_array

    def labels_alone(*arguments, **options):
        array = read(*arguments, **options)
        assert array.ndim == 1
        return array

    monkeypatch.setattr(np.lib.format, "read_array", labels_alone)
    assert datasets.build(**entry).shape_in(tmp_path) == (1, 32, 32)


def test_a_missing_archive_is_left_to_who_asks_for_it(tmp_path):
    mine = data_sets.describe("mine", {"kind": "npz", "path": "mine.npz"}, str(tmp_path))
    assert (mine.shape, mine.problem) == (None, None)


def test_a_data_set_that_is_not_shown_may_be_anything(tmp_path):
    entry = save(tmp_path, (1, 28, 28), (1, 32, 32), class_names=np.array(["a"]))
    planned(None, {"datasets": {"mine": entry}, "data_dir": str(tmp_path)})


def test_one_class_or_tiny_images_have_no_classifier(tmp_path):
    put(tmp_path / "one" / "images" / "0.png", noise(32, 32))
    one = data_sets.describe("one", {"kind": "folder", "path": "one"}, str(tmp_path))
    assert one.lacks["features classifier"] == "all its images are of one class, images"
    zeros = {f"labels_{part}": np.zeros(n, int) for part, n in (("train", 100), ("test", 40))}
    one = data_sets.describe("mine", save(tmp_path, *[(1, 32, 32)] * 2, **zeros), str(tmp_path))
    assert one.lacks["groups"] == "all its images are of one class, 0"
    tiny = data_sets.describe("mine", save(tmp_path, (1, 4, 4), (1, 4, 4)), str(tmp_path))
    assert tiny.lacks["groups"].startswith("its images are smaller than 8 x 8 pixels")
