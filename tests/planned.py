"""What a dry run plans, and files with other text for a while, for tests of plans."""

import re
from contextlib import contextmanager
from pathlib import Path

import yaml
from conftest import snakemake

JOB = re.compile(r"^(?:local)?rule (\w+):\n((?:    .*\n)+)", re.MULTILINE)


def planned(folder: Path, *arguments: str) -> dict[str, list[str]]:
    """Rule -> the outputs of each of its jobs that would run, or nothing of a mere target."""
    run = snakemake(folder, "--dry-run", "--quiet=host", *arguments)
    assert run.returncode == 0, run.stdout
    assert JOB.search(run.stdout) or "Nothing to be done" in run.stdout, run.stdout
    found: dict[str, list[str]] = {}
    for rule, about in JOB.findall(run.stdout):
        output = re.search(r"^    output: (.*)$", about, re.MULTILINE)
        found.setdefault(rule, []).append(output[1] if output else "")
    return found


@contextmanager
def edited(path: Path, change):
    """A file with other text for a while."""
    before = path.read_text()
    after = change(before)
    assert after != before, f"nothing to change in {path}"
    path.write_text(after)
    try:
        yield
    finally:
        path.write_text(before)


def overlay(folder: Path, **changes) -> tuple[str, ...]:
    """Arguments for the small config of the tests with changes; targets follow them."""
    path = folder / "overlay.yaml"
    path.write_text(yaml.safe_dump(changes))
    return ("--configfile", "tests/smoke.yaml", path.name, "--")


def times(*folders: Path) -> dict[Path, int]:
    """When each file below folders was last written."""
    paths = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {path: path.stat().st_mtime_ns for path in paths}
