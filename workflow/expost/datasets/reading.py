"""Reading files that may be damaged."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def named(what: str | Path, advice: str = "get it again") -> Iterator[None]:
    """Name the file in whatever its reader stumbles over, which may be any exception at all.

    Args:
        what: the file, or the part of it.
        advice: what to do about it.

    Raises:
        ValueError: the block failed.
    """
    try:
        yield
    except Exception as error:
        reason = str(error) or type(error).__name__
        raise ValueError(f"{what} cannot be read ({reason}); {advice}") from error
