"""The folder that a comparison is written to: none of another's, and nothing left of an earlier."""

import csv
from pathlib import Path

from ..io.escaping import name_shown
from .suited import NAME

SCORES = "scores.csv"  # whose column `sampler` says which samplers an earlier comparison wrote
FILES = (SCORES, "summary.csv", "table.tex", "table.html", "best.txt")


def prepare(folder: str | Path, overwrite: bool) -> Path:
    """The folder, in which nothing of an earlier comparison is.

    Args:
        folder: where to; need not be there.
        overwrite: whether what an earlier comparison wrote there is removed; other files stay.

    Raises:
        ValueError: it is a file, or it is not empty and nothing may be replaced.
        OSError: a file cannot be removed.
    """
    folder = Path(folder).expanduser()
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{name_shown(folder)} is a file; wanted the name of a folder")
    if not folder.exists() or not any(folder.iterdir()):
        return folder
    if not overwrite:
        raise ValueError(
            f"the folder {name_shown(folder)} is not empty; take another, or overwrite=True to "
            "replace what an earlier comparison wrote there"
        )
    for name in [*(f"{sampler}.npz" for sampler in _samplers(folder / SCORES)), *FILES]:
        (folder / name).unlink(missing_ok=True)
    return folder


def _samplers(scores: Path) -> list[str]:
    """Those that an earlier comparison scored; only names that are no paths."""
    if not scores.is_file():
        return []
    with scores.open(encoding="utf-8", errors="replace", newline="") as file:
        found = {row.get("sampler") or "" for row in csv.DictReader(file)}
    return [name for name in sorted(found) if NAME.fullmatch(name)]
