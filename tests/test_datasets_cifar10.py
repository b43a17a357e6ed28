"""CIFAR-10's archive is read in memory, and whatever is wrong with it is named."""

import gzip
import io
import tarfile

import numpy as np
import pytest
from expost import datasets
from expost.datasets.cifar10 import ARCHIVE, BATCHES, FOLDER, read_batches

RNG = np.random.default_rng(0)
NAMES = [*BATCHES["train"], *BATCHES["test"]]
N = 3  # images in a batch


def members():
    """Random batches by name, each of N labels and images."""
    made = {}
    for name in NAMES:
        records = RNG.integers(256, size=(N, 3073), dtype=np.uint8)
        records[:, 0] %= 10
        made[name] = records
    return made


def put(path, contents, kind=tarfile.REGTYPE):
    with tarfile.open(path, "w:gz") as archive:
        folder = tarfile.TarInfo(FOLDER)
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, content in contents.items():
            info = tarfile.TarInfo(name if "/" in name else f"{FOLDER}/{name}")
            info.size, info.type = len(content), kind
            archive.addfile(info, io.BytesIO(content))


def packed(batches):
    return {name: records.tobytes() for name, records in batches.items()}


def test_cifar10_is_made_of_its_six_batches_in_their_order(tmp_path, monkeypatch):
    dataset, batches = datasets.build("cifar10"), members()
    monkeypatch.setattr(dataset, "counts", (5 * N, N), raising=False)
    shuffled = {"readme.html": b"read me"} | dict(reversed(packed(batches).items()))
    put(tmp_path / ARCHIVE, shuffled)
    arrays = dataset.load(tmp_path)
    assert arrays["images_train"].shape == (5 * N, 3, 32, 32)
    for part, names in BATCHES.items():
        records = np.concatenate([batches[name] for name in names])
        np.testing.assert_array_equal(arrays[f"labels_{part}"], records[:, 0])
        red = records[:, 1 : 1 + 32 * 32].reshape(-1, 32, 32)
        np.testing.assert_array_equal(arrays[f"images_{part}"][:, 0], red)
    assert sorted(path.name for path in tmp_path.iterdir()) == [ARCHIVE]  # nothing was unpacked


def test_a_label_beyond_nine_is_refused(tmp_path, monkeypatch):
    dataset, batches = datasets.build("cifar10"), members()
    monkeypatch.setattr(dataset, "counts", (5 * N, N), raising=False)
    batches["data_batch_2.bin"][1, 0] = 10
    put(tmp_path / ARCHIVE, packed(batches))
    with pytest.raises(ValueError, match="labels up to 10 among the train images"):
        dataset.load(tmp_path)


def test_an_archive_cut_or_changed_anywhere_is_named(tmp_path):
    path = tmp_path / ARCHIVE
    put(path, packed(members()))
    content = path.read_bytes()
    cut = [content[: len(content) * i // 20] for i in range(20)] + [b"junk" * 100]
    cut += [content[:5000] + b"\xff" * 9 + content[5009:]]
    cut += [gzip.compress(gzip.decompress(content)[:-20_000])]
    for damaged in cut:
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match=r"cifar-10-binary\.tar\.gz cannot be read.*again"):
            read_batches(path, N)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.pop("data_batch_3.bin"), r"it has no data_batch_3\.bin in cifar-10"),
        (lambda c: c.update({"test_batch.bin": b"?" * 3073}), r"test_batch\.bin has 3073 bytes"),
        (lambda c: c.update({"new.bin": bytes(10**5)}), r"new\.bin has 100000 bytes, .* at most"),
        (
            lambda c: c.update({"../" + NAMES[0]: c.pop(NAMES[0])}),
            r"it has no data_batch_1\.bin",
        ),
    ],
)
def test_members_that_are_missing_or_of_absurd_size(change, message, tmp_path):
    contents = packed(members())
    change(contents)
    put(tmp_path / ARCHIVE, contents)
    with pytest.raises(ValueError, match=message):
        read_batches(tmp_path / ARCHIVE, N)


def test_links_are_not_followed(tmp_path):
    put(tmp_path / ARCHIVE, dict.fromkeys(NAMES, b""), kind=tarfile.SYMTYPE)
    with pytest.raises(ValueError, match="has 0 bytes, wanted 9219"):
        read_batches(tmp_path / ARCHIVE, N)
