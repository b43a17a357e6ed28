"""Files that are whole or absent, and arrays that cross borders without pickles."""

import hashlib
import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

import numpy as np

from ..runtime import job
from . import memory, npy_headers
from .escaping import name_shown


@contextmanager
def whole(path: str | Path) -> Iterator[Path]:
    """A temporary path beside `path` that becomes `path` only if the block succeeds.

    Its name is this process's own. Others beside `path` are removed first: those that killed
    processes left, and those of processes that outlived the run they belonged to. These can write
    on, to nowhere, and fail in the end, so that two writers never mix. A job that has been started
    anew elsewhere writes no more (`job.give_way`). Under its own name a file also survives a power
    cut whole.

    Args:
        path: where the finished file goes; its folder is made when missing.

    Yields:
        The path to write to, with the same suffix.

    Raises:
        OSError: what went wrong (a full disk, no permission) and for which file;
            an earlier version of `path` is left as it was, and nothing half-written stays.
        job.Replaced: a later job makes this file; it is left to that one.
    """
    job.give_way()
    path = Path(path)
    owner = f"{platform.node()}-{os.getpid()}"
    temporary = path.with_name(f".{path.stem}.part-{owner}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for other in path.parent.glob(f".{escape(path.stem)}.part-*{escape(path.suffix)}"):
            other.unlink(missing_ok=True)
        yield temporary
        job.give_way()
        _to_disk(temporary)
        temporary.replace(path)
        with suppress(OSError):  # some file systems do so for files alone
            _to_disk(path.parent)
    except OSError as error:
        if error.filename not in (None, str(temporary), str(path), str(path.parent)):
            raise  # reading something else failed inside the block
        # Some writers tell of a short write without the system's reason.
        reason = error.strerror or f"{error} (is the disk full?)"
        raise OSError(
            error.errno,
            f"could not write {name_shown(path)}: {reason}; nothing was left there",
        ) from error
    finally:
        with suppress(OSError):  # where the folder could not be made
            temporary.unlink(missing_ok=True)


def _to_disk(path):
    """Wait until a file, or the list of a folder's files, would survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256(path: str | Path) -> str:
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def save_npy(path: str | Path, array: np.ndarray) -> None:
    """Write one array to `path` (.npy), whole or not at all; no pickle."""
    with whole(path) as temporary, open(temporary, "wb") as file:  # to a path NumPy adds a suffix
        np.save(file, array, allow_pickle=False)


def save_npz(path: str | Path, **arrays: np.ndarray) -> None:
    """Write named arrays of plain numbers or text to `path` (.npz), whole or not at all."""
    with whole(path) as temporary, open(temporary, "wb") as file:
        np.savez(file, **arrays)


def save_json(path: str | Path, content: dict | list) -> None:
    """Write `content` to `path` as JSON, whole or not at all; floats keep every digit."""
    with whole(path) as temporary:
        temporary.write_text(json.dumps(content, indent=1, allow_nan=False) + "\n")


def load_npy(path: str | Path) -> np.ndarray:
    """Read the array in `path` (.npy); refuses pickles.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is truncated, or no such array, or one that memory cannot hold.
    """
    array = _load(path)
    if not isinstance(array, np.ndarray):
        raise ValueError(f"{name_shown(path)} holds an archive of named arrays; wanted one array")
    return array


def load_npz(path: str | Path, *names: str) -> dict[str, np.ndarray]:
    """Read arrays in `path` (.npz) by name; refuses pickles.

    Args:
        path: the archive.
        names: of the arrays wanted, of which those that are not there are left out, and no others
            are looked at; none for all.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is truncated, or no such archive, or one that memory cannot hold.
    """
    archive = _load(path, names)
    if isinstance(archive, np.ndarray):
        raise ValueError(f"{name_shown(path)} holds a single array; wanted named arrays, as .npz")
    return archive


def load_json(path: str | Path) -> dict | list | str | float | None:
    """Read JSON from `path`.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is truncated, or no JSON.
    """
    try:
        return json.loads(Path(path).read_text())
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} is truncated or no JSON ({error}); make it again") from error


def _load(path, names=()):
    with npy_headers.plain(path), open(path, "rb") as file:
        claimed = npy_headers.bytes_claimed(file, names)
    memory.check(claimed, f"reading {name_shown(path)}", "make it smaller, or use a larger machine")
    with (
        npy_headers.plain(path),
        open(path, "rb") as file,
    ):  # NumPy leaves it open when it is damaged
        loaded = np.load(file, allow_pickle=False)
        if isinstance(loaded, np.ndarray):
            return loaded
        return {name: loaded[name] for name in loaded.files if not names or name in names}
