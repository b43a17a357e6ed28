"""Files arrive whole and right, or not at all; against a server that fails in every way."""

import errno
import hashlib
import io
import logging
import os

import pytest
from expost.features.resnet34 import WEIGHTS as RESNET34
from expost.io import resumable
from expost.io.download import fetch
from expost.io.remote_file import Remote
from file_server import FileServer

CONTENT = bytes(range(256)) * 4000  # 1 MB: several blocks


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with FileServer(CONTENT) as server:
        yield server


@pytest.fixture
def remote(server):
    url = f"http://127.0.0.1:{server.server_port}/file.bin"
    digest = hashlib.sha256(CONTENT).hexdigest()
    return Remote("file.bin", digest, lambda: [url], len(CONTENT), ("set/raw/file.bin",))


@pytest.fixture
def get(remote, tmp_path):
    """Fetch into `tmp_path`/into without waiting between tries."""
    return lambda data_dir=None, **how: fetch(
        remote, tmp_path / "into", data_dir, backoff=0, timeout=5, **how
    )


def files(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_downloads_the_whole_file_and_nothing_else(server, get, tmp_path):
    path = get()
    assert path == tmp_path / "into" / "file.bin"
    assert path.read_bytes() == CONTENT
    assert files(tmp_path / "into") == ["file.bin"]
    assert server.asked == [("/file.bin", None)]


def test_the_file_can_be_read_by_all_whom_the_umask_admits(get):
    umask = os.umask(0o022)
    try:
        assert get().stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(umask)


def test_a_cut_connection_is_taken_up_where_it_broke(server, get):
    server.plan = ["cut"]
    assert get().read_bytes() == CONTENT
    assert server.asked == [("/file.bin", None), ("/file.bin", f"bytes={len(CONTENT) // 2}-")]
    assert server.sent == len(CONTENT)


def test_the_next_call_goes_on_from_what_the_last_one_left(server, get, tmp_path):
    server.plan = ["cut"]
    with pytest.raises(ConnectionError, match=r"ended after 512000 of 1024000 bytes"):
        get(tries=1)
    assert files(tmp_path / "into") == ["file.bin.part"]
    assert get().read_bytes() == CONTENT
    assert server.sent == len(CONTENT)
    assert files(tmp_path / "into") == ["file.bin"]


@pytest.mark.parametrize(("answer", "again"), [("no range", []), ("416", [None])])
def test_a_server_that_cannot_resume_starts_over(answer, again, server, get, tmp_path):
    server.plan = ["cut", answer]
    assert get().read_bytes() == CONTENT
    assert [range_ for _, range_ in server.asked] == [None, "bytes=512000-", *again]
    assert files(tmp_path / "into") == ["file.bin"]  # nothing was put together wrongly


@pytest.mark.parametrize(
    "plan",
    [
        *(["no length"], ["503"], ["429", "500", "cut", "cut"], ["redirect to http://["]),
        *(["length abc"], [f"length {9 * 10**16}"]),
    ],
    ids="-".join,
)
def test_a_server_in_trouble_is_asked_again(plan, server, get):
    server.plan = list(plan)
    assert get().read_bytes() == CONTENT
    assert server.plan == []


def test_tries_are_bounded_and_waits_double(server, remote, tmp_path, monkeypatch):
    waits = []
    monkeypatch.setattr(resumable.time, "sleep", waits.append)
    server.plan = ["503"] * 9
    with pytest.raises(ConnectionError, match=r"tries: 5 of 5 .*HTTP 503") as error:
        fetch(remote, tmp_path)
    assert len(server.asked) == 5
    assert waits == [1, 2, 4, 8]
    for part in ("file.bin", remote.sha256, "set/raw/file.bin", "data_dir"):
        assert part in str(error.value)
    assert files(tmp_path) == []


def test_a_missing_file_is_asked_for_once(server, get):
    server.plan = ["404"]
    with pytest.raises(ConnectionError, match=r"tries: 1 of 5 .*HTTP 404"):
        get()


def test_a_mirror_takes_over(server, remote, tmp_path):
    server.plan = ["404"]
    (base,) = remote.urls()
    mirrored = Remote(remote.name, remote.sha256, lambda: [f"{base}/one", f"{base}/two"])
    assert fetch(mirrored, tmp_path, backoff=0).read_bytes() == CONTENT
    assert [path for path, _ in server.asked] == ["/file.bin/one", "/file.bin/two"]


def test_a_server_that_is_not_there_is_named(tmp_path, remote, server):
    server.server_close()
    with pytest.raises(ConnectionError, match=r"file\.bin: could not be downloaded, tries: 2 of 2"):
        fetch(remote, tmp_path, backoff=0, tries=2)


def test_wrong_content_is_kept_aside_and_tried_once_more(server, get, tmp_path):
    server.plan = ["wrong"]
    assert get().read_bytes() == CONTENT
    assert (tmp_path / "into" / "file.bin.corrupt").read_bytes() == server.wrong
    assert [range_ for _, range_ in server.asked] == [None, None]


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


def test_content_that_stays_wrong_is_refused_by_name(server, get, remote, tmp_path):
    server.plan = ["wrong", "wrong"]
    with pytest.raises(ValueError, match=r"file\.bin: two downloads had the wrong sha256") as error:
        get()
    for part in (hashlib.sha256(server.wrong).hexdigest(), remote.sha256, "set data_dir"):
        assert part in str(error.value)
    assert files(tmp_path / "into") == ["file.bin.corrupt"]


def test_a_right_file_that_is_there_is_not_fetched_again(server, get):
    assert get() == get()
    assert len(server.asked) == 1


def test_a_damaged_file_that_is_there_is_replaced_and_kept_aside(get, tmp_path):
    get().write_bytes(b"damaged")
    assert get().read_bytes() == CONTENT
    assert (tmp_path / "into" / "file.bin.corrupt").read_bytes() == b"damaged"


@pytest.mark.parametrize("place", ["file.bin", "set/raw/file.bin"])
def test_a_file_in_data_dir_is_copied_without_asking_anyone(place, server, get, tmp_path):
    own = tmp_path / "data" / place
    own.parent.mkdir(parents=True)
    own.write_bytes(CONTENT)
    path = get(tmp_path / "data")
    assert path.read_bytes() == CONTENT
    assert own.read_bytes() == CONTENT
    assert not path.samefile(own)  # whatever is done to the copy, the user's file stays
    assert server.asked == []


@pytest.mark.parametrize("content", [CONTENT[:-1], b"", b"other"])
def test_a_damaged_file_in_data_dir_is_named_and_never_used(content, server, get, remote, tmp_path):
    own = tmp_path / "data" / "file.bin"
    own.parent.mkdir()
    own.write_bytes(content)
    with pytest.raises(ValueError, match=r"data/file\.bin has sha256") as error:
        get(tmp_path / "data")
    assert hashlib.sha256(content).hexdigest() in str(error.value)
    assert remote.sha256 in str(error.value)
    assert own.read_bytes() == content
    assert files(tmp_path / "into") == []
    assert server.asked == []


def test_a_missing_data_dir_is_an_error(server, get, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"data_dir .*nowhere does not exist"):
        get(tmp_path / "nowhere")
    assert server.asked == []


def test_what_data_dir_lacks_is_downloaded_and_the_log_says_so(get, tmp_path, caplog):
    (tmp_path / "data").mkdir()
    with caplog.at_level(logging.INFO, "expost"):
        assert get(tmp_path / "data").read_bytes() == CONTENT
    assert "file.bin: not in data_dir" in caplog.text
    assert "1024000/1024000  bytes of file.bin" in caplog.text


def test_only_http_and_https(tmp_path, server, get, remote):
    local = Remote("file.bin", remote.sha256, lambda: [(tmp_path / "file.bin").as_uri()])
    with pytest.raises(ValueError, match=r"file:///.*wanted an address with http or https"):
        fetch(local, tmp_path / "into")
    server.plan = ["redirect to ftp://127.0.0.1:1/file"]
    with pytest.raises(ConnectionError, match="ftp"):
        get(tries=1)


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


def test_resnet34_is_the_file_that_torchvision_names():
    (url,) = RESNET34.urls()
    assert url.endswith(f"/{RESNET34.name}")
    assert RESNET34.sha256.startswith(RESNET34.name.split("-")[1].removesuffix(".pth"))
