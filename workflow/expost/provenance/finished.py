"""Which files in a folder of results are results."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

RECORD = "provenance.json"
KEPT = "kept"  # in it, what jobs keep for themselves: what trainings go on from, and scores
RUN = re.compile(r"seed\d+|n\d+m\d+")  # the folder of a training, or of a sampler


def results(folder: Path) -> Iterator[str]:
    """Paths in `folder` of all that jobs have finished and no repository tracks, sorted."""
    for where, folders, names in os.walk(folder, followlinks=True):
        # What a repository tracks, at the top; and below a run, what is kept.
        skipped = KEPT if RUN.fullmatch(Path(where).name) else None
        skipped = "reference" if Path(where) == folder else skipped
        folders[:] = sorted(
            name for name in folders if name != skipped and not _goes_round(Path(where, name))
        )
        for name in sorted(names):
            path = Path(where, name)
            kept = name not in (RECORD, "README.md") and not name.startswith(".")
            if kept and path.suffix not in (".tsv", ".part", ".corrupt") and path.is_file():
                yield str(path.relative_to(folder))


def _goes_round(folder: Path) -> bool:
    """Whether it is a link to a folder that it lies in, and not to one where there is room."""
    return folder.is_symlink() and any(
        above.resolve().is_relative_to(folder.resolve()) for above in folder.parents
    )
