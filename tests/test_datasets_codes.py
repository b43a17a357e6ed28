"""Files of codes as a data set: split for ever in one way, or refused with the reason."""

import logging

import numpy as np
import pandas as pd
import pytest
from expost import datasets
from expost.datasets import codes as codes_module

CODES = np.random.default_rng(0).normal(size=(40, 3)).astype(np.float32)


def put(path, codes=CODES):
    if path.suffix == ".npy":
        np.save(path, codes)
    elif path.suffix == ".npz":
        np.savez(path, these=codes, others=codes[:2])
    else:
        frame = pd.DataFrame(codes, columns=list("abcdef")[: codes.shape[1]])
        frame.to_csv(path) if path.suffix == ".csv" else frame.to_parquet(path)
    return path


def built(path, **options):
    return datasets.build("codes", path=path.name, **options)


@pytest.mark.parametrize("suffix", [".npy", ".npz", ".csv", ".parquet"])
def test_every_code_is_in_one_part_and_always_in_the_same(suffix, tmp_path):
    path = put(tmp_path / f"my{suffix}")
    dataset = built(path, **({"array": "these"} if suffix == ".npz" else {}))
    assert dataset.counts_in(tmp_path) == (30, 10)
    assert dataset.shape_in(tmp_path) == (3,)
    parts, again = dataset.load(tmp_path), dataset.load(tmp_path)
    if suffix in (".csv", ".parquet"):
        assert (parts.pop("column_names") == ["a", "b", "c"]).all()
        del again["column_names"]
    assert {name: len(part) for name, part in parts.items()} == {
        "vectors_train": 30,
        "vectors_test": 10,
    }
    both = np.concatenate(list(parts.values()))
    np.testing.assert_array_equal(np.sort(both, axis=0), np.sort(CODES, axis=0))
    assert not np.array_equal(both, CODES)  # rows of a file may be sorted by class
    for name, part in parts.items():
        np.testing.assert_array_equal(part, again[name])


def test_test_codes_may_have_a_file_of_their_own(tmp_path):
    path, other = put(tmp_path / "my.npy"), CODES[:7] + 1
    put(tmp_path / "other.csv", other)
    dataset = built(path, test="other.csv")
    assert dataset.counts_in(tmp_path) == (40, 7)
    parts = dataset.load(tmp_path)
    np.testing.assert_array_equal(parts["vectors_train"], CODES)
    np.testing.assert_array_equal(parts["vectors_test"], other)
    before = dataset.state(tmp_path)
    put(tmp_path / "other.csv", other + 1)
    assert dataset.state(tmp_path) != before


@pytest.mark.parametrize("suffix", [".npy", ".csv"])
def test_of_very_many_codes_some_are_taken_at_random(suffix, tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(codes_module, "MOST", 24)
    dataset = built(put(tmp_path / f"my{suffix}"))
    assert dataset.counts_in(tmp_path) == (18, 6)
    with caplog.at_level(logging.WARNING, "expost"):
        parts = dataset.load(tmp_path)
    assert "24 of its 40 codes are taken" in caplog.text
    taken = np.concatenate([parts[f"vectors_{part}"] for part in ("train", "test")])
    places = [int(np.flatnonzero((row == CODES).all(axis=1))[0]) for row in taken]
    assert len(set(places)) == 24
    assert max(places) >= 24  # and not the first ones


def test_codes_that_are_in_both_parts_are_told(tmp_path, caplog):
    path = put(tmp_path / "my.npy")
    put(tmp_path / "other.npy", np.concatenate([CODES[:3], CODES[3:6] + 1]))
    with caplog.at_level(logging.WARNING, "expost"):
        built(path, test="other.npy").load(tmp_path)
    assert "3 of 6 test codes are training codes as well" in caplog.text
    put(tmp_path / "other.npy", CODES[5:9])
    with pytest.raises(ValueError, match="all test codes are training codes as well"):
        built(path, test="other.npy").load(tmp_path)


@pytest.mark.parametrize(
    ("codes", "options", "words"),
    [
        (CODES[:, :2], {"test": "test.npy"}, "my.npy has 2 columns, test.npy has 3"),
        (CODES[:, 0], {}, r"has the shape \(40,\)"),
        (CODES, {"test": 40}, "leaves 0 for training"),
        (CODES, {"test": "other.npy"}, "other.npy"),
        (np.where(CODES > 2, np.nan, CODES), {}, "rows hold NaN or infinite values"),
        (CODES, {"array": "train"}, "no named arrays"),
    ],
)
def test_what_is_wrong_is_said_when_planning(codes, options, words, tmp_path):
    path = put(tmp_path / "my.npy", codes)
    put(tmp_path / "test.npy", CODES)
    dataset = built(path, **options)
    with pytest.raises((ValueError, OSError), match=words):
        dataset.shape_in(tmp_path), dataset.state(tmp_path)


def test_files_of_other_kinds_are_refused_by_their_names():
    with pytest.raises(ValueError, match=r"got my\.pkl; wanted a file of codes"):
        datasets.build("codes", path="my.pkl")
    with pytest.raises(ValueError, match=r"got other\.txt"):
        datasets.build("codes", path="my.npy", test="other.txt")
    with pytest.raises(ValueError, match="test_array 'a' with no file of test codes"):
        datasets.build("codes", path="my.npy", test_array="a")


def test_test_codes_have_the_columns_of_the_codes(tmp_path):
    path = put(tmp_path / "my.csv")
    pd.DataFrame(CODES + 1, columns=list("acb")).to_csv(tmp_path / "other.csv")
    with pytest.raises(ValueError, match=r"columns a, b, c, other\.csv has a, c, b; wanted"):
        built(path, test="other.csv").load(tmp_path)


@pytest.mark.parametrize(("scale", "said"), [(100, True), (1, False)])
def test_a_column_that_decides_every_distance_is_told_by_its_name(scale, said, tmp_path, caplog):
    path = put(tmp_path / "my.csv", CODES * [1, scale, 1])
    with caplog.at_level(logging.WARNING):
        built(path).load(tmp_path)
    assert ("my.csv: Column 'b' has 100% of the variance" in caplog.text) is said
