"""Images that someone has already put into a NumPy archive."""

import zipfile
from collections.abc import Collection
from pathlib import Path

import numpy as np

from ..io import npy_headers
from ..io.escaping import name_shown
from ..io.files import load_npz, sha256
from ..io.untrusted import some
from ..runtime.log import log
from . import class_labels, class_names
from .arrays import PARTS, check, check_alike
from .base import Dataset

_KEYS = [f"{kind}_{part}" for kind in ("images", "labels", "attributes") for part in PARTS]
_KEYS += ["attribute_names", class_names.KEY]
NAMED = (class_names.KEY, *(f"labels_{part}" for part in PARTS))


class Npz(Dataset):
    """A .npz archive with `images_train` and `images_test`, uint8 (n, c, h, w), c = 1 or 3.

    It may hold `labels_train` and `labels_test`, integers (n,), and `attributes_train` and
    `attributes_test`, 0 or 1 (n, k), with `attribute_names`, (k,) strings; and `class_names`,
    strings, of the labels 0, 1, ... Other arrays are not read; the log names them. Pickled objects
    are refused.

    Args:
        path: the archive, relative to `data_dir` (or to the working folder without one).
        sha256: the archive's digest, 64 hexadecimal digits; None takes any.
        size: pixels a side after bilinear resizing; None keeps the images' own size.
    """

    def __init__(self, path: str, sha256: str | None = None, size: int | None = None):
        self.path, self.sha256, self.size = path, sha256, size

    def counts_in(self, folder="."):
        """By the heads of the two arrays."""
        found = npy_headers.stand_ins(*self.paths(folder)) or {}
        parts = [found[key] for key in _KEYS[:2] if key in found and found[key].ndim]
        return tuple(map(len, parts)) if len(parts) == 2 else None

    def shape_in(self, folder="."):
        """By the heads of all arrays, which must fit together."""
        (path,) = self.paths(folder)
        found = npy_headers.stand_ins(path)
        if found is None:
            npy_headers.check_archive(path, *_KEYS)
            return self._sized(None)
        _check_images_are_there(path, found)
        found |= load_npz(path, *NAMED)  # what labels are says more than their heads
        check({key: found[key] for key in _KEYS if key in found}, self.path)
        shapes = [self._sized(found[key].shape[1:]) for key in _KEYS[:2]]
        check_alike(*shapes, self.path)
        return shapes[0]

    def class_names(self, folder="."):
        """Those that the archive holds, if it is there; reads no image."""
        (path,) = self.paths(folder)
        try:
            known = load_npz(path, *NAMED)
            names = known.pop(class_names.KEY)
            return tuple(class_names.check(names, known.values(), self.path).tolist())
        except (OSError, ValueError, zipfile.BadZipFile, KeyError):
            return None  # it has none, or what `shape_in` and `load` name

    def not_learnable(self, folder="."):
        """By the labels, if the archive is there."""
        try:
            known = load_npz(*self.paths(folder), *NAMED)
            class_labels.check(*(known[key] for key in NAMED if key != class_names.KEY))
        except (OSError, KeyError):
            return None
        except ValueError as error:
            return str(error)
        return None

    def groups(self, folder="."):
        """The labels' classes or the attributes' names, if the archive is there; reads no image."""
        (path,) = self.paths(folder)
        if (names := self.class_names(folder)) is not None:
            return tuple(map(class_names.written, names))
        try:
            known = load_npz(path, "labels_train", "attribute_names")
            listed = _names(path)
        except (OSError, ValueError, zipfile.BadZipFile):
            return None  # missing or damaged, which `load` names
        if "labels_train" in known:
            return tuple(np.unique(known["labels_train"]).tolist())
        if "attributes_train" in listed:
            return tuple(known.get("attribute_names", np.empty(0, str)).tolist())
        return ()

    def _load(self, folder):
        (path,) = self.paths(folder)
        check_digest(path, self.sha256)
        arrays, names = load_npz(path, *_KEYS), _names(path)
        if others := sorted(set(names) - set(_KEYS)):
            log.info("%s: not used are %s", path, ", ".join(others))
        _check_images_are_there(path, names)
        return arrays


def check_digest(path: Path, wanted: str | None) -> None:
    """Refuse a file whose SHA-256 is not the wanted one, if there is one.

    Raises:
        ValueError: what was got, what was wanted and what to do.
    """
    if wanted is not None and (got := sha256(path)) != wanted.lower():
        raise ValueError(
            f"{name_shown(path)} has sha256 {got}, wanted {wanted}; it is damaged or another "
            "version, so put the right file there or correct sha256 in the config"
        )


def _check_images_are_there(path: Path, names: Collection[str]) -> None:
    if lacking := [name for name in _KEYS[:2] if name not in names]:
        got = some([*map(name_shown, names)]) or "nothing"
        raise ValueError(f"{name_shown(path)} has no {lacking[0]}; got {got}")


def _names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [name.removesuffix(".npy") for name in archive.namelist()]
