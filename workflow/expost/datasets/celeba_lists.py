"""The text files that say what is known of CelebA's images."""

from pathlib import Path

import numpy as np

from ..io.untrusted import Problems

PARTITIONS = {"0": 0, "1": 1, "2": 2}  # training, validation, test


def read_partition(path: str | Path) -> dict[str, int]:
    """Which part an image is in: 0 training, 1 validation, 2 test; lines of its name and that.

    Raises:
        ValueError: a line is something else, or an image's second; which lines, twenty at
            most.
    """
    parts: dict[str, int] = {}
    problems = Problems()
    for number, line in enumerate(_lines(path), start=1):
        name, *rest = line.split() or [""]
        if len(rest) != 1 or rest[0] not in PARTITIONS or name in parts:
            problems.add(_odd(path, number, line, "the name of an image and 0, 1 or 2"))
            continue
        parts[name] = PARTITIONS[rest[0]]
    problems.refuse(str(path))
    return parts


def read_attributes(path: str | Path) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The attributes' names, (k,) strings, and which of them an image has, by its name, 0 or 1.

    The format: a line with the number of images, one with the attributes' names, and one an image,
    its name and 1 or -1 for every attribute.

    Raises:
        ValueError: a line is something else, or an image's second, or there are more or fewer
            than the first line says.
    """
    count, names, *lines = [*_lines(path), ""]  # an empty file has one line
    names, rows, problems = names.split(), {}, Problems()
    for number, line in enumerate(lines[:-1], start=3):
        name, *values = line.split() or [""]
        if len(values) != len(names) or not {"1", "-1"} >= set(values) or name in rows:
            wanted = f"the name of an image and {len(names)} times 1 or -1"
            problems.add(_odd(path, number, line, wanted))
            continue
        rows[name] = np.array([value == "1" for value in values], np.uint8)
    problems.refuse(str(path))
    if not names or count.strip() != str(len(rows)):
        raise ValueError(
            f"{path} says that it has {count.strip()[:20]!r} images and has {len(rows)}, with "
            f"{len(names)} attributes; get it again"
        )
    return np.array(names), rows


def _lines(path):
    """The lines of a text file, empty ones at its end left out."""
    return Path(path).read_text(encoding="ascii", errors="replace").rstrip("\n").split("\n")


def _odd(path, number, line, wanted):
    return (
        f"{path}, line {number}: got {line[:60]!r}, wanted {wanted}, each image once; get it again"
    )
