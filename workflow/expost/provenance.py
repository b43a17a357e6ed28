"""What made a result, and whether a folder of results is still as it was made."""

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path, PurePath

from . import files

NAME = "provenance.json"
# Those that numbers depend on, of which an environment has some.
PACKAGES = (
    *("numpy", "scipy", "scikit-learn", "pandas", "torch", "torchvision", "pyvinecopulib"),
    *("zuko", "safetensors", "pillow", "matplotlib", "seaborn", "snakemake"),
)
ROOT = Path(__file__).parents[2]


def made_by(config: dict) -> dict:
    """The code, the config, the packages and the machine of this process.

    `commit` is git's, with `-dirty` behind it where files it tracks were edited, and null where
    there is no git; `config` is the SHA-256 of all settings but `data_dir`, which says where data
    is and not what it is.
    """
    return {
        "commit": commit(),
        "config": _digest({key: value for key, value in config.items() if key != "data_dir"}),
        "python": platform.python_version(),
        "packages": _versions(),
        "cpu": _cpu(),
    }


def stamped(rows: list[dict], config: dict, **about) -> dict:
    """Rows of a result under what made them; `about` is what only the job knows: seed, seconds."""
    return {"made_by": made_by(config) | about, "rows": rows}


def rows(path: str | Path) -> list[dict]:
    """The rows that `stamped` put into a result.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is damaged, or another's.
    """
    found = files.load_json(path)
    rows = found.get("rows") if isinstance(found, dict) else None
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and all(isinstance(v, str | int | float) for v in row.values())
        for row in rows
    ):
        raise ValueError(f"{path} holds no rows of text and numbers; make it again")
    return rows


def record(folder: str | Path, config: dict) -> None:
    """Write `provenance.json`: the SHA-256 of every result in `folder`, and what made them last.

    Files whose size and time are as recorded are not read again. Logs and timings of jobs (.tsv)
    and what is committed (README.md, reference/) are no results.
    """
    folder = Path(folder)
    try:
        known = load(folder)["files"]
    except (FileNotFoundError, ValueError):
        known = {}
    found = {}
    for name in _results(folder):
        state = _state(folder / name)
        old = known.get(name, {})
        same = state.items() <= old.items()
        found[name] = old if same else {"sha256": files.sha256(folder / name), **state}
    files.save_json(folder / NAME, {"made_by": made_by(config), "files": found})


def load(folder: str | Path) -> dict:
    """What `record` wrote.

    Raises:
        FileNotFoundError: nothing has been recorded there.
        ValueError: the record is damaged.
    """
    path = Path(folder) / NAME
    try:
        found = json.loads(path.read_text())
        found["made_by"]["commit"]  # is there
        for name, entry in found["files"].items():
            if len(entry["sha256"]) != 64:
                raise ValueError(f"the entry {name!r} has no SHA-256")
            if PurePath(name).is_absolute() or ".." in PurePath(name).parts:
                raise ValueError(f"the entry {name!r} is outside the folder")
        return found
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
    recorded, there = load(folder)["files"], set(_results(folder))
    return {
        "changed": sorted(
            name
            for name in recorded.keys() & there
            if files.sha256(folder / name) != recorded[name]["sha256"]
        ),
        "missing": sorted(recorded.keys() - there),
        "new": sorted(there - recorded.keys()),
    }


def check(folder: str | Path, remade: Callable[[str], bool]) -> None:
    """Refuse results that have changed since they were recorded, unless they were made again.

    Only files whose size or time has changed are read.

    Args:
        folder: of the results.
        remade: whether a path is as a later job left it, which nothing has recorded yet.

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
        and not remade(str(path))
        and files.sha256(path) != entry["sha256"]
    ]
    if changed:
        more = f" and {len(changed) - 5} more" if len(changed) > 5 else ""
        raise ValueError(
            f"got {', '.join(changed[:5])}{more}, damaged or edited since made; delete them, and "
            "what still needs them makes them again, or name them as targets; to keep an edit, "
            f"delete its entry in {folder / NAME}"
        )


@cache
def commit() -> str | None:
    """The commit that this code is of; null where it is not in a repository of its own."""
    environment = os.environ | {"GIT_CEILING_DIRECTORIES": str(ROOT.parent)}
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return run.stdout.strip() or None


@cache
def _versions() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # of another environment
    return found


@cache
def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _digest(config: dict) -> str:
    return hashlib.sha256(json.dumps(config, sort_keys=True).encode()).hexdigest()


def _state(path: Path) -> dict[str, int]:
    stat = path.stat()
    return {"bytes": stat.st_size, "changed_ns": stat.st_mtime_ns}


def _results(folder: Path) -> Iterator[str]:
    """Paths in `folder` of all that jobs have finished and no repository tracks, sorted."""
    for where, folders, names in os.walk(folder):
        skipped = {"unfinished", "reference"} if Path(where) == folder else {"unfinished"}
        folders[:] = sorted(name for name in folders if name not in skipped)
        for name in sorted(names):
            path = Path(where, name)
            kept = name not in (NAME, "README.md") and not name.startswith(".")
            if kept and path.suffix != ".tsv" and path.is_file():
                yield str(path.relative_to(folder))
