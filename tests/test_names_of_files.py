"""Names of files and folders are any bytes; they are read, shown, and crash nothing."""

import os
import subprocess
import sys

import numpy as np
import pytest
from conftest import ROOT
from expost import datasets
from expost.io.escaping import name_shown
from PIL import Image

MINE = datasets.build("folder", path="mine", test=2)
NAMES = {
    b"caf\xe9": "caf\\xe9",
    b"a\nb": "a\\nb",
    b"\xff\xfe": "\\xff\\xfe",
    b"a\x1b[2Jb": "a\\x1b[2Jb",
    b"$(touch x) '\"": "$(touch x) '\"",
    "数字".encode(): "数字",
    b"\xed\xa0\x80": "\\xed\\xa0\\x80",  # half of a character
}


@pytest.fixture(params=NAMES, ids=lambda name: ascii(name)[2:-1])
def name(request, tmp_path):
    """A name of which a class and each of its files have something, beside a plain class."""
    for folder in (request.param, b"zoo"):
        place = os.path.join(os.fsencode(tmp_path), b"mine", folder)
        os.makedirs(place)
        for i in range(3):
            path = os.path.join(place, request.param + b"%d.png" % i)
            Image.new("L", (4, 4), i).save(os.fsdecode(path))
    return request.param


def spoil(folder, name):
    for i in (1, 2):
        path = os.path.join(os.fsencode(folder), b"mine", name, name + b"%d.png" % i)
        with open(path, "wb") as file:
            file.write(b"no picture")


def test_names_of_any_bytes_are_read(name, tmp_path):
    arrays = MINE.load(tmp_path)
    assert len(arrays["labels_train"]) == 4
    assert MINE.counts_in(tmp_path) == (4, 2)
    assert sorted(arrays["class_names"].tolist()) == sorted([NAMES[name], "zoo"])
    assert set(MINE.class_names(tmp_path)) == {NAMES[name], "zoo"}
    text = "".join(arrays["class_names"])
    assert text.isprintable()
    text.encode()
    state = MINE.state(tmp_path)
    os.utime(os.path.join(os.fsencode(tmp_path), b"mine", name, name + b"0.png"), (1, 1))
    assert MINE.state(tmp_path) != state


def test_a_message_shows_the_name(name, tmp_path):
    spoil(tmp_path, name)
    with pytest.raises(ValueError, match="2 problems") as error:
        MINE.load(tmp_path)
    for i in (1, 2):
        assert f"mine/{NAMES[name]}/{NAMES[name]}{i}.png cannot be read" in str(error.value)
    str(error.value).encode()


JOB = """
import os, sys
from expost import datasets
from expost.runtime import job
from expost.runtime.log import log
job.start("log")
log.warning("read is %s", os.fsdecode(bytes.fromhex(sys.argv[1])))
if sys.argv[2] == "raw":
    raise ValueError("not good is " + os.fsdecode(bytes.fromhex(sys.argv[1])))
datasets.build("folder", path="mine").load()
"""


@pytest.mark.parametrize("raised", ["raw", "by us"])
@pytest.mark.parametrize("language", ["C", "C.UTF-8", "POSIX"])
def test_the_log_and_the_terminal_have_the_whole_message(language, raised, tmp_path):
    name = b"caf\xe9"
    os.makedirs(os.path.join(os.fsencode(tmp_path), b"mine"))
    for i in range(3):
        with open(os.path.join(os.fsencode(tmp_path), b"mine", name + b"%d.png" % i), "wb"):
            pass
    done = subprocess.run(
        [sys.executable, "-c", JOB, name.hex(), raised],
        cwd=tmp_path,
        capture_output=True,
        env={"PYTHONPATH": str(ROOT / "workflow"), "LC_ALL": language, "PATH": os.environ["PATH"]},
    )
    assert done.returncode == 1
    wanted = "not good is caf" if raised == "raw" else "mine/caf\\xe90.png cannot be read"
    log = (tmp_path / "log").read_text(encoding="utf-8")
    for text in (log, done.stderr.decode()):
        assert wanted in text
        assert "UnicodeEncodeError" not in text
        assert "excepthook" not in text
    assert "read is caf\\udce9" in log
    assert "the job took" in log  # and what ran is said to the end


def test_shown_names_tell_apart_what_can_be_told():
    assert name_shown("plain/été.png") == "plain/été.png"
    assert name_shown("a\udcff\u202eb\\n") == "a\\xff\\u202eb\\n"
    assert name_shown(ROOT) == str(ROOT)


@pytest.mark.parametrize("path", ["mi\udcffne", "mi\nne"])
@pytest.mark.parametrize("kind", ["folder", "npz", "vectors"])
def test_a_path_of_any_bytes_that_is_not_there_is_shown(kind, path, tmp_path):
    with pytest.raises(FileNotFoundError) as error:
        datasets.build(kind, path=path).load(tmp_path)
    assert f"{name_shown(path)} does not exist" in str(error.value)
    str(error.value).encode()
    np.savez(tmp_path / "other", images_train=np.zeros(3))
    (tmp_path / "other.npz").rename(tmp_path / path)
    with pytest.raises((ValueError, OSError)) as error:
        datasets.build(kind, path=path).load(tmp_path)
    str(error.value).encode()


def test_names_in_an_archive_that_cannot_be_written_are_refused(tmp_path):
    """A table in UTF-8 could not have them."""
    parts = ("train", "test")
    images = {f"images_{part}": np.zeros((2, 1, 8, 8), np.uint8) for part in parts}
    for key, known in (("class_names", "labels"), ("attribute_names", "attributes")):
        values = np.eye(2, dtype=int) if known == "attributes" else np.arange(2)
        about = {f"{known}_{part}": values for part in parts}
        np.savez(tmp_path / "a.npz", **images, **about, **{key: np.array(["ok", "no\ud800"])})
        with pytest.raises(ValueError, match=rf"{key} of a\.npz: got the name no\\ud800, which"):
            datasets.build("npz", path="a.npz").load(tmp_path)
