"""Files are whole or absent, and their errors say which and why."""

import re
import subprocess
import sys

import numpy as np
import pytest
from conftest import ROOT
from expost.io import files, memory


def test_a_block_that_fails_leaves_nothing_and_keeps_the_old(tmp_path):
    path = tmp_path / "numbers.npy"
    files.save_npy(path, np.arange(3))

    def fail():
        with files.whole(path) as temporary:
            temporary.write_bytes(b"half")
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError, match="half-way"):
        fail()
    assert files.load_npy(path).tolist() == [0, 1, 2]
    assert [p.name for p in tmp_path.iterdir()] == ["numbers.npy"]


def test_the_last_to_start_writing_wins_and_nothing_mixes(tmp_path):
    path = tmp_path / "a[1].json"
    (tmp_path / ".a[1].part-host-1.json").write_text("a killed process left this")
    (tmp_path / ".a[12].part-host-1.json").write_text("another file's")
    late = f"""
import sys
from pathlib import Path
from expost.io import files
with files.whole({str(path)!r}) as temporary, open(temporary, "w") as file:
    file.write("old" * 9)
    file.flush()
    print("half-way", flush=True)
    sys.stdin.read()
"""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", late], cwd=ROOT / "workflow", stdin=pipe, stdout=pipe, stderr=pipe
    ) as orphan:
        assert orphan.stdout.readline() == b"half-way\n"
        files.save_json(path, {"new": 1})
        error = orphan.communicate()[1].decode()
    assert orphan.returncode
    assert "a[1].json: No such file or directory; nothing was left there" in error
    assert path.read_text() == '{\n "new": 1\n}\n'
    assert sorted(p.name for p in tmp_path.iterdir()) == [".a[12].part-host-1.json", path.name]


def test_arrays_and_json_come_back(tmp_path):
    files.save_npz(tmp_path / "deep/er/x.npz", a=np.arange(3), b=np.eye(2, dtype=np.float32))
    loaded = files.load_npz(tmp_path / "deep/er/x.npz")
    assert loaded["a"].tolist() == [0, 1, 2]
    assert loaded["b"].dtype == np.float32


def test_only_the_arrays_asked_for_are_read(tmp_path, monkeypatch):
    path = tmp_path / "x.npz"
    files.save_npz(path, a=np.arange(3), b=np.ones(2), large=np.zeros(1000))
    assert files.load_npz(path).keys() == {"a", "b", "large"}
    monkeypatch.setattr(memory, "available", lambda: 40)  # 24 bytes of one and 16 of the other
    loaded = files.load_npz(path, "a", "b", "none")
    assert loaded.keys() == {"a", "b"}
    assert loaded["a"].tolist() == [0, 1, 2]
    with pytest.raises(ValueError, match=r"x\.npz would take"):
        files.load_npz(path, "a", "large")
    content = bytearray(path.read_bytes())
    content[content.index(b"large.npy") + 500] ^= 1
    path.write_bytes(content)
    assert files.load_npz(path, "a").keys() == {"a"}
    monkeypatch.undo()
    with pytest.raises(ValueError, match="Bad CRC-32 for file 'large.npy'"):
        files.load_npz(path, "large")


def test_the_same_arrays_are_the_same_bytes(tmp_path):
    for name in "ab":
        files.save_npz(tmp_path / f"{name}.npz", x=np.arange(9), y=np.ones(2))
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()


def test_files_are_as_readable_as_any_other(tmp_path):
    files.save_json(tmp_path / "x.json", {"a": 1})
    (tmp_path / "plain").touch()
    assert (tmp_path / "x.json").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("keep", [0, 10, 100, -1])
def test_a_truncated_archive_is_named(tmp_path, keep):
    path = tmp_path / "codes.npz"
    files.save_npz(path, x=np.arange(100))
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ValueError, match=r"codes\.npz is truncated.*again"):
        files.load_npz(path)


def test_pickles_are_refused(tmp_path):
    np.save(tmp_path / "x.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match=r"x\.npy is truncated or not a plain NumPy file"):
        files.load_npy(tmp_path / "x.npy")


def test_one_array_is_no_archive(tmp_path):
    files.save_npy(tmp_path / "x.npy", np.arange(3))
    with pytest.raises(ValueError, match="single array"):
        files.load_npz(tmp_path / "x.npy")


def test_an_archive_is_no_array(tmp_path):
    for arrays in ({"a": np.arange(3)}, {}):
        files.save_npz(tmp_path / "x.npz", **arrays)
        (tmp_path / "x.npz").rename(tmp_path / "x.npy")
        with pytest.raises(ValueError, match=r"x\.npy holds an archive of named arrays"):
            files.load_npy(tmp_path / "x.npy")


def test_nan_in_json_is_refused(tmp_path):
    with pytest.raises(ValueError, match="not JSON compliant"):
        files.save_json(tmp_path / "x.json", {"a": float("nan")})
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "results").write_text("a file where a folder should be")
    with pytest.raises(OSError, match=r"could not write .*results/x\.npy.*nothing was left"):
        files.save_npy(tmp_path / "results/x.npy", np.arange(3))


WRITERS = {
    "npy": "files.save_npy(path, np.arange(n))",
    "npz": "files.save_npz(path, x=np.arange(n))",
    "json": "files.save_json(path, list(range(n)))",
    "safetensors": "safetensors.save(path, {'x': torch.arange(n)}, {})",
}


@pytest.mark.parametrize("kind", WRITERS)
def test_a_full_disk_leaves_nothing_and_keeps_the_old(kind, tmp_path):
    """A limit on file size stands in for the disk's end: the same failing write."""
    path = tmp_path / f"x.{kind}"
    program = f"""if True:
        import resource, signal, torch
        import numpy as np
        from expost.io import files, safetensors
        def save(n, path={str(path)!r}):
            {WRITERS[kind]}
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        save(10)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        save(100_000)
    """
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT / "workflow", capture_output=True, text=True
    )
    assert done.returncode == 1
    assert re.search(r"OSError: .*could not write .*: .+; nothing was left there\n$", done.stderr)
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_size < 1000
