"""Text from elsewhere, made fit to be shown."""

import re


def in_one_line(text: str) -> str:
    """The text with a space for each character that cannot be seen and may do something.

    Those end lines or comments, turn the direction of writing, move a terminal's cursor, or cannot
    be written at all.
    """
    return "".join(character if character.isprintable() else " " for character in text)


def in_rst(text: str) -> str:
    """The text in reStructuredText, where nothing in it means anything."""
    return re.sub(r"([\\*`|_<])", r"\\\1", in_one_line(text))
