"""Vectors in place of images, from an archive."""

from ..io import npy_headers
from ..io.files import load_npz
from .arrays import PARTS
from .base import Dataset
from .npz import check_digest


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
        return npy_headers.lengths(*self.paths(folder), *(f"vectors_{part}" for part in PARTS))

    def _load(self, folder):
        (path,) = self.paths(folder)
        check_digest(path, self.sha256)
        return load_npz(path, *(f"vectors_{part}" for part in PARTS))
