"""Files that are made to do harm, and what may come of reading one."""

import os
import re
import tracemalloc
import zipfile

import pytest
from contents import through_file
from expost.datasets import celeba
from PIL import Image

SMALL = 16_000_000  # bytes that a refusal may take, of the 64 MB that bombs unpack to
DEEP = "[" * 100_000 + "]" * 100_000


def refused(path, read, *words):
    """A reader refuses a file by name, with little memory, and leaves nothing beside it."""
    before = sorted(path.parent.iterdir())
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=re.escape(path.name)) as error:
            read(path)
        assert tracemalloc.get_traced_memory()[1] < SMALL
    finally:
        tracemalloc.stop()
    for word in words:
        assert word in str(error.value)
    assert sorted(path.parent.iterdir()) == before


def put_zip(path, members, claimed=None):
    """A zip archive that says that its members have so many bytes; None for the truth."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        for member in archive.filelist:
            member.file_size = member.file_size if claimed is None else claimed


class Payload:
    """An object that makes a file when it is unpickled."""

    def __init__(self, marker):
        self.marker = marker

    def __reduce__(self):
        return os.mkdir, (str(self.marker),)


@pytest.fixture
def payload(tmp_path):
    """The object, and a check that it does what it is for, and has not done it in a test."""
    made = Payload(tmp_path / "executed")
    function, arguments = made.__reduce__()
    function(*arguments)
    made.marker.rmdir()
    yield made
    assert not made.marker.exists()


@pytest.fixture
def faces(tmp_path):
    """A zip archive as of CelebA, the bytes of its image, and a reader."""
    content = through_file(lambda file: Image.new("RGB", (178, 218)).save(file, "JPEG"))
    path = tmp_path / "faces.zip"
    put_zip(path, {"img_align_celeba/a.jpg": content})
    return path, content, lambda path: celeba.read_faces(path, ["a.jpg"], 8)
