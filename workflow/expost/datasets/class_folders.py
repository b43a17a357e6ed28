"""Which images a folder holds, and what its sub-folders say about them."""

from itertools import chain
from pathlib import Path

import numpy as np

from ..runtime.log import log
from . import class_names
from .arrays import PARTS

SUFFIXES = {".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff"}


def list_images(root: Path) -> tuple[dict[str, list[Path]], np.ndarray | None, list[str]]:
    """The image files below a folder by part, and their labels.

    Args:
        root: a folder that has `train` and `test` in it, or images, or a sub-folder a class.

    Returns:
        Files by part ("train" and "test", or "all"), sorted by name; the labels of all files
        in that order, int64, or None where there are no classes; and the names of the classes.

    Raises:
        NotADirectoryError: `root` is a file.
        ValueError: there are no images, a class has none, or the folders contradict each other.
    """
    if not root.is_dir():
        raise NotADirectoryError(f"{root} is a file; wanted a folder of images")
    given = [part for part in PARTS if (root / part).is_dir()]
    if len(given) == 1:
        raise ValueError(
            f"{root} has a folder {given[0]} only; wanted both train and test, or none"
        )
    parts = {part: root / part for part in given} or {"all": root}
    if given:
        beside = [*_images(root, deep=False), *(p for p in _folders(root) if p.name not in PARTS)]
        if beside:
            raise ValueError(
                f"{root} has {beside[0].name} beside train and test; move it into one of them"
            )
    found = {part: _classes(folder) for part, folder in parts.items()}
    names = [list(classes) for classes in found.values()]
    if names[0] != names[-1]:
        odd = sorted(set(names[0]) ^ set(names[-1]))[0] or "(images outside class folders)"
        raise ValueError(f"{root}: train and test differ in the class {odd}; both need all classes")
    files = {part: list(chain(*classes.values())) for part, classes in found.items()}
    if names[0] == [""]:
        return files, None, []
    counts = [len(classes[name]) for classes in found.values() for name in names[0]]
    labels = np.tile(np.arange(len(names[0])), len(found))
    named = list(map(class_names.of_folder, names[0]))
    return files, np.repeat(labels, counts).astype(np.int64), named


def class_folders(root: Path) -> list[str]:
    """The names of the classes that a folder would have; none where it has no sub-folders."""
    root = root / PARTS[0] if (root / PARTS[0]).is_dir() else root
    return [class_names.of_folder(path.name) for path in _folders(root)]


def _classes(folder):
    """Files by class, in the order of `class_names`; one class "" where there are none."""
    loose, folders = _images(folder, deep=False), _folders(folder)
    if loose and folders:
        raise ValueError(
            f"{folder} has images ({loose[0].name}) beside folders ({folders[0].name}), so it is "
            "not clear whether these are classes; move the images into folders, or all into one"
        )
    if loose:
        return {"": loose}  # no class
    classes = {path.name: _images(path, deep=True) for path in folders}
    for name, files in classes.items():
        if not files:
            raise ValueError(
                f"class {name!r} has no images: {folder / name} holds none of the kinds "
                f"{', '.join(sorted(SUFFIXES))}; add some or remove the folder"
            )
    if not classes:
        raise ValueError(
            f"{folder} has no images of the kinds {', '.join(sorted(SUFFIXES))}; correct the path"
        )
    return classes


def _folders(folder):
    names = [p.name for p in folder.iterdir() if p.is_dir() and not p.name.startswith(".")]
    return [folder / name for name in class_names.in_order(names)]


def _images(folder, deep):
    """Image files in a folder, or also below it, by name; hidden files and folders left out."""
    paths = folder.rglob("*") if deep else folder.iterdir()
    named = ((path.relative_to(folder).parts, path) for path in paths)
    return [
        path
        for parts, path in sorted(named)
        if path.suffix.lower() in SUFFIXES
        and not any(part.startswith(".") for part in parts)
        and path.is_file()
    ]


def tell_others(root: Path, files: list[Path]) -> None:
    """Log the files below a folder that are none of these; hidden ones are not said."""
    left_out = []
    for path in sorted(set(root.rglob("*")) - set(files)):
        name = path.relative_to(root)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            left_out.append(str(name))
    if left_out:
        first = ", ".join(left_out[:3])
        log.warning("%s: %d files are no images and left out, as %s", root, len(left_out), first)
