"""Faces of celebrities with 40 attributes each: CelebA."""

import io
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

from ..io import memory
from ..io.remote_file import Remote
from ..io.untrusted import Problems, check_packing, named, some
from ..runtime.progress import Progress
from .base import Dataset
from .celeba_lists import read_attributes, read_partition
from .resize import check_size

CROP = 140  # pixels a side of the central square, which is what every study of latent codes takes
PARTS = {"train": 0, "test": 2}  # 1 is the validation part
LARGEST = 1_000_000  # bytes of an image; the largest of the published ones have some 20,000


def read_faces(path: str | Path, names: list[str], side: int) -> np.ndarray:
    """Images of an archive, cropped to the central 140 x 140 and resized: uint8 (n, 3, side, side).

    Read in memory one after the other, by name; what else the archive holds is not looked at.

    Args:
        path: the .zip archive with the JPEG files in the folder `img_align_celeba`.
        names: of the files.
        side: pixels a side after bilinear resizing.

    Raises:
        ValueError: the archive is truncated or none; images are missing, damaged, of absurd size
            or not 178 x 218 pixels in colour; says which, twenty at most. Or memory cannot hold
            them.
    """
    what = f"{len(names)} faces of {side} x {side} pixels"
    memory.check(len(names) * 3 * side**2, what, "set a smaller size")
    faces, progress = np.empty((len(names), 3, side, side), np.uint8), Progress(len(names))
    with named(path):
        archive = zipfile.ZipFile(path)
    problems = Problems()
    with archive:
        for i, name in enumerate(names):
            with problems.caught(), named(f"{name} in {path}", "get the archive again"):
                face = _face(archive, f"img_align_celeba/{name}")
                face = face.resize((side, side), Image.Resampling.BILINEAR)
                faces[i] = np.asarray(face).transpose(2, 0, 1)
            progress(i + 1, "faces")
    problems.refuse(str(path))
    return faces


def _face(archive, member):
    """The central square of an image, after its size was looked at."""
    found = archive.getinfo(member)
    if found.file_size > LARGEST:
        raise ValueError(f"it says that it has {found.file_size} bytes, wanted {LARGEST} at most")
    check_packing(found)
    with archive.open(found) as file:
        content = file.read(LARGEST)  # of one that lies no more is unpacked either
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as image:
        if (image.mode, image.size) != ("RGB", (178, 218)):
            raise ValueError(f"it is {image.mode} {image.size}, wanted RGB (178, 218)")
        left, top = ((length - CROP) // 2 for length in image.size)
        return image.crop((left, top, left + CROP, top + CROP))


def _remote(name, size, sha256):
    return Remote(
        name,
        sha256,
        lambda: (),  # Google Drive answers programs with a page instead of a file
        size,
        (f"celeba/{name}",),
        "img_align_celeba.zip, list_attr_celeba.txt and list_eval_partition.txt are all needed; "
        "Google Drive has them, where the page of CelebA at MMLAB, the Chinese University of Hong "
        "Kong, leads to",
    )


class CelebA(Dataset):
    """162,770 training and 19,962 test faces in colour, with 40 attributes and no classes.

    The aligned images, 178 x 218, of which the central 140 x 140 is resized to 64 x 64. The split
    is the published one, and keeps people apart; its validation part, 19,867 faces, is not used.
    For non-commercial research only. The files must be got by hand, see `Remote.by_hand`.

    Args:
        size: pixels a side after bilinear resizing.

    References:
        Liu, Luo, Wang & Tang (2015), "Deep learning face attributes in the wild", ICCV.
    """

    counts = (162_770, 19_962)
    shape = (3, CROP, CROP)
    files = (
        _remote(
            "img_align_celeba.zip",
            1_443_490_838,
            "46fb89443c578308acf364d7d379fe1b9efb793042c0af734b6112e4fd3a8c74",
        ),
        _remote(
            "list_attr_celeba.txt",
            26_721_026,
            "f0e5da289d5ccf75ffe8811132694922b60f2af59256ed362afa03fefba324d0",
        ),
        _remote(
            "list_eval_partition.txt",
            2_836_386,
            "fc955bcb3ef8fbdf7d5640d9a8693a8431b5f2ee291a5c1449a1549e7e073fe7",
        ),
    )

    def __init__(self, size: int = 64):
        check_size(size)
        self.size = size

    def groups(self, folder="."):
        """Of the 40 attributes those that the EBCAE paper asks for."""
        return ("Eyeglasses", "Male", "Smiling")

    def _load(self, folder):
        parts = read_partition(folder / "list_eval_partition.txt")
        names, rows = read_attributes(folder / "list_attr_celeba.txt")
        arrays = {"attribute_names": names}
        for part, number in PARTS.items():
            files = [name for name, found in parts.items() if found == number]
            if lacking := [name for name in files if name not in rows]:
                raise ValueError(
                    f"list_attr_celeba.txt has no row of {some(lacking)}, which "
                    "list_eval_partition.txt has; get both again"
                )
            arrays[f"images_{part}"] = read_faces(folder / "img_align_celeba.zip", files, self.size)
            arrays[f"attributes_{part}"] = np.array([rows[name] for name in files], np.uint8)
        return arrays
