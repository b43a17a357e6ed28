"""Whether a folder of results is still as it was made."""

import json
from collections.abc import Callable
from pathlib import Path, PurePath

from ..io import files
from . import finished
from .finished import RECORD
from .stamp import made_by

UNKNOWN = "0" * 64  # the SHA-256 of what was altered before it could be read

Remade = Callable[[str, dict | None], bool]


def write(folder: str | Path, config: dict, remade: Remade, seconds: float | None = None) -> None:
    """Write `provenance.json`: the SHA-256 of every result in `folder`, and what made them last.

    Files whose size and time are as recorded are not read again. A file that has changed and was
    not made again keeps its old entry, so that it is still found to differ. Logs and timings of
    jobs (.tsv), unfinished downloads and what is committed (README.md, reference/) are no results.

    Args:
        folder: of the results.
        config: what they were made with.
        remade: of a path and its entry, whether it is as a job left it since; of a path that has
            no entry, whether it is not known to have changed since its job.
        seconds: that the jobs took, of this run; none if nothing was made, and then what made the
            results last is as it was.
    """
    folder = Path(folder)
    try:
        known = load(folder)
    except (FileNotFoundError, ValueError):
        known = {"made_by": made_by(config), "files": {}}
    if seconds is not None:
        known["made_by"] = made_by(config) | {"seconds": seconds}
    found = {
        name: _entry(folder / name, known["files"].get(name), remade)
        for name in finished.results(folder)
    }
    files.save_json(folder / RECORD, {"made_by": known["made_by"], "files": found})


def load(folder: str | Path) -> dict:
    """What `write` wrote.

    Raises:
        FileNotFoundError: nothing has been recorded there.
        ValueError: the record is damaged.
    """
    path = Path(folder) / RECORD
    try:
        found = json.loads(path.read_text())
        json.dumps(found, allow_nan=False)  # can be written again
        found["made_by"]["commit"]  # is there
        if not found["made_by"].get("seconds", 0) >= 0:
            raise ValueError("its seconds are negative")
        for name, entry in found["files"].items():
            if len(entry["sha256"]) != 64:
                raise ValueError(f"the entry {name!r} has no SHA-256")
            if PurePath(name).is_absolute() or ".." in PurePath(name).parts:
                raise ValueError(f"the entry {name!r} is outside the folder")
        return found
    except FileNotFoundError as error:
        raise FileNotFoundError(
            f"there is no {path} to compare with; name a folder of results that has one, or run "
            "snakemake, which records the results as they are then"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(
            f"{path} is damaged ({error}); restore it, or delete it, and the next run records the "
            "results as they are then"
        ) from error


def differences(folder: str | Path) -> dict[str, list[str]]:
    """The names of results that are not as recorded; every file is read.

    Returns:
        `changed`, `missing` and `new`, each a sorted list of paths in `folder`.

    Raises:
        FileNotFoundError, ValueError: as `load`.
    """
    folder = Path(folder)
    recorded, there = load(folder)["files"], set(finished.results(folder))
    return {
        "changed": sorted(
            name
            for name in recorded.keys() & there
            if files.sha256(folder / name) != recorded[name]["sha256"]
        ),
        "missing": sorted(recorded.keys() - there),
        "new": sorted(there - recorded.keys()),
    }


def check(folder: str | Path, remade: Remade) -> None:
    """Refuse results that have changed since they were recorded, unless they were made again.

    Only files whose size or time has changed are read.

    Args:
        folder: of the results.
        remade: as of `write`.

    Raises:
        ValueError: which ones; or the record is damaged.
    """
    folder = Path(folder)
    try:
        recorded = load(folder)["files"]
    except FileNotFoundError:
        return
    changed = [
        str(path)
        for name, entry in recorded.items()
        if (path := folder / name).is_file()
        and not _state(path).items() <= entry.items()
        and not remade(str(path), entry)
        and files.sha256(path) != entry["sha256"]
    ]
    if changed:
        more = f" and {len(changed) - 5} more" if len(changed) > 5 else ""
        raise ValueError(
            f"got {', '.join(changed[:5])}{more}, damaged or edited since made (`python "
            "workflow/verify.py` lists all that differ); delete them, and what still needs them "
            "makes them again, or name them as targets; to keep an edit, delete its entry in "
            f"{folder / RECORD}"
        )


def _entry(path: Path, old: dict | None, remade: Remade) -> dict:
    state = _state(path)
    if old is not None and state.items() <= old.items():
        return old
    digest = files.sha256(path)
    if remade(str(path), old) or (old is not None and digest == old["sha256"]):
        return {"sha256": digest, **state}
    return old or {"sha256": UNKNOWN}


def _state(path: Path) -> dict[str, int]:
    stat = path.stat()
    return {"bytes": stat.st_size, "changed_ns": stat.st_mtime_ns}
