"""What made a result."""

import hashlib
import json
import os
import platform
import subprocess
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

from ..io import files

# Those that numbers depend on, of which an environment has some.
PACKAGES = (
    *("numpy", "scipy", "scikit-learn", "pandas", "torch", "torchvision", "pyvinecopulib"),
    *("onnx", "onnxruntime", "zuko", "torch-fidelity", "scikit-dimension", "safetensors", "pillow"),
    *("matplotlib", "seaborn", "snakemake"),
)
ROOT = Path(__file__).parents[3]
CODE = ("Snakefile", "workflow", "profiles")  # what results depend on; the config has its own hash


def made_by(config: dict) -> dict:
    """The code, the config, the packages and the machine of this process.

    `commit` is git's, with `-dirty` behind it where the code is not as committed, and null where
    there is no git; `config` is the SHA-256 of the config, overrides of studies included, but for
    `data_dir`, which says where data is and not what it is. A study's own file is part of the code.
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


def makers(paths: Iterable[str | Path]) -> dict[str, list[str]]:
    """The devices, CPUs and commits that results say they were made with, each once.

    Raises:
        FileNotFoundError, ValueError: as `files.load_json`.
    """
    found = {"device": set(), "cpu": set(), "commit": set()}
    for path in paths:
        content = files.load_json(path)
        about = content.get("made_by") if isinstance(content, dict) else None
        for key, values in found.items():
            values.add(str((isinstance(about, dict) and about.get(key)) or "unknown"))
    return {key: sorted(values) for key, values in found.items()}


@cache
def commit() -> str | None:
    """The commit that this code is of; null where it is not in a repository of its own."""
    try:
        head = _git("rev-parse", "HEAD")
    except FileNotFoundError:
        return None
    edited = head and _git("status", "--porcelain", "--", *CODE)
    return f"{head}-dirty" if edited else head or None


def _git(*words: str) -> str:
    """What git says of the repository that is here, and of none that this one lies in."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}  # a hook's, say
    environment["GIT_CEILING_DIRECTORIES"] = str(ROOT.parent)
    # Git refuses what another user owns, as its settings may run programs. We run its code anyway.
    command = ["git", "-c", "safe.directory=*", *words]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    return run.stdout.strip() if run.returncode == 0 else ""


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
