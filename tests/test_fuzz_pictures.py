"""Whatever a picture or an archive of some holds, it is read, or refused by name."""

import gzip
import io
import tarfile

import numpy as np
import pytest
from contents import through_file, zipped
from damage import NOISE, damaged
from expost import datasets
from expost.datasets import celeba, cifar10
from fuzzing import cases, survives
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image


def picture(kind, **options):
    grey = np.arange(81, dtype=np.uint8).reshape(9, 9)
    image = Image.fromarray(np.dstack([grey] * 3) if kind in ("JPEG", "WEBP") else grey)
    return through_file(lambda file: image.save(file, kind, **options))


TURNED = Image.Exif()
TURNED[0x0112] = 6  # its orientation
PICTURES = {
    "png": [picture("PNG"), picture("PNG", exif=TURNED)],
    "jpg": [picture("JPEG"), picture("JPEG", progressive=True), picture("JPEG", exif=TURNED)],
    "bmp": [picture("BMP")],
    "webp": [picture("WEBP", lossless=True), picture("WEBP")],
    "tif": [picture("TIFF"), picture("TIFF", compression="tiff_lzw"), picture("TIFF", exif=TURNED)],
    "gif": [picture("GIF"), picture("GIF", interlace=0)],
    "pgm": [picture("PPM"), b"P2 9 9 255\n" + b"7 " * 81],
}
KINDS = st.sampled_from([(kind, whole) for kind, several in PICTURES.items() for whole in several])


def read_folder(path):
    arrays = datasets.build("folder", path=path.parent.name, test=1).load(path.parent.parent)
    assert arrays["images_train"].shape == arrays["images_test"].shape
    assert arrays["images_train"].dtype == np.uint8


@pytest.mark.filterwarnings("ignore")  # Pillow says much of what it can still read
@cases(0.1)
@given(KINDS.flatmap(lambda kind: st.tuples(st.just(kind[0]), damaged(kind[1]) | NOISE)))
def test_pictures(folder, case):
    kind, content = case
    (folder / "mine").mkdir(exist_ok=True)
    (folder / "mine/b.png").write_bytes(PICTURES["png"][0])
    try:
        survives(folder / f"mine/a.{kind}", content, read_folder)
    finally:
        (folder / f"mine/a.{kind}").unlink()


FACE = through_file(lambda file: Image.new("RGB", (178, 218), "red").save(file, "JPEG"))
FACES = {"img_align_celeba/a.jpg": FACE}


def read_faces(path):
    assert celeba.read_faces(path, ["a.jpg"], 8).shape == (1, 3, 8, 8)


@pytest.mark.filterwarnings("ignore")
@cases(0.05)
@given(
    damaged(FACE).map(lambda face: zipped({"img_align_celeba/a.jpg": face}))
    | damaged(zipped(FACES))
    | NOISE
)
def test_faces(folder, content):
    survives(folder / "faces.zip", content, read_faces)


def batches():
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in [*cifar10.BATCHES["train"], *cifar10.BATCHES["test"]]:
            member = tarfile.TarInfo(f"{cifar10.FOLDER}/{name}")
            member.size = cifar10.RECORD
            archive.addfile(member, io.BytesIO(bytes(cifar10.RECORD)))
    return buffer.getvalue()


def read_batches(path):
    found = cifar10.read_batches(path, 1)
    assert {records.shape for records in found.values()} == {(1, cifar10.RECORD)}


HEADS = [i * 4096 for i in range(6)]  # each before 3073 bytes in blocks of 512


@st.composite
def damaged_head(draw, whole):
    """An archive with the head of one member damaged and its checksum right again."""
    start = draw(st.sampled_from(HEADS))
    head = draw(damaged(whole[start : start + 512]))[:512].ljust(512, b"\0")
    total = sum(head[:148]) + 8 * 32 + sum(head[156:])
    head = head[:148] + f"{total:06o}\0 ".encode() + head[156:]
    return whole[:start] + head + whole[start + 512 :]


@cases(0.05)
@given(
    (damaged_head(batches()) | damaged(batches())).map(lambda tar: gzip.compress(tar, 1))
    | damaged(gzip.compress(batches()))
    | NOISE
)
def test_batches(folder, content):
    survives(folder / "cifar.tar.gz", content, read_batches)
