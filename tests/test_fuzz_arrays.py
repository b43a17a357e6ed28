"""Whatever a file of arrays holds, it is read, or refused by name: nothing else ever happens."""

import gzip
import struct

import numpy as np
from contents import npy, through_file, zipped
from damage import NOISE, damaged
from expost import datasets
from expost.datasets import idx, svhn
from expost.io import files
from fuzzing import cases, survives
from hypothesis import given
from hypothesis import strategies as st
from scipy.io import savemat

IDX = struct.pack(">BBBB3I", 0, 0, 8, 3, 2, 3, 4) + bytes(range(24))
IMAGES = {
    **{f"images_{part}": np.full((3, 1, 16, 16), 7, np.uint8) for part in ("train", "test")},
    **{f"attributes_{part}": np.eye(3, 2, dtype=np.uint8) for part in ("train", "test")},
    **{f"labels_{part}": np.arange(3) for part in ("train", "test")},
    "attribute_names": np.array(["a", "b"]),
}
NPZ = {f"{name}.npy": npy(array) for name, array in IMAGES.items()}


def read_idx(path):
    values = idx.read_idx(path, 3)
    assert values.dtype == np.uint8
    assert values.ndim == 3


@cases(0.1)
@given(damaged(IDX).map(gzip.compress) | damaged(gzip.compress(IDX)) | NOISE)
def test_idx(folder, content):
    survives(folder / "images.gz", content, read_idx)


def read_npy(path):
    assert isinstance(files.load_npy(path), np.ndarray)


@cases(0.1)
@given(damaged(npy(np.arange(6.0).reshape(2, 3))) | NOISE.map(b"\x93NUMPY\1\0".__add__) | NOISE)
def test_npy(folder, content):
    survives(folder / "x.npy", content, read_npy)


def read_npz(path):
    arrays = datasets.build("npz", path=path.name, size=16).load(path.parent)
    assert arrays["images_train"].dtype == np.uint8
    for part in ("train", "test"):
        n = len(arrays[f"images_{part}"])
        assert {len(a) for name, a in arrays.items() if name.endswith(part)} == {n}


@st.composite
def damaged_npz(draw):
    name = draw(st.sampled_from(sorted(NPZ)))
    return zipped(NPZ | {name: draw(damaged(NPZ[name]))})


@cases(0.1)
@given(damaged_npz() | damaged(zipped(NPZ)) | NOISE)
def test_npz(folder, content):
    survives(folder / "mine.npz", content, read_npz)
    datasets.build("npz", path="mine.npz").groups(folder)


MAT = [
    through_file(
        lambda file, packed=packed: savemat(
            file,
            {"X": np.ones((32, 32, 3, 2), np.uint8), "y": np.ones((2, 1), np.uint8)},
            do_compression=packed,
        )
    )
    for packed in (False, True)
]


def read_mat(path):
    images, digits = svhn.read_mat(path, 2)
    assert images.dtype == np.uint8
    assert images.shape == (len(digits), 3, 32, 32)


@cases(0.1)
@given(damaged(MAT[0][:400]) | damaged(MAT[0]) | damaged(MAT[1]) | NOISE)
def test_mat(folder, content):
    survives(folder / "x.mat", content, read_mat)
