"""The arrays of a dataset, and what must be true of them."""

from pathlib import Path

import numpy as np

from ..io.files import load_npz
from . import class_names

PARTS = ("train", "test")


def load_part(path: str | Path, part: str) -> np.ndarray:
    """The images, uint8 (n, c, h, w), or the vectors, float32 (n, d), of one part of a data set.

    Args:
        path: the archive that the pipeline has made of the data set.
        part: `train` or `test`.

    Raises:
        FileNotFoundError, ValueError: as of `io.files.load_npz`; or the archive has neither.
    """
    found = load_npz(path, f"images_{part}", f"vectors_{part}")
    if not found:
        raise ValueError(f"{path} has neither images_{part} nor vectors_{part}; make it again")
    return next(iter(found.values()))


def load_labels(path: str | Path, part: str) -> np.ndarray | None:
    """The classes of the images of one part of a data set, int64 (n,), if it has labels.

    Arguments and errors are those of `load_part`.
    """
    return load_npz(path, f"labels_{part}").get(f"labels_{part}")


def check(arrays: dict[str, np.ndarray], name: str) -> dict[str, np.ndarray]:
    """The arrays of a dataset, checked; integer labels become int64, flags uint8.

    Args:
        arrays: `images_train`, `images_test` and, for both parts or neither, `labels_*` and
            `attributes_*` (then also `attribute_names`); with labels, maybe `class_names`.
        name: whose they are, for the messages.

    Raises:
        ValueError: an array is missing or of the wrong type, shape or range; says which, what
            was got, what was wanted and what to do.
    """
    for part in PARTS:
        if f"images_{part}" not in arrays:
            raise ValueError(f"{name} has no images_{part}; got {', '.join(arrays) or 'nothing'}")
        _check_images(arrays[f"images_{part}"], f"images_{part} of {name}")
    checked = {f"images_{part}": arrays[f"images_{part}"] for part in PARTS}
    for kind, check_one in (("labels", _labels), ("attributes", _attributes)):
        keys = [f"{kind}_{part}" for part in PARTS]
        missing = [key for key in keys if key not in arrays]
        if len(missing) == 1:
            raise ValueError(f"{name} has no {missing[0]}; give {kind} for both parts or neither")
        for key, part in zip(keys, PARTS, strict=True):
            if not missing:
                images = arrays[f"images_{part}"]
                checked[key] = check_one(arrays[key], len(images), f"{key} of {name}")
    if "attributes_train" in checked:
        checked["attribute_names"] = _attribute_names(arrays, checked, name)
    if class_names.KEY in arrays:
        labels = [checked[key] for key in ("labels_train", "labels_test") if key in checked]
        checked[class_names.KEY] = class_names.check(arrays[class_names.KEY], labels, name)
    return checked


def check_alike(train: tuple[int, int, int], test: tuple[int, int, int], name: str) -> None:
    """Refuse parts whose images differ in shape, (c, h, w).

    Raises:
        ValueError: both shapes, and what to do.
    """
    if train != test:
        remedy = (
            "give `size` to resize all" if train[0] == test[0] else "make all grey, or all colour"
        )
        raise ValueError(
            f"{name}: training images are {train}, test images {test} (channels, height, width); "
            f"both must be alike: {remedy}"
        )


def _check_images(images, what):
    if images.ndim == 4 and images.dtype == np.uint8 and images.shape[1] in (1, 3):
        if images.size == 0:
            raise ValueError(f"{what}: no images, shape {images.shape}; every part needs some")
        return
    advice = "look at what was saved under this name"
    if images.ndim == 3:
        advice = "for grey images save images[:, None]"
    elif images.ndim == 4 and images.shape[1] not in (1, 3) and images.shape[3] in (1, 3):
        advice = "channels seem to come last: save images.transpose(0, 3, 1, 2)"
    elif images.ndim == 4 and images.dtype != np.uint8:
        advice = "save whole numbers 0..255 as uint8"
    raise ValueError(
        f"{what}: got {images.dtype} of shape {images.shape}, wanted uint8 (n, 1 or 3 channels, "
        f"height, width); {advice}"
    )


def _labels(labels, n, what):
    if labels.shape != (n,) or labels.dtype.kind not in "iu":
        raise ValueError(
            f"{what}: got {labels.dtype} of shape {labels.shape}, wanted integers of shape ({n},), "
            "one an image; names of classes go into class_names"
        )
    if labels.min() < 0:
        raise ValueError(f"{what}: got {labels.min()}, wanted classes 0, 1, 2, ...; renumber them")
    return labels.astype(np.int64)


def _attributes(flags, n, what):
    if flags.ndim != 2 or len(flags) != n or flags.dtype.kind not in "biu":
        raise ValueError(
            f"{what}: got {flags.dtype} of shape {flags.shape}, wanted integers 0 or 1 of shape "
            f"({n}, number of attributes), a row an image"
        )
    if not np.isin(flags, (0, 1)).all():
        raise ValueError(
            f"{what}: got values {flags.min()}..{flags.max()}, wanted 0 or 1; recode them"
        )
    return flags.astype(np.uint8)


def _attribute_names(arrays, checked, name):
    names = arrays.get("attribute_names", np.empty(0, str))
    widths = [checked[f"attributes_{part}"].shape[1] for part in PARTS]
    if names.dtype.kind != "U" or {*map(int, widths)} != {names.size} or names.ndim != 1:
        raise ValueError(
            f"attribute_names of {name}: got {names.dtype} of shape {names.shape} for {widths[0]} "
            f"training and {widths[1]} test attributes; wanted one string per attribute"
        )
    return class_names.check_writable(names, f"attribute_names of {name}")
