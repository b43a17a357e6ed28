"""Text from elsewhere, made fit to be shown."""

import os
import re
from pathlib import Path


def in_one_line(text: str) -> str:
    """The text with a space for each character that cannot be seen and may do something.

    Those end lines or comments, turn the direction of writing, move a terminal's cursor, or cannot
    be written at all.
    """
    return "".join(character if character.isprintable() else " " for character in text)


def in_rst(text: str) -> str:
    """The text in reStructuredText, where nothing in it means anything."""
    return re.sub(r"([\\*`|_<])", r"\\\1", in_one_line(text))


def name_shown(path: str | os.PathLike) -> str:
    r"""The name of a file, fit to be shown: bytes that are no UTF-8 as `\xe9`, line ends as `\n`.

    On Linux a name is any bytes, which Python keeps in characters that cannot be written.
    """
    return "".join(map(_shown, os.fspath(path)))


def _shown(character):
    if "\udc80" <= character <= "\udcff":  # a byte that Python could not decode
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character if character.isprintable() else character.encode("unicode_escape").decode()


def check_braces(*paths: str | os.PathLike) -> None:
    """Refuse paths that Snakemake would take for patterns.

    Raises:
        ValueError: one has braces.
    """
    for path in paths:
        if {"{", "}"} & set(os.fspath(path)):
            raise ValueError(
                f"got the path {name_shown(path)}; wanted one without braces: rename it"
            )


def missing(path: Path) -> str:
    """That there is no such file, or that what the link to it leads to is gone."""
    if path.is_symlink():
        return f"{name_shown(path)} is a link to {name_shown(path.readlink())}, which is not there"
    home = (
        " (~ is read as a name: write the folder that it stands for)" if "~" in path.parts else ""
    )
    return f"there is no {name_shown(path)}{home}"
