"""Files of arrays hold what their heads say, which is no more than there is memory for."""

import gzip
import math
import re
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from contents import npy, through_file
from expost.datasets import idx, svhn
from expost.io import files, memory
from hostile import put_zip, refused


def test_an_idx_file_is_unpacked_no_further_than_it_promises(tmp_path):
    path, zeros = tmp_path / "images.gz", bytes(64_000_000)
    for lengths, words in (
        ((5, 4, 3), "holds more than 60 values, its header says 60"),
        ((5000, 4000, 30), "says in its header that it holds 600000000 values"),
    ):
        start = struct.pack(">BBBB3I", 0, 0, 8, 3, *lengths)
        path.write_bytes(gzip.compress(start + zeros, 1))
        refused(path, lambda path: idx.read_idx(path, 3), words)


def mat_element(kind, content):
    return struct.pack("<II", kind, len(content)) + content + bytes(-len(content) % 8)


def mat_array(name, shape, values):
    return mat_element(
        14,
        mat_element(6, struct.pack("<II", 9, 0))
        + mat_element(5, struct.pack(f"<{len(shape)}i", *shape))
        + mat_element(1, name)
        + values,
    )


def put_mat(path, *elements):
    start = b"MATLAB 5.0 MAT-file".ljust(124) + b"\0\1IM"
    path.write_bytes(start + b"".join(elements))


IMAGE, FEW = mat_element(2, bytes(3072)), mat_element(2, b"\1")
LABEL = mat_array(b"y", (1, 1), FEW)


@pytest.mark.parametrize(
    ("images", "word"),
    [
        ([mat_array(b"X", (32, 32, 3, 1), mat_element(2, bytes(64_000_000)))], "unpacks to more"),
        (
            [mat_array(b"X", (1,), FEW), mat_array(b"X", (32, 32, 3, 1), IMAGE)],
            "holds X, uint8 (1,)",
        ),
        ([mat_array(b"X", (32, 32, 3, 1), mat_element(9, bytes(8 * 3072)))], "24576 of type 9"),
        ([mat_array(b"X", (), IMAGE)], ""),
        ([mat_array(b"X", (-32, 32, 3, 1), IMAGE)], "-32"),
        ([mat_array(b"X", (2**30, 2**30, 2**30, 1), IMAGE)], "1073741824"),
    ],
)
def test_a_mat_file_that_belies_itself_is_refused(images, word, tmp_path):
    path, packed = tmp_path / "x.mat", [zlib.compress(array) for array in images]
    put_mat(path, *(struct.pack("<II", 15, len(a)) + a for a in packed), LABEL)
    refused(path, lambda path: svhn.read_mat(path, 1), word, "get it again")


def test_a_mat_file_that_is_honest_is_read(tmp_path):
    put_mat(tmp_path / "x.mat", mat_array(b"X", (32, 32, 3, 1), IMAGE), LABEL)
    assert svhn.read_mat(tmp_path / "x.mat", 1)[0].shape == (1, 3, 32, 32)


def test_mat_files_of_other_versions_are_refused(tmp_path):
    (tmp_path / "x.mat").write_bytes(b"MATLAB 7.3 MAT-file".ljust(124) + b"\0\2IM" + b"\x89HDF\r\n")
    refused(tmp_path / "x.mat", lambda path: svhn.read_mat(path, 1), "no MATLAB 5 file")


def head(shape, descr="|u1"):
    """The head of a .npy file, which may say anything."""
    about = {"descr": descr, "fortran_order": False, "shape": shape}
    return through_file(lambda file: np.lib.format.write_array_header_1_0(file, about))


@pytest.mark.parametrize("shape", [(2**40,), (2**20, 2**20), (10**4, 2**30)])
def test_arrays_larger_than_memory_are_refused_unread(shape, tmp_path):
    path, start = tmp_path / "x.npz", head(shape)
    words = ("GiB of memory, this machine has", "use a larger machine")
    path.write_bytes(start)
    refused(path, files.load_npy, *words)
    put_zip(path, {"x.npy": start + bytes(10**6)}, len(start) + math.prod(shape))
    refused(path, files.load_npz, *words)
    path.write_bytes(head(shape, "|V0"))  # no bytes each, but that many
    refused(path, files.load_npy, *words)


@pytest.mark.parametrize("shape", [(10**4000, 10**4000), (2**63, 0, 2**63), (-(2**70),)])
def test_shapes_that_numpy_does_not_have_are_refused(shape, tmp_path):
    (tmp_path / "x.npz").write_bytes(head(shape))
    refused(tmp_path / "x.npz", files.load_npy)
    put_zip(tmp_path / "x.npz", {"x.npy": head(shape)})
    refused(tmp_path / "x.npz", files.load_npz)


def test_memory_is_that_of_all_arrays_together_and_the_bound_is_exact(tmp_path, monkeypatch):
    path = tmp_path / "x.npz"
    arrays = {"a": np.zeros(1000, np.uint8), "b": np.zeros((10, 10), np.float64)}
    np.savez_compressed(path, **arrays)
    monkeypatch.setattr(memory, "physical", lambda: 1800)
    assert files.load_npz(path).keys() == arrays.keys()
    monkeypatch.setattr(memory, "physical", lambda: 1799)
    refused(path, files.load_npz, "would take 0.000001676 GiB", "machine has 0.000001675")


def test_memory_is_this_machines():
    total = re.search(r"MemTotal: +(\d+) kB", Path("/proc/meminfo").read_text())
    assert memory.physical() == pytest.approx(1024 * int(total[1]), rel=0.01)
    memory.check(memory.available(), "all of it", "go on")


@pytest.mark.parametrize(
    "content",
    [
        b"\x93NUMPY\2\0" + struct.pack("<I", 2**32 - 1) + b" " * 100,
        b"\x93NUMPY\1\0" + struct.pack("<H", 9000) + b"-" * 8999 + b"1",
        b"\x93NUMPY\1\0" + struct.pack("<H", 60_000) + b"[" * 60_000,
        head((3,), "|O") + bytes(24),
        head((-1,)) + bytes(24),
        b"no array",
    ],
    ids=range(6),
)
def test_odd_heads_are_refused(content, tmp_path):
    (tmp_path / "x.npy").write_bytes(content)
    refused(tmp_path / "x.npy", files.load_npy, "not a plain NumPy file")
    put_zip(tmp_path / "x.npy", {"x.npy": content, "y.npy": npy(np.zeros(2))})
    refused(tmp_path / "x.npy", files.load_npz, "not a plain NumPy file")
