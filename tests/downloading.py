"""A file to download, the server that has it, and how to fetch it."""

import hashlib

import pytest
from expost.io.download import fetch
from expost.io.remote_file import Remote
from file_server import FileServer

CONTENT = bytes(range(256)) * 4000  # 1 MB: several blocks


def files(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


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
