"""Codes come out of files as they were, or not at all; what is no code is never taken for one."""

import logging
import os

import numpy as np
import pandas as pd
import pytest
from expost.io import code_files, memory
from expost.io.code_files import read_codes

CODES = np.random.default_rng(0).normal(size=(20, 3)) * [1e-7, 1, 1e9]
NAMES = ["a", "b", "c"]
FRAME = pd.DataFrame(CODES, columns=NAMES)
NAMED = pd.DataFrame(CODES, columns=NAMES, index=[f"row {i}" for i in range(20)])


def put(path, kind):
    if kind == "npy":
        np.save(path, CODES)
    elif kind == "npz":
        np.savez(path, anything=CODES)
    elif kind == "csv of numbers":
        FRAME.to_csv(path, index=False, header=False)
    elif kind == "csv with names":
        FRAME.to_csv(path, index=False)
    elif kind == "csv as savetxt has it":
        np.savetxt(path, CODES, delimiter=",", fmt="%.17g")
    elif kind == "csv of spaces and a mark":
        path.write_text("\ufeff\n" + FRAME.to_csv(index=False).replace(",", ", "))
    elif kind == "csv with an index":
        FRAME.to_csv(path)
    elif kind == "csv with an index of text":
        NAMED.to_csv(path)
    elif kind == "csv with an index that is not named":  # as R writes it
        text = NAMED.to_csv(header=False)
        path.write_text("a,b,c\n" + text)
    elif kind == "csv with counted columns":
        pd.DataFrame(CODES).to_csv(path, index=False)
    elif kind == "csv with counted columns and an index":
        pd.DataFrame(CODES).to_csv(path)
    elif kind == "parquet":
        FRAME.to_parquet(path)
    elif kind == "parquet with an index":
        NAMED.to_parquet(path)
    return path


KINDS = (
    "npy", "npz", "csv of numbers", "csv with names", "csv as savetxt has it",
    "csv of spaces and a mark", "csv with an index", "csv with an index of text",
    "csv with an index that is not named", "csv with counted columns",
    "csv with counted columns and an index", "parquet", "parquet with an index",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_codes_come_out_to_the_last_digit(kind, tmp_path):
    found = read_codes(put(tmp_path / f"codes.{kind.split()[0]}", kind))
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, CODES)


@pytest.mark.parametrize("kind", KINDS)
def test_shapes_are_known_and_rows_can_be_chosen(kind, tmp_path):
    path = put(tmp_path / f"codes.{kind.split()[0]}", kind)
    assert code_files.shape(path) == CODES.shape
    np.testing.assert_array_equal(read_codes(path, rows=np.array([7, 2])), CODES[[7, 2]])


@pytest.mark.parametrize("suffix", ["npy", "npz", "csv", "parquet", "CSV"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_is_written_is_read(suffix, dtype, tmp_path):
    path, codes = tmp_path / f"new.{suffix}", CODES.astype(dtype)
    code_files.write_codes(path, codes, NAMES)
    np.testing.assert_array_equal(read_codes(path).astype(dtype), codes)


def test_whole_numbers_are_codes(tmp_path):
    whole = np.arange(12).reshape(4, 3) ** 2
    np.save(tmp_path / "codes.npy", whole)
    np.testing.assert_array_equal(read_codes(tmp_path / "codes.npy"), whole)
    np.save(tmp_path / "codes.npy", np.uint8(whole))
    assert read_codes(tmp_path / "codes.npy").dtype == np.float32


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(end, tmp_path):
    path = tmp_path / "codes.csv"
    path.write_bytes(end.join(["a,b", "0.5,1.5", "", "2.5,3.5", ""]).encode())
    assert code_files.shape(path) == (2, 2)
    np.testing.assert_array_equal(read_codes(path), [[0.5, 1.5], [2.5, 3.5]])


def test_an_index_that_is_left_out_is_said(tmp_path, caplog):
    with caplog.at_level(logging.WARNING, "expost"):
        read_codes(put(tmp_path / "codes.csv", "csv with an index"))
    assert "taken for an index" in caplog.text


def test_one_array_of_several_is_asked_for(tmp_path):
    path = tmp_path / "codes.npz"
    np.savez(path, train=CODES, labels=np.arange(20))
    np.testing.assert_array_equal(read_codes(path, "train"), CODES)
    with pytest.raises(ValueError, match=r"no `array` of .*codes.npz, which holds train, labels"):
        read_codes(path)
    with pytest.raises(ValueError, match="array 'test' of"):
        read_codes(path, "test")
    with pytest.raises(ValueError, match="no named arrays"):
        read_codes(put(tmp_path / "codes.npy", "npy"), "train")


TEXTS = {
    "one column counts the rows": ("id,a\n0,0.5\n1,0.1\n2,0.3\n", "counts the rows from 0"),
    "rows are counted from 1": ("1,0.5\n2,0.1\n3,0.3\n", "counts the rows from 1"),
    "a first line that may be names": ("0,1\n3,4\n7,3\n", "may be a code or names"),
    "text": ("a,label\n0.5,cat\n0.1,dog\n", r"the columns 'label' \(str\)"),
    "a hole": ("a,b\n0.5,1.5\n0.1,\n", "1 of 4 codes in .* are missing"),
    "NaN": ("a,b\n0.5,1.5\n0.1,nan\n", "1 of 4 codes in .* are missing"),
    "infinity": ("a,b\n0.5,1.5\n0.1,inf\n", "1 of 2 rows hold NaN or infinite values, as row 1"),
    "no rows": ("a,b\n", "names of columns and no rows"),
    "one name twice": ("a,a,b\n0.5,1.5,2\n", "has 2 columns called 'a'; give each a name"),
    "nothing": ("", "it is empty"),
    "semicolons": ("a;b\n0.5;1.5\n", "between ';'; wanted commas"),
    "tabs": ("0.5\t1.5\n", r"between '\\t'; wanted commas"),
    "spaces": ("0.5 1.5\n", "between ' '; wanted commas"),
    "a longer row": ("a,b\n0.5,1.5\n0.5,1.5,3,4\n", "no table of numbers"),
    "too few names": ("a,b\n0.5,1.5,2.5,3.5\n", "names 2 columns and has 4"),
    "another encoding": ("a,b\n0.5,\udcff\n", "no table of numbers"),
}


@pytest.mark.parametrize("case", TEXTS)
def test_tables_that_may_be_read_wrongly_are_refused(case, tmp_path):
    path, (text, words) = tmp_path / "codes.csv", TEXTS[case]
    path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises((ValueError, TypeError), match=words) as caught:
        read_codes(path)
    assert "codes.csv" in str(caught.value)


ARRAYS = {
    "a row of numbers": (np.arange(5.0), r"shape \(5,\).*reshape\(-1, 1\)"),
    "maps": (np.zeros((5, 2, 3, 3)), r"shape \(5, 2, 3, 3\).*reshape\(len\(codes\), -1\)"),
    "nothing": (np.zeros((0, 3)), r"wanted \(n, d\)"),
    "complex numbers": (np.zeros((5, 3), complex), "real and imaginary"),
    "text": (np.full((5, 3), "1.0"), "must be real numbers"),
    "NaN": (np.full((5, 3), [1, np.nan, 2]), "5 of 5 rows hold NaN"),
}


@pytest.mark.parametrize("case", ARRAYS)
def test_arrays_that_are_no_codes_are_refused(case, tmp_path):
    array, words = ARRAYS[case]
    np.save(tmp_path / "codes.npy", array)
    with pytest.raises((ValueError, TypeError), match=words):
        read_codes(tmp_path / "codes.npy")


class Trap:
    def __reduce__(self):
        return (print, ("run by a file of codes",))


def test_no_pickle_is_opened(tmp_path, capsys):
    bad = np.array([[Trap(), 1.0]], dtype=object)
    np.save(tmp_path / "a.npy", bad)
    np.savez(tmp_path / "b.npz", codes=bad)
    (tmp_path / "c.npz").write_bytes(np.array(Trap(), dtype=object).dumps())
    (tmp_path / "d.parquet").write_bytes(np.array(Trap(), dtype=object).dumps())
    (tmp_path / "e.npy").write_bytes(np.array(Trap(), dtype=object).dumps())
    for path in sorted(tmp_path.iterdir()):
        for read in (read_codes, code_files.shape, lambda path: read_codes(path, rows=[0])):
            with pytest.raises(ValueError, match=path.name) as caught:
                read(path)
            assert "load it unsafely" not in str(caught.value)  # as NumPy advises
    assert not capsys.readouterr().out


def test_columns_of_objects_are_refused(tmp_path):
    path = tmp_path / "codes.parquet"
    pd.DataFrame({"a": [1.0, 2.0], "lists": [[1.0], [2.0]]}).to_parquet(path)
    with pytest.raises(TypeError, match=r"'lists' \(object\)"):
        read_codes(path)


@pytest.mark.parametrize("kind", ["csv with names", "parquet", "npy"])
def test_what_memory_cannot_hold_is_not_read(kind, tmp_path, monkeypatch):
    path = put(tmp_path / f"codes.{kind.split()[0]}", kind)
    monkeypatch.setattr(memory, "available", lambda: 400)
    with pytest.raises(ValueError, match="of memory, this machine has"):
        read_codes(path)


def test_other_files_are_refused_by_name(tmp_path):
    with pytest.raises(ValueError, match=r"ends in \.npy, \.npz, \.csv, \.parquet"):
        read_codes(tmp_path / "codes.pkl")
    with pytest.raises(FileNotFoundError, match=r"there is no .*codes\.npy"):
        read_codes(tmp_path / "codes.npy")
    (tmp_path / "folder.npy").mkdir()
    with pytest.raises(ValueError, match="is a folder"):
        read_codes(tmp_path / "folder.npy")
    os.mkfifo(tmp_path / "pipe.npy")
    with pytest.raises(ValueError, match="is a pipe or a device"):
        read_codes(tmp_path / "pipe.npy")
    np.savez(tmp_path / "codes", codes=CODES)
    (tmp_path / "codes.npz").rename(tmp_path / "archive.npy")
    for read in (read_codes, code_files.shape):
        with pytest.raises(ValueError, match=r"archive\.npy .*holds an archive of named arrays"):
            read(tmp_path / "archive.npy")
