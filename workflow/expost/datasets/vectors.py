"""Vectors in place of images, from an archive."""

from ..io.files import load_npz, sha256
from .arrays import PARTS
from .base import Dataset


class Vectors(Dataset):
    """A .npz archive with `vectors_train` and `vectors_test`, real numbers (n, d); no pickles.

    Args:
        path: the archive, relative to `data_dir` (or to the working folder without one).
        sha256: the archive's digest, 64 hexadecimal digits; None takes any.
    """

    vectors = True

    def __init__(self, path: str, sha256: str | None = None):
        self.path, self.sha256 = path, sha256

    def _load(self, folder):
        (path,) = self.paths(folder)
        if self.sha256 is not None and (got := sha256(path)) != self.sha256.lower():
            raise ValueError(
                f"{path} has sha256 {got}, wanted {self.sha256}; it is damaged or another version, "
                "so put the right file there or correct sha256 in the config"
            )
        return load_npz(path, *(f"vectors_{part}" for part in PARTS))
