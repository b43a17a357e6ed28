"""What every dataset promises."""

from abc import ABC, abstractmethod
from pathlib import Path

import numpy as np

from ..io.escaping import missing, name_shown
from ..io.remote_file import Remote
from . import vector_arrays
from .arrays import PARTS, check, check_alike
from .class_names import KEY, written
from .resize import resize


class Dataset(ABC):
    """Images with a fixed split into a training and a test part.

    Concrete datasets store their options, write `_load`, say what they read (`files` or `path`),
    may write `counts_in`, `shape_in`, `class_names`, `groups`, `state` and `as_of_now`, and
    override nothing else; so the checks below hold for all.

    Attributes:
        files: what must be downloaded first (see `expost.io.download.fetch`).
        path: the user's own file or folder that is read instead.
        size: pixels a side that all images are resized to (see `resize`); None keeps theirs.
        counts: numbers of training and test images where they are known without loading, so that
            a study that wants more of them is refused before anything has run.
        shape: of the images before they are resized, (c, h, w), where it is known without loading.
        names: of the classes 0, 1, ..., where they are known without loading.
        numbered: whether the numbers of classes are published or the user's own, so that a config
            may say them in place of names.
        vectors: whether there are vectors, float (n, d), in place of images.
    """

    files: tuple[Remote, ...] = ()
    path: str | None = None
    size: int | None = None
    counts: tuple[int, int] | None = None
    shape: tuple[int, ...] | None = None
    names: tuple[str, ...] | None = None
    numbered: bool = True
    vectors: bool = False

    def paths(self, folder: str | Path = ".") -> tuple[Path, ...]:
        """What `load(folder)` reads: downloaded files, the user's file or folder, or nothing."""
        names = [remote.name for remote in self.files]
        if self.path is not None:
            names.append(self.path)
        return tuple(Path(folder) / name for name in names)

    def counts_in(self, folder: str | Path = ".") -> tuple[int, int] | None:
        """Numbers of training and test images, as far as known before loading; see `counts`."""
        return self.counts

    def shape_in(self, folder: str | Path = ".") -> tuple[int, ...] | None:
        """Shape of an image, (c, h, w), or a vector, (d,), as far as known before loading.

        Where only the sides of an image are known, c is 1.

        Raises:
            ValueError: heads of files say that these cannot be loaded together.
        """
        return self._sized(self.shape)

    def _sized(self, shape):
        return shape if self.size is None else ((shape or (1,))[0], self.size, self.size)

    def class_names(self, folder: str | Path = ".") -> tuple[str, ...] | None:
        """Names of the classes 0, 1, ..., as far as known before loading; see `names`."""
        return self.names

    def groups(self, folder: str | Path = ".") -> tuple[int | str, ...] | None:
        """The classes or attributes to ask for images by, as far as known before loading.

        Returns:
            Names of classes, numbers of those that have none, or names of attributes; none where it
            is plain that nothing is known of the images; None where loading will tell.
        """
        names = self.class_names(folder)
        return None if names is None else tuple(map(written, names))

    def not_learnable(self, folder: str | Path = ".") -> str | None:
        """Why a classifier cannot learn the classes, as far as known before loading."""
        return None

    def as_of_now(self, folder: str | Path = ".") -> "Dataset":
        """The same, knowing what is there now, where several questions would look anew each."""
        return self

    def state(self, folder: str | Path = ".") -> str | None:
        """What changes with the user's file or folder; None where nothing but downloads is read.

        Raises:
            FileNotFoundError: it is missing.
            ValueError: it is plain without loading that it cannot be loaded.
        """
        if self.path is None:
            return None
        (path,) = self.paths(folder)
        if path.is_dir():
            raise ValueError(
                f"{name_shown(path)} is a folder; wanted a file in NumPy's .npz. A folder of "
                "pictures is of the kind `folder`"
            )
        about = path.stat()  # a file copied in with its old time is no newer
        return f"{about.st_size} {about.st_mtime_ns}"

    def load(self, folder: str | Path = ".") -> dict[str, np.ndarray]:
        """Read, resize and split the images.

        Args:
            folder: where the downloaded `files` lie, or what a relative `path` is relative to.

        Returns:
            `images_train` and `images_test`, uint8 (n, c, h, w), c = 1 or 3, and what is known
            of them: `labels_train` and `labels_test`, int64 (n,); `attributes_train` and
            `attributes_test`, uint8 (n, k) of 0 and 1, with `attribute_names`, (k,) strings; and
            `class_names`, (classes,) strings. Of vectors, `vectors_train` and `vectors_test`,
            float32 (n, d).

        Raises:
            FileNotFoundError: a file or folder is missing.
            ValueError: what is there is damaged, or not what was promised.
        """
        for path in self.paths(folder):
            if not path.exists():
                name = name_shown(path.name)
                what = missing(path) if path.is_symlink() else f"{name_shown(path)} does not exist"
                if not Path(folder).is_dir():
                    what = f"the folder {name_shown(folder)}, for {name}, does not exist"
                raise FileNotFoundError(
                    f"{what}; put it there, or set data_dir to the folder that has {name}"
                )
        arrays, name = self._load(Path(folder)), name_shown(self.path or type(self).__name__)
        if self.vectors:
            return vector_arrays.check(arrays, name)
        arrays = check(arrays, name)
        counts = len(arrays["images_train"]), len(arrays["images_test"])
        if self.counts is not None and counts != tuple(self.counts):
            raise ValueError(
                f"{type(self).__name__}: got {counts[0]} training and {counts[1]} test images, "
                f"wanted {self.counts[0]} and {self.counts[1]}; get its files again"
            )
        if self.names is not None:
            arrays[KEY] = np.array(self.names)
        for part in PARTS:
            arrays[f"images_{part}"] = resize(arrays[f"images_{part}"], self.size)
        check_alike(*(arrays[f"images_{part}"].shape[1:] for part in PARTS), name)
        return arrays

    @abstractmethod
    def _load(self, folder: Path) -> dict[str, np.ndarray]: ...
