"""Whether what a file says it holds can be held, before any of it is."""

import os
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path, PurePosixPath

GROUPS = Path("/proc/self/cgroup")  # of this process: number:controllers:group
LIMITS = Path("/sys/fs/cgroup")


def physical() -> int:
    """Bytes of memory that this machine has."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def available() -> int:
    """Bytes of memory that this process may take: those of the machine, its cgroup, or its job."""
    megabytes = os.environ.get("SLURM_MEM_PER_NODE", "")
    job = [int(megabytes) << 20] if megabytes.isdecimal() else []
    return min([physical(), *_of_groups(), *filter(None, job)])  # SLURM's 0 is all there is


def check(wanted: int, what: str, advice: str) -> None:
    """Refuse to take more memory at once than there is.

    Args:
        wanted: bytes.
        what: they are for.
        advice: what to do about it.

    Raises:
        ValueError: how many they are, and how many there are.
    """
    if wanted > (there := available()):
        raise ValueError(
            f"{what} would take {_gib(wanted)} GiB of memory, this machine has {_gib(there)} for "
            f"this job; {advice}"
        )


def _of_groups() -> Iterator[int]:
    """The limits of this process's control group and of those around it, of either version."""
    for line in GROUPS.read_text().splitlines() if GROUPS.exists() else ():
        _, controllers, path = line.split(":", 2)
        if controllers not in ("", "memory"):
            continue
        kind, name = ("memory", "memory.limit_in_bytes") if controllers else ("", "memory.max")
        group = PurePosixPath(path.lstrip("/"))
        for folder in (group, *group.parents):
            file = LIMITS / kind / folder / name
            if file.exists() and (limit := file.read_text().strip()).isdecimal():  # or "max"
                yield int(limit)


def _gib(count: int) -> str:
    return f"{Decimal(count) / 2**30:.4g}"  # a damaged head may claim more than any float
