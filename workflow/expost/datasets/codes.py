"""Codes of somebody's own autoencoder, which nothing is trained on."""

import copy
from contextlib import suppress
from pathlib import Path

import numpy as np

from ..io import code_files
from ..io.escaping import name_shown
from ..runtime.log import log
from ..runtime.seeding import generator
from . import wide_columns
from .arrays import PARTS
from .base import Dataset
from .split import held_out_count, split
from .vector_arrays import COLUMNS

SHARE = 0.25  # that is held out, unless it is said how much
MOST = 100_000  # codes of a file that are taken
MOST_FITTED, MOST_DRAWS = 10_000, 2_000  # of a comparison, unless it says how many
LOOKED_AT = 64_000_000  # bytes of files that are read when planning


class Codes(Dataset):
    """A file of codes, a row a code; and one of test codes, or a share of the first for these.

    Of a file of more than `MOST` rows as many are taken at random, always the same.

    Args:
        path: a .npy, .npz, .csv or .parquet file, relative to `data_dir` (or to the working folder
            without one); see `io.code_files.read_codes`.
        test: such a file of codes that nothing was fitted to, of the same autoencoder; or how many
            of the codes, or which share of them, are held out.
        array: which one of several arrays of an .npz file.
        test_array: that of the test codes.
    """

    vectors = True
    _shapes = None

    def __init__(
        self,
        path: str,
        test: str | float = SHARE,
        array: str | None = None,
        test_array: str | None = None,
    ):
        self.path, self.test, self.array, self.test_array = path, test, array, test_array
        if test_array is not None and not isinstance(test, str):
            raise ValueError(f"got test_array {test_array!r} with no file of test codes; give test")
        for file in (path, *([test] if isinstance(test, str) else ())):
            code_files.check_name(file)

    def paths(self, folder="."):
        """The file of codes, and that of test codes if there is one."""
        tests = [Path(folder) / self.test] if isinstance(self.test, str) else []
        return (*super().paths(folder), *tests)

    def as_of_now(self, folder="."):
        """The same, knowing the shapes of what is there now, if it can be read."""
        now = copy.copy(self)
        with suppress(OSError, ValueError):
            now._shapes = self._look(folder)
        return now

    def counts_in(self, folder="."):
        """By the heads of the files, or by their lines, where they are there and as they should."""
        try:
            train, *test = (min(shape[0], MOST) for shape in self._look(folder))
            if not test:
                test = [held_out_count(train, self.test)]
                train -= test[0]
        except (OSError, ValueError, IndexError):
            return None  # which `state` and `load` say
        return train, *test

    def shape_in(self, folder="."):
        """By the heads of the files."""
        try:
            shapes = self._look(folder)
        except OSError:
            return None
        for path, found in zip(self.paths(folder), shapes, strict=True):
            if len(found) != 2 or not all(found):
                raise ValueError(f"{name_shown(path)} has the shape {found}, wanted (n, d)")
        if len({width for _, width in shapes}) > 1:
            (_, codes), (_, test) = shapes
            raise ValueError(
                f"{name_shown(self.path)} has {codes} columns, {name_shown(self.test)} has {test}; "
                "wanted codes and test codes of one encoder"
            )
        return shapes[0][1:]

    def state(self, folder="."):
        """Sizes and times of the files; of small ones, all is looked at."""
        found = [path.stat() for path in self.paths(folder)]
        if sum(about.st_size for about in found) <= LOOKED_AT:
            self.load(folder)
        return " ".join(f"{about.st_size} {about.st_mtime_ns}" for about in found)

    def _look(self, folder):
        arrays = self.array, self.test_array
        return self._shapes or [
            code_files.shape(path, array)
            for path, array in zip(self.paths(folder), arrays, strict=False)
        ]

    def _load(self, folder):
        arrays, found, named = (self.array, self.test_array), [], []
        for path, array in zip(self.paths(folder), arrays, strict=False):
            n, rows = code_files.shape(path, array)[0], None
            if n > MOST:
                log.warning("%s: %d of its %d codes are taken", name_shown(path), MOST, n)
                rows = np.sort(generator("codes of a file", n).permutation(n)[:MOST])
            codes, names = code_files.read_named(path, array, rows)
            found.append(codes)
            named += [names] if names else []
        if len(named) == 2 and named[0] != named[1]:
            raise ValueError(
                f"{name_shown(self.path)} has the columns {', '.join(named[0][:8])}, "
                f"{name_shown(self.test)} has {', '.join(named[1][:8])}; wanted the same ones in "
                "the same order"
            )
        if len(found) == 1:
            rows = split(len(found[0]), self.test, "codes")
            found = [found[0][part] for part in rows]
        _tell_of_shared(*found)
        names = named[0] if named else None
        if wide := wide_columns.found(found[0], names):
            log.warning("%s: %s", name_shown(self.path), wide_columns.remark(wide))
        arrays = {f"vectors_{part}": codes for part, codes in zip(PARTS, found, strict=True)}
        return arrays | ({COLUMNS: np.array(names)} if names else {})


def _tell_of_shared(train: np.ndarray, test: np.ndarray) -> None:
    """Warn of test codes that are training codes, too, and refuse them if all are."""
    known = {row.tobytes() for row in train}
    shared = sum(row.tobytes() in known for row in test.astype(train.dtype))
    if shared == len(test):
        raise ValueError(
            "all test codes are training codes as well, so that copies could not be told from new "
            "codes; give others as test, or take each code once: numpy.unique(codes, axis=0)"
        )
    if shared:
        log.warning(
            "%d of %d test codes are training codes as well, so that also the control held_out "
            "copies; leave out what is there twice, unless it is right that codes repeat",
            shared, len(test),
        )  # fmt: skip
