"""Archives lead nowhere else, and are unpacked no further than is wanted of them."""

import gzip
import struct
import tarfile
import zipfile

import numpy as np
import pytest
from contents import npy
from expost import datasets, samplers
from expost.datasets import cifar10
from expost.io import files
from hostile import put_zip, refused


def test_members_elsewhere_are_never_written(faces, tmp_path):
    path, content, read = faces
    assert read(path).shape == (1, 3, 8, 8)
    names = ("../a.jpg", "/etc/img_align_celeba/a.jpg", "img_align_celeba/../../a.jpg")
    for name in names:
        put_zip(path, {name: content})
        refused(path, read, "There is no item named 'img_align_celeba/a.jpg'")
        put_zip(path, {name.replace("jpg", "npy"): npy(np.zeros(3))})
        refused(path, lambda path: datasets.build("npz", path=path.name).load(path.parent))
        refused(path, samplers.load)


def test_links_in_a_zip_archive_are_not_followed(faces):
    path, content, read = faces
    (path.parent / "target").write_bytes(content)
    link = zipfile.ZipInfo("img_align_celeba/a.jpg")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    put_zip(path, {link: str(path.parent / "target")})
    refused(path, read, "cannot identify image")


def test_links_and_paths_in_a_tar_archive_are_not_followed(tmp_path):
    path = tmp_path / "cifar.tar.gz"
    (tmp_path / "target").write_bytes(bytes(3073))
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.REGTYPE):
        with tarfile.open(path, "w:gz") as archive:
            for name in [*cifar10.BATCHES["train"], *cifar10.BATCHES["test"]]:
                outside = kind == tarfile.REGTYPE
                member = tarfile.TarInfo(("../" if outside else cifar10.FOLDER + "/") + name)
                member.type, member.linkname = kind, str(tmp_path / "target")
                archive.addfile(member)
        refused(path, lambda path: cifar10.read_batches(path, 1))


@pytest.mark.parametrize(
    ("field", "at"), [("flags", (6, 8)), ("method", (8, 10))], ids=lambda value: str(value)
)
def test_encrypted_and_unknown_members_are_refused(field, at, faces, tmp_path):
    path, _, read = faces
    np.savez(tmp_path / "a.npz", x=np.zeros(3))
    for where, reader in ((path, read), (tmp_path / "a.npz", files.load_npz)):
        content = where.read_bytes()
        for start, place in ((b"PK\3\4", at[0]), (b"PK\1\2", at[1])):
            begin = content.index(start) + place
            value = struct.pack("<H", 1 if field == "flags" else 99)
            content = content[:begin] + value + content[begin + 2 :]
        where.write_bytes(content)
        refused(where, reader)


def test_a_tar_archive_is_unpacked_no_further_than_wanted(tmp_path):
    path, member = tmp_path / "cifar.tar.gz", tarfile.TarInfo("x")
    member.type, member.size = tarfile.XHDTYPE, 64_000_000  # tarfile reads it by itself
    path.write_bytes(gzip.compress(member.tobuf() + bytes(64_000_000), 1))
    refused(path, lambda path: cifar10.read_batches(path, 1), "unpacks to more than")


@pytest.mark.parametrize("name", ["x", cifar10.FOLDER + "/test_batch.bin"])
def test_a_tar_archive_cannot_lead_in_circles(name, tmp_path):
    path, member = tmp_path / "cifar.tar.gz", tarfile.TarInfo(name)
    member.size = -1024
    path.write_bytes(gzip.compress(member.tobuf(tarfile.GNU_FORMAT) + bytes(10_240)))
    refused(path, lambda path: cifar10.read_batches(path, 1), "-1024")


def test_members_that_lie_about_their_size_are_refused(faces, tmp_path):
    path, content, read = faces
    bomb = {"img_align_celeba/a.jpg": content + bytes(64_000_000)}
    put_zip(path, bomb)
    refused(path, read, "it says that it has 64")
    put_zip(path, bomb, len(content))
    refused(path, read, "Bad CRC-32")
    for claimed in (100_000, 64_000_127, 64_000_129, 2**40):
        put_zip(path, {"x.npy": npy(np.zeros(64_000_000, np.uint8))}, claimed)
        refused(path, files.load_npz, f"x.npy has {claimed} bytes, its head says 64000128")


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_packed_without_bounds_are_refused(packing, faces, tmp_path):
    path, content, read = faces
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr("img_align_celeba/a.jpg", content)
    refused(path, read, "wanted deflate or nothing")
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr("x.npy", npy(np.zeros(3)))
    refused(path, files.load_npz, "wanted deflate or nothing")
