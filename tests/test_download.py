"""Files arrive whole and right, or not at all; against a server that fails in every way."""

import hashlib
import logging
import os
from dataclasses import replace

import pytest
from downloading import CONTENT, files
from expost.io import resumable
from expost.io.download import check_size, fetch
from expost.io.remote_file import Remote


def test_downloads_the_whole_file_and_nothing_else(server, get, tmp_path):
    path = get()
    assert path == tmp_path / "into" / "file.bin"
    assert path.read_bytes() == CONTENT
    assert files(tmp_path / "into") == ["file.bin"]
    assert server.asked == [("/file.bin", None)]


@pytest.mark.parametrize("place", ["into/file.bin", "mine/set/raw/file.bin", "mine/file.bin"])
def test_a_file_of_another_size_is_named_before_any_download(place, server, remote, tmp_path):
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    check_size(remote, tmp_path / "into", tmp_path / "mine")
    path.write_bytes(CONTENT[:-1])
    with pytest.raises(ValueError, match=rf"{path} has 1,023,999 bytes, .*; put file\.bin with"):
        check_size(remote, tmp_path / "into", tmp_path / "mine")
    check_size(replace(remote, size=None), tmp_path / "into", tmp_path / "mine")
    assert server.asked == []


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
