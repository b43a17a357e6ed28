"""Small photographs of things: CIFAR-10."""

import io
import tarfile
from pathlib import Path

import numpy as np

from ..io.remote_file import Remote
from ..io.untrusted import gunzip, named
from .base import Dataset

ARCHIVE, FOLDER = "cifar-10-binary.tar.gz", "cifar-10-batches-bin"
BATCHES = {"train": [f"data_batch_{i}.bin" for i in range(1, 6)], "test": ["test_batch.bin"]}
SHAPE = (3, 32, 32)
RECORD = 1 + 3 * 32 * 32  # bytes: the label, then the pixels
BESIDE = 2**20  # bytes of all that is not batches: heads, names, a page to read


def read_batches(path: str | Path, images: int) -> dict[str, np.ndarray]:
    """The records of every batch in the archive, uint8 (images, 3073), by the batch's name.

    Members are read in memory, in the order they come; only files of the known names and of the
    right size are, and nothing is written.

    Args:
        path: the .tar.gz archive of the binary version.
        images: in a batch.

    Raises:
        ValueError: the archive is truncated or none; a batch is missing, or of another size.
    """
    names = {f"{FOLDER}/{name}": name for part in BATCHES.values() for name in part}
    wanted, batches = images * RECORD, {}
    with named(path):
        content = io.BytesIO(gunzip(path, len(names) * wanted + BESIDE))
    with named(path), tarfile.open(fileobj=content, mode="r:") as archive:
        for member in archive:
            if not 0 <= member.size <= wanted:  # less leads back to where it came from, for ever
                raise ValueError(f"{member.name} has {member.size} bytes, wanted {wanted} at most")
            if member.name not in names:
                continue
            if not member.isfile() or member.size != wanted:
                raise ValueError(f"{member.name} has {member.size} bytes, wanted {wanted}")
            with named(member.name, "the archive is damaged"):
                content = archive.extractfile(member).read()
            batches[names[member.name]] = np.frombuffer(content, np.uint8).reshape(images, RECORD)
        if missing := set(names.values()) - set(batches):
            raise ValueError(f"it has no {', '.join(sorted(missing))} in {FOLDER}")
    return batches


def _address():
    from torchvision.datasets import CIFAR10 as source

    return [source.url.replace(source.filename, ARCHIVE)]  # torchvision reads the pickled version


class CIFAR10(Dataset):
    """50,000 training and 10,000 test photographs in 10 classes, in colour, 32 x 32.

    It is the binary version that is read: the one for Python has the same images as pickles, which
    run whatever they say. The split is the published one.

    Args:
        size: pixels a side after bilinear resizing; None keeps 32.

    References:
        Krizhevsky (2009), "Learning multiple layers of features from tiny images", technical
        report, University of Toronto.
    """

    counts = (50_000, 10_000)
    shape = SHAPE
    names = (
        *("airplane", "automobile", "bird", "cat", "deer"),
        *("dog", "frog", "horse", "ship", "truck"),
    )
    files = (
        Remote(
            ARCHIVE,
            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
            _address,
            170_052_171,
            (f"cifar10/{ARCHIVE}", f"CIFAR10/{ARCHIVE}"),
        ),
    )

    def __init__(self, size: int | None = None):
        self.size = size

    def _load(self, folder):
        batches, arrays = read_batches(folder / ARCHIVE, self.counts[1]), {}
        for part, names in BATCHES.items():
            records = np.concatenate([batches[name] for name in names])
            if records[:, 0].max() > 9:
                raise ValueError(
                    f"{ARCHIVE} has labels up to {records[:, 0].max()} among the {part} images, "
                    "wanted 0..9; get it again"
                )
            arrays[f"images_{part}"] = records[:, 1:].reshape(-1, *SHAPE)
            arrays[f"labels_{part}"] = records[:, 0].astype(np.int64)
        return arrays
