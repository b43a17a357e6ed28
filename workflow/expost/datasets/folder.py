"""Any folder of image files."""

from contextlib import suppress
from copy import copy

import numpy as np

from ..io.escaping import name_shown
from ..runtime.log import log
from . import pictures
from .arrays import PARTS
from .base import Dataset
from .class_folders import class_folders, list_images, tell_others
from .listing import look
from .resize import check_size
from .split import split, stratified

LOOKED_AT = 100  # images of which heads are read before loading: a hundredth of a second


class Folder(Dataset):
    """Images in a folder, with sub-folders for classes, for the two parts, or for neither.

    Read are files of the kinds in `class_folders.SUFFIXES`, at any depth, in the order of their
    names, each turned as its EXIF data says. Links are followed; one that leads nowhere, in a
    circle or to a folder that is there already is refused. Other files are left out, which is
    logged unless their names begin with a dot. If the folder has `train` and `test` in it, these
    are the split; otherwise it is a fixed random one, in which every class has images in both
    parts. The folders just below become classes of their names; 0, 1, ... number these in the order
    of the names, or of the numbers where all names are whole numbers.

    Args:
        path: the folder, relative to `data_dir` (or to the working folder without one).
        size: pixels a side after bilinear resizing; None keeps the images' own, common size.
        crop: side of the centred square that is cut out before resizing; None cuts nothing.
        color: "grey" or "rgb" converts all images; "auto" is grey if all of them are.
        test: how many, or which fraction, to hold out where the folder has no `test` in it.
    """

    numbered = False
    _listing = None  # of the moment of `as_of_now`

    def __init__(
        self,
        path: str,
        size: int | None = None,
        crop: int | None = None,
        color: str = "auto",
        test: int | float = 0.2,
    ):
        pictures.check_color(color)
        for option, pixels in (("size", size), ("crop", crop)):
            if pixels is not None:
                check_size(pixels, option)
        self.path, self.size, self.crop, self.color, self.test = path, size, crop, color, test

    def as_of_now(self, folder="."):
        """The same, its folder listed once; where that fails, each question tries again."""
        now = copy(self)
        with suppress(OSError, ValueError):
            now._listing = self._look(folder)
        return now

    def counts_in(self, folder="."):
        """By the files' names, if the folder is there and as it should be; no image is read."""
        try:
            files, *about = list_images(self._look(folder))
            rows = self._rows(files, *about)
        except (OSError, ValueError):
            return None  # which `state` and `load` say
        every = np.arange(sum(map(len, files.values())))
        return tuple(len(every[rows[part]]) for part in PARTS)

    def shape_in(self, folder="."):
        """By the heads of some images, and by none where `size` says."""
        if self.size is not None:
            return self._sized(None)
        try:
            found = self._look(folder)
            files, *_ = list_images(found)
        except (OSError, ValueError):
            return None  # which `state` and `load` say
        names = [name for part in files.values() for name in part]
        some = np.linspace(0, len(names) - 1, min(LOOKED_AT, len(names))).astype(int)
        paths = [found.root / names[i] for i in some]
        return pictures.shape(paths, name_shown(self.path), self.crop, self.color)

    def class_names(self, folder="."):
        """Those of the folders of classes, if the folder is there; no image is read."""
        try:
            return tuple(class_folders(self._look(folder)))
        except (OSError, ValueError):
            return None  # which `state` and `load` say

    def state(self, folder="."):
        """A digest of the names, sizes and times of all files, or of those that links lead to."""
        found = self._look(folder)
        self._rows(*list_images(found))  # or loading would fail
        return found.state()

    def _look(self, folder):
        return self._listing or look(*self.paths(folder))

    def _load(self, folder):
        found = self._look(folder)
        files, labels, classes = list_images(found)
        names = [name for part in files.values() for name in part]
        tell_others(found, names)
        paths = [found.root / name for name in names]
        images = pictures.read(paths, name_shown(self.path), self.size, self.crop, self.color)
        rows = self._rows(files, labels, classes)
        arrays = {f"images_{part}": images[rows[part]] for part in PARTS}
        if labels is not None:
            arrays |= {f"labels_{part}": labels[rows[part]] for part in PARTS}
            arrays |= {"class_names": np.array(classes)}
            if lacking := sorted({*range(len(classes))} - {*arrays["labels_test"].tolist()}):
                log.warning(
                    "%s: test: %s leaves nothing for testing of %d classes, as %s; hold out %d "
                    "images or more", name_shown(self.path), self.test, len(lacking),
                    classes[lacking[0]], len(classes),
                )  # fmt: skip
        return arrays

    def _rows(self, files, labels, classes):
        """Which of all files are in which part."""
        if len(files) > 1:
            first = len(files["train"])
            return {"train": slice(first), "test": slice(first, None)}
        if labels is None:
            rows = split(len(files["all"]), self.test, "folder")
        else:
            rows = stratified(labels, classes, self.test, "folder")
        return dict(zip(PARTS, rows, strict=True))
