"""Whether files can be made in a folder, asked before work of hours ends in it."""

import os
import tempfile
from pathlib import Path


def check(folder: str | Path) -> None:
    """Refuse a folder in which no file can be made; a missing one counts as its parent.

    Raises:
        OSError: which folder, and why; also where it is a file.
    """
    existing = Path(folder)
    if existing.is_symlink() and not existing.exists():
        raise OSError(
            f"{folder} is a link to {os.readlink(folder)}, which is not there; mount that disk, "
            "make that folder, or remove the link"
        )
    while not existing.exists():
        existing = existing.parent
    if not existing.is_dir():
        raise NotADirectoryError(
            f"{existing} is a file; wanted a folder for results: move it, or work in another folder"
        )
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        raise OSError(
            error.errno,
            f"cannot write to {folder} ({error.strerror}); make it writable, or work in another "
            "folder",
        ) from error
