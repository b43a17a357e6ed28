"""Classes keep their names, and a config says by these which are meant."""

import numpy as np
import pytest
import yaml
from expost import datasets
from expost.analyses import group_shares
from expost.datasets import class_names, image_groups
from expost.io.escaping import name_shown
from expost.study import data_sets
from PIL import Image

NUMERALS = ("zero", "one", "two", "three", "four", "five")


def draw_classes(root, *names, each=4, parts=("",)):
    """A folder a class; the images of class i are flat grey of value i."""
    for part in parts:
        for value, name in enumerate(names):
            place = root / part / name
            place.mkdir(parents=True)
            for number in range(each):
                pixels = np.full((16, 16), value, np.uint8)
                Image.fromarray(pixels).save(place / f"{number}.png")


def described(folder, targets, *names, **groups):
    """What is known of a folder of such classes, whose targets are written in YAML."""
    draw_classes(folder / "mine", *names)
    asked = yaml.safe_load(f"{{targets: {targets}}}") | groups
    entry = {"kind": "folder", "path": "mine", "groups": asked}
    return data_sets.describe("mine", entry, str(folder))


@pytest.mark.parametrize("parts", [("",), ("train", "test")])
@pytest.mark.parametrize("names", [NUMERALS, tuple(map(str, range(12))), ("007", "10", "9")])
def test_a_name_means_the_images_of_its_folder(names, parts, tmp_path):
    draw_classes(tmp_path / "mine", *names, parts=parts)
    data = datasets.build("folder", path="mine", test=0.5).load(tmp_path)
    for value, name in enumerate(names):
        for part in ("train", "test"):
            if (inside := data[f"images_{part}"][:, 0, 0, 0] == value).any():
                found = image_groups.members(name, data, part)
                np.testing.assert_array_equal(found, inside)
                found = image_groups.members(f"not {name}", data, part)
                np.testing.assert_array_equal(found, ~inside)


def test_whole_numbers_are_in_the_order_of_numbers_and_all_else_of_text():
    numbers = list(map(str, range(12)))
    assert class_names.in_order(reversed(numbers)) == numbers
    assert class_names.in_order(["10", "007", "9", "08"]) == ["007", "08", "9", "10"]
    assert class_names.in_order(["10", "-1", "9", "0", "+2"]) == ["-1", "0", "+2", "9", "10"]
    assert class_names.in_order(["10", "9", "a"]) == ["10", "9", "a"]


@pytest.mark.parametrize(
    ("written", "names", "meant"),
    [
        ("[one, not two]", NUMERALS, ["one", "not two"]),
        ("[2, '3', not 10]", map(str, range(12)), [2, 3, "not 10"]),
        ("[3]", ("1", "3", "other"), [3]),
        ("['007', '010', '10']", ("007", "010", "10"), ["007", "010", 10]),
        ("[no, yes]", ("no", "yes"), ["no", "yes"]),
        ("[1.5]", ("1.5", "2.5"), ["1.5"]),
        ("[not cat, cat]", ("cat", "not cat"), ["not cat", "cat"]),
        ('["Gro\\u0308\\u00dfe"]', ("Gr\u00f6\u00dfe", "b"), ["Gr\u00f6\u00dfe"]),
        ("[none, NA]", ("NA", "none", "a"), ["none", "NA"]),
    ],
)
def test_what_a_config_means(written, names, meant, tmp_path):
    assert described(tmp_path, written, *names).targets == meant


@pytest.mark.parametrize(
    ("written", "names", "words"),
    [
        ("[1]", NUMERALS, "group 1; wanted one of five, four, one, .*: write a name, as folders"),
        ("['1']", NUMERALS, "group '1'; wanted one of five, four"),
        ("[tow]", NUMERALS, r"group 'tow'; wanted one of .* 'mine' \(did you mean 'two'\?\)"),
        ("[not ONE]", NUMERALS, r"group 'not ONE'; .*\(did you mean 'one'\?\)"),
        ("[boots]", ("Ankle boot", "Boot"), r"\(did you mean 'Boot'\?\)"),
        ("[ankle_boot]", ("Ankle boot", "Bag"), r"\(did you mean 'Ankle boot'\?\)"),
        ("[12]", map(str, range(12)), r"group 12; wanted a class, 0\.\.11 in the groups"),
        ("[0]", ("1", "2", "3"), "group 0; wanted one of 1, 2, 3"),
        ("[007]", ("007", "010", "11"), "group 7 .* YAML reads from 007 alike; .* in quotes"),
        ("[8]", ("007", "010", "11"), "group 8 .* YAML reads from 010 alike; .* in quotes"),
        ("[010]", ("010", "8"), "group 8 .* YAML reads from 8 and 010 alike; .* in quotes"),
        ("[off]", ("no", "off", "on"), "group False .* reads from no and off alike; .* in quotes"),
        ("[true]", ("a", "b"), "group True; wanted one of a, b"),
        ("[1, '1']", ("1", "2"), "got the target 1 twice in the groups of data set 'mine'"),
        ("[a, untargeted]", ("a", "untargeted"), "what images drawn for none are called"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_there_is(written, names, words, tmp_path):
    with pytest.raises(ValueError, match=words):
        described(tmp_path, written, *names)


def test_two_groups_are_two_however_they_are_written(tmp_path):
    with pytest.raises(ValueError, match="dependence and the margins of 1 in"):
        described(tmp_path, "[1]", "1", "2", dependence_of=1, margins_of="1")


def test_classes_that_are_not_named_are_the_first_two_and_three(tmp_path):
    draw_classes(tmp_path / "mine", *NUMERALS)
    usual = data_sets.describe("mine", {"kind": "folder", "path": "mine"}, str(tmp_path))
    assert (usual.targets, usual.recombined) == (["five", "four", "one"], ["five", "four"])


@pytest.mark.parametrize("kind", ["fashion_mnist", "cifar10"])
def test_published_numbers_mean_the_published_names(kind):
    names = datasets.build(kind).class_names()
    entry = {"kind": kind, "groups": {"targets": [1, names[3], "not 8"]}}
    meant = data_sets.describe("x", entry, ".").targets
    assert meant == [names[1], names[3], f"not {names[8]}"]
    with pytest.raises(ValueError, match=f"group 10; wanted one of {names[0]}, "):
        data_sets.describe("x", {"kind": kind, "groups": {"targets": [10]}}, ".")


@pytest.mark.parametrize(
    ("names", "asked", "meant"),
    [(["ant", "bee", "cow"], 2, "cow"), (["1", "2", "3"], 2, 2), (["1", "2", "3"], 0, None)],
)
def test_numbers_of_an_archives_labels_stand_for_names_that_are_no_numbers(
    names, asked, meant, tmp_path
):
    images, labels = np.zeros((6, 1, 16, 16), np.uint8), np.arange(6) % 3
    arrays = {f"images_{part}": images for part in ("train", "test")}
    arrays |= {f"labels_{part}": labels for part in ("train", "test")}
    np.savez(tmp_path / "mine.npz", **arrays, class_names=np.array(names))
    entry = {"kind": "npz", "path": "mine.npz", "groups": {"targets": [asked]}}
    if meant is None:
        with pytest.raises(ValueError, match="group 0; wanted one of 1, 2, 3"):
            data_sets.describe("mine", entry, str(tmp_path))
        return
    assert data_sets.describe("mine", entry, str(tmp_path)).targets == [meant]
    data = datasets.build("npz", path="mine.npz").load(tmp_path)
    wanted = labels == names.index(str(meant))
    np.testing.assert_array_equal(image_groups.members(meant, data, "train"), wanted)


def test_a_classifiers_columns_are_found_by_names():
    told = {"classifier/probabilities": np.eye(3)[[2, 0, 1]]}
    names = np.array(["10", "1", "cat"])
    for column, name in enumerate(names.tolist()):
        found = group_shares.assigned(name, told, None, names)
        np.testing.assert_array_equal(found, told["classifier/probabilities"][:, column] == 1)
        np.testing.assert_array_equal(
            group_shares.assigned(f"not {name}", told, None, names), ~found
        )


def test_a_folders_bytes_that_are_no_text_are_written_as_such():
    assert name_shown("caf\udce9") == "caf\\xe9"
    assert name_shown("café") == "café"


def test_captions_name_the_groups_as_plain_words(tmp_path):
    words = described(tmp_path, "[not c]", "a_*b*", "c").groups_in_words()
    assert words == {"targets": "not c", "dependence_of": r"a \*b\*", "margins_of": "c"}
