"""Vectors in place of images, from an archive."""

from ..io import npy_headers
from ..io.files import load_npz
from .base import Dataset
from .npz import check_digest
from .vector_arrays import KEYS, check_shapes


class Vectors(Dataset):
    """A .npz archive with `vectors_train` and `vectors_test`, real numbers (n, d); no pickles.

    Args:
        path: the archive, relative to `data_dir` (or to the working folder without one).
        sha256: the archive's digest, 64 hexadecimal digits; None takes any.
    """

    vectors = True

    def __init__(self, path: str, sha256: str | None = None):
        self.path, self.sha256 = path, sha256

    def counts_in(self, folder="."):
        """By the heads of the two arrays."""
        found = npy_headers.stand_ins(*self.paths(folder)) or {}
        parts = [found[key] for key in KEYS if key in found and found[key].ndim]
        return tuple(map(len, parts)) if len(parts) == len(KEYS) else None

    def shape_in(self, folder="."):
        """By the heads of the two arrays."""
        (path,) = self.paths(folder)
        if (found := npy_headers.stand_ins(path)) is None:
            return npy_headers.check_archive(path, *KEYS)
        return check_shapes(found, self.path)

    def _load(self, folder):
        (path,) = self.paths(folder)
        check_digest(path, self.sha256)
        return load_npz(path, *KEYS)
