"""What is known of a file that lies elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Remote:
    """A file that can be had elsewhere.

    Attributes:
        name: its name once it is here.
        sha256: the digest it must have, 64 hexadecimal digits.
        urls: gives the addresses to try, in turn. A function, since the library that knows them
            takes seconds to import and is needed only when something is downloaded. Where it gives
            none, no program can get the file.
        size: bytes, if known; more are never taken.
        kept_as: where a user's `data_dir` may have it, besides directly under `name`.
        by_hand: how a person gets it where no program can.
    """

    name: str
    sha256: str
    urls: Callable[[], Sequence[str]]
    size: int | None = None
    kept_as: tuple[str, ...] = ()
    by_hand: str = ""
