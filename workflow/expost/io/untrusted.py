"""Reading files that may be damaged, or made to do harm."""

import gzip
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .escaping import name_shown

MOST = 20  # of many problems that are said


@contextmanager
def named(
    what: str | Path, advice: str = "get it again", problem: str = "cannot be read"
) -> Iterator[None]:
    """Name the file in whatever its reader stumbles over, which may be any exception at all.

    Args:
        what: the file, or the part of it.
        advice: what to do about it.
        problem: what is wrong with it, in words that go on after its name.

    Raises:
        FileNotFoundError: the block found no file.
        ValueError: it failed in any other way.
    """
    try:
        yield
    except FileNotFoundError:
        raise
    except Exception as error:
        reason = str(error).strip() or type(error).__name__
        raise ValueError(f"{name_shown(what)} {problem} ({reason}); {advice}") from error


def gunzip(path: str | Path, most: int) -> bytes:
    """What a gzip file of at most `most` bytes unpacks to; no more than that is ever unpacked.

    Raises:
        ValueError: it is longer.
        OSError, EOFError, zlib.error: the file is truncated or no gzip file.
    """
    with gzip.open(path) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise ValueError(f"it unpacks to more than {most} bytes, wanted at most that many")
    return content


def check_packing(member: zipfile.ZipInfo) -> None:
    """Refuse a member of a zip archive that is packed in a way that cannot be unpacked in parts.

    Of bzip2 and LZMA, `zipfile` unpacks all that it has read, however much that comes to.

    Raises:
        ValueError: which one.
    """
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        kind = zipfile.compressor_names.get(member.compress_type, member.compress_type)
        raise ValueError(f"{member.filename} is packed by {kind}, wanted deflate or nothing")


def some(things: Sequence) -> str:
    """The first `MOST` of what may be very many, and how many more there are."""
    return ", ".join([*map(str, things[:MOST]), *_rest(len(things))])


def _rest(count: int) -> list[str]:
    """How many more there are than are said, if there are."""
    return [f"and {count - MOST} more"] if count > MOST else []


class Problems:
    """What is wrong with many files, to be said at once.

    Attributes:
        count: how many problems there are.
        first: the first `MOST` of them.
    """

    def __init__(self):
        self.count, self.first = 0, []

    def add(self, problem: str) -> None:
        """One more, which says what it is about and what to do."""
        self.count += 1
        if self.count <= MOST:
            self.first.append(problem)

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Note a `ValueError` of the block and go on."""
        try:
            yield
        except ValueError as error:
            self.add(str(error))

    def refuse(self, where: str) -> None:
        """Raise if there is any.

        Args:
            where: they were found, said if there are several.

        Raises:
            ValueError: the first ones, and how many more there are.
        """
        if self.count == 1:
            raise ValueError(self.first[0])
        if self.count:
            head = f"{where}: {self.count} problems"
            raise ValueError("\n  ".join([head, *self.first, *_rest(self.count)]))
