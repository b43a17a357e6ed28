"""A download takes no more than its file has, and says when the disk is full."""

import errno
import io

import pytest
from downloading import CONTENT, files
from expost.io import resumable
from expost.io.download import fetch
from expost.io.remote_file import Remote


@pytest.fixture
def written(monkeypatch):
    """How many bytes each download has written so far."""
    sizes = []

    class Counted(io.FileIO):
        def write(self, block):
            sizes[-1] += len(block)
            return super().write(block)

    def opened(*how):
        sizes.append(0)
        return Counted(*how)

    monkeypatch.setattr(resumable, "open", opened, raising=False)
    return sizes


def test_no_more_is_taken_than_the_file_has(server, get, written, tmp_path):
    server.plan = ["endless", "cut", "endless"]
    assert get().read_bytes() == CONTENT
    assert files(tmp_path / "into") == ["file.bin"]
    server.plan = ["endless"] * 2
    (tmp_path / "into" / "file.bin").unlink()
    with pytest.raises(ConnectionError, match="more came than the 1024000 bytes wanted"):
        get(tries=2)
    assert files(tmp_path / "into") == []
    assert max(written) <= len(CONTENT)


@pytest.mark.parametrize("wrong", ["abc", "-1", "1e6", "9" * 5000])
def test_a_length_that_is_none_is_a_broken_answer(wrong, server, remote, tmp_path):
    unknown = Remote(remote.name, remote.sha256, remote.urls)
    server.plan = [f"length {wrong}"] * 2
    with pytest.raises(ConnectionError, match=f"got the Content-Length '{wrong[:20]}', wanted a"):
        fetch(unknown, tmp_path, tries=1)
    assert fetch(unknown, tmp_path, backoff=0).read_bytes() == CONTENT
    assert len(server.asked) == 3


@pytest.mark.parametrize("answer", ["endless", f"length {10**15}"])
def test_of_a_file_of_unknown_size_there_is_a_limit(answer, server, remote, tmp_path, monkeypatch):
    unknown = Remote(remote.name, remote.sha256, remote.urls)
    monkeypatch.setattr(resumable, "_MOST", len(CONTENT))
    assert fetch(unknown, tmp_path / "right").read_bytes() == CONTENT
    monkeypatch.setattr(resumable, "_MOST", len(CONTENT) - 1)
    server.plan = [answer]
    with pytest.raises(ConnectionError, match="more came than the 1023999 bytes wanted"):
        fetch(unknown, tmp_path / "into", tries=1)
    assert files(tmp_path / "into") == []


def test_a_full_disk_is_told_as_such_and_leaves_what_has_come(server, get, monkeypatch, tmp_path):
    class FullDisk(io.FileIO):
        def write(self, block):
            if self.tell():
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(block)

    monkeypatch.setattr(resumable, "open", FullDisk, raising=False)
    with pytest.raises(OSError, match=r"could not write .*file\.bin\.part: No space left") as error:
        get()
    assert error.value.errno == errno.ENOSPC
    assert not isinstance(error.value, ConnectionError)
    assert len(server.asked) == 1
    assert files(tmp_path / "into") == ["file.bin.part"]
