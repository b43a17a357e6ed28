"""Whether what a file says it holds can be held, before any of it is."""

import os
from decimal import Decimal


def physical() -> int:
    """Bytes of memory that this machine has."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def check(wanted: int, what: str, advice: str) -> None:
    """Refuse to take more memory at once than there is on this machine.

    Args:
        wanted: bytes.
        what: they are for.
        advice: what to do about it.

    Raises:
        ValueError: how many they are, and how many there are.
    """
    if wanted > (there := physical()):
        raise ValueError(
            f"{what} would take {_gib(wanted)} GiB of memory, this machine has {_gib(there)}; "
            f"{advice}"
        )


def _gib(count: int) -> str:
    return f"{Decimal(count) / 2**30:.4g}"  # a damaged head may claim more than any float
