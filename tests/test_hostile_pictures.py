"""Pictures take no more memory than there is, whatever they say, and start no program."""

import struct
import subprocess
import zlib

import pytest
from expost import datasets
from expost.datasets import celeba
from expost.io import memory
from hostile import refused


def put_png(path, width, height, *chunks):
    def chunk(kind, content):
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes((width + 1) * min(height, 10)))
    parts = [(b"IHDR", header), *chunks, (b"IDAT", rows), (b"IEND", b"")]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts))


def folder(path):
    return datasets.build("folder", path=path.parent.name, test=1).load(path.parent.parent)


@pytest.fixture
def pictures(tmp_path):
    """A folder with two honest pictures, and room for a third."""
    (tmp_path / "mine").mkdir()
    for name in ("b.png", "c.png"):
        put_png(tmp_path / "mine" / name, 9, 9)
    return tmp_path / "mine"


def test_pictures_of_absurd_size_are_refused(pictures):
    put_png(pictures / "a.png", 60_000, 60_000)
    refused(pictures / "a.png", folder, "exceeds limit of", "repair or remove it")
    put_png(pictures / "a.png", 9, 9, (b"zTXt", b"a\0\0" + zlib.compress(bytes(64_000_000))))
    refused(pictures / "a.png", folder, "Decompressed data too large")
    put_png(pictures / "a.png", 9, 9, (b"iCCP", b"a\0\0" + zlib.compress(bytes(64_000_000))))
    refused(pictures / "a.png", folder, "Decompressed data too large")


def test_a_folder_larger_than_memory_is_refused(pictures, monkeypatch):
    monkeypatch.setattr(memory, "physical", lambda: 2 * 9 * 9)
    assert folder(pictures / "b.png")["images_train"].shape == (1, 1, 9, 9)
    monkeypatch.setattr(memory, "physical", lambda: 2 * 9 * 9 - 1)
    with pytest.raises(ValueError, match="mine: 2 images of 9 x 9 pixels would take .* set `size`"):
        folder(pictures / "b.png")
    with pytest.raises(ValueError, match="2 images of 800 x 800 pixels would take"):
        datasets.build("folder", path="mine", size=800).load(pictures.parent)


def test_images_are_not_enlarged_beyond_memory(tmp_path, faces):
    path, *_ = faces
    with pytest.raises(ValueError, match=r"1 faces of 8000000 x .* GiB .* set a smaller size"):
        celeba.read_faces(path, ["a.jpg"], 8_000_000)
    with pytest.raises(ValueError, match=r"997 images of 8000000 x .* GiB .* set a smaller size"):
        datasets.build("digits", size=8_000_000).load()


POSTSCRIPT = """%!PS-Adobe-3.0 EPSF-3.0
%%BoundingBox: 0 0 9 9
(%pipe%mkdir MARKER) (w) file
%%EOF
"""


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif"])
def test_programs_that_are_called_pictures_are_not_run(name, pictures, payload, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a program was run"))
    (pictures / name).write_text(POSTSCRIPT.replace("MARKER", str(payload.marker)))
    refused(pictures / name, folder, "cannot identify image", "repair or remove it")
