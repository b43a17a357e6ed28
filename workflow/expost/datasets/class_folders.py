"""Which images a folder holds, and what its sub-folders say about them."""

from itertools import chain
from os.path import basename, splitext

import numpy as np

from ..io.escaping import name_shown
from ..io.untrusted import some
from ..runtime.log import log
from . import class_names, part_names
from .arrays import PARTS
from .listing import Listing

SUFFIXES = (
    *(".bmp", ".jpeg", ".jpg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp", ".gif"),
    *(".ppm", ".pgm", ".pbm", ".pnm"),
)
NOT_READ = {  # pictures all the same
    *(".heic", ".heif", ".avif", ".jp2", ".j2k", ".jxl", ".svg", ".eps", ".psd", ".ico", ".tga"),
    *(".raw", ".dng", ".cr2", ".cr3", ".nef", ".arw", ".dcm", ".exr", ".hdr", ".dds", ".apng"),
}


def list_images(found: Listing) -> tuple[dict[str, list[str]], np.ndarray | None, list[str]]:
    """The image files below a folder by part, their labels, and the names of the classes.

    Args:
        found: a folder that has `train` and `test` in it, or images, or a sub-folder a class.

    Returns:
        Files by part ("train" and "test", or "all"), as paths below the folder, sorted by name; the
        labels of all files in that order, int64, or None where there are no classes; and the names
        of classes 0, 1, ..., none where there are none.

    Raises:
        ValueError: there are no images, a class has none, or the folders contradict each other.
    """
    root, tops = name_shown(found.root), found.inside()
    given = [part for part in PARTS if part in tops]
    _check_parts(root, tops, given)
    images = [name for name in found.files if _suffix(name) in SUFFIXES]
    if given:
        loose = [name for name in images if "/" not in name]
        if beside := [*loose, *(name for name in tops if name not in PARTS)]:
            raise ValueError(
                f"{root} has {name_shown(beside[0])} beside train and test; move it into one of "
                "them"
            )
    parts = {part: _classes(found, images, part) for part in given or [""]}
    names = [list(classes) for classes in parts.values()]
    if names[0] != names[-1]:
        odd = sorted(set(names[0]) ^ set(names[-1]))[0] or "(images outside class folders)"
        raise ValueError(
            f"{root}: train and test differ in the class {name_shown(odd)}; both need all classes"
        )
    files = {part or "all": list(chain(*classes.values())) for part, classes in parts.items()}
    if names[0] == [""]:
        return files, None, []
    counts = [len(classes[name]) for classes in parts.values() for name in names[0]]
    labels = np.repeat(np.tile(np.arange(len(names[0])), len(parts)), counts).astype(np.int64)
    shown = list(map(name_shown, names[0]))
    class_names.check(np.array(shown), [labels], root)
    return files, labels, shown


def class_folders(found: Listing) -> list[str]:
    """The names of the classes that a folder would have; none where it has no sub-folders."""
    below = found.inside(PARTS[0] if PARTS[0] in found.inside() else "")
    return list(map(name_shown, class_names.in_order(below)))


def _check_parts(root, tops, given):
    """Refuse folders that are named as parts, but not as `train` and `test` are."""
    if len(given) == 2:
        return  # what is beside them is refused, whatever its name
    odd = [name for name in part_names.parts_among(tops) if name not in given]
    if odd:
        both = ", ".join(map(name_shown, (*given, *odd)))
        raise ValueError(
            f"{root} has {both}, named as parts of a data set are and not classes; wanted both "
            "train and test, by these names and with nothing beside them, or none: rename or move "
            "them"
        )
    if given:
        raise ValueError(
            f"{root} has a folder {given[0]} only; wanted both train and test, or none; a class "
            "needs another name"
        )


def _classes(found, images, part):
    """Files by class, in the order of `class_names`; one class "" where there are none."""
    folder = name_shown(found.root / part)
    start = f"{part}/" if part else ""
    classes: dict[str, list[str]] = {name: [] for name in class_names.in_order(found.inside(part))}
    loose = []
    for name in images:
        if name.startswith(start):
            first, _, deeper = name[len(start) :].partition("/")
            (classes[first] if deeper else loose).append(name)
    if loose and classes:
        raise ValueError(
            f"{folder} has images ({name_shown(basename(loose[0]))}) beside folders "
            f"({name_shown(next(iter(classes)))}), so it is not clear whether these are classes; "
            "move the images into folders, or all into one"
        )
    if loose:
        return {"": loose}  # no class
    kinds = ", ".join(SUFFIXES)
    for name, files in classes.items():
        if not files:
            raise ValueError(
                f"class {name_shown(name)!r} has no images: {folder}/{name_shown(name)} holds none "
                f"of the kinds {kinds}; add some or remove the folder"
            )
        inside = found.inside(start + name)
        if set(PARTS) <= {part_names.meaning(deeper) for deeper in inside}:
            raise ValueError(
                f"{folder}/{name_shown(name)} has {', '.join(map(name_shown, inside))}, named as "
                "parts of a data set are; wanted these on top, as train/"
                f"{name_shown(name)} and test/{name_shown(name)}, or correct the path"
            )
    if not classes:
        raise ValueError(f"{folder} has no images of the kinds {kinds}; correct the path")
    return classes


def tell_others(found: Listing, files: list[str]) -> None:
    """Log the files below a folder that are none of these, and those that are there twice."""
    if twice := found.linked_twice(files):
        one, other = map(name_shown, next(iter(twice.items())))
        log.warning(
            "%s: %d files are links to others of these and count as pictures of their own, as %s, "
            "which is %s", name_shown(found.root), len(twice), one, other,
        )  # fmt: skip
    left_out = sorted(set(found.files) - set(files))
    pictures = [name for name in left_out if _suffix(name) in NOT_READ]
    others = [name for name in left_out if _suffix(name) not in NOT_READ]
    for names, why in (
        (pictures, f"pictures of kinds other than {', '.join(SUFFIXES)}"),
        (others, "no images"),
    ):
        if names:
            log.warning(
                "%s: %d files are %s and left out: %s",
                *(name_shown(found.root), len(names), why, some(list(map(name_shown, names)))),
            )


def _suffix(name):
    return splitext(name)[1].lower()
