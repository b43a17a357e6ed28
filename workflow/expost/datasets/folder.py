"""Any folder of image files."""

import hashlib
import math

import numpy as np
from PIL import Image

from ..io import memory
from ..io.untrusted import named
from ..runtime.log import log
from . import image_file
from .arrays import PARTS
from .base import Dataset
from .class_folders import class_folders, list_images, tell_others
from .resize import check_size
from .split import held_out_count, split

_COLORS = ("auto", "grey", "rgb")


class Folder(Dataset):
    """Images in a folder, with sub-folders for classes, for the two parts, or for neither.

    Read are png, jpg, jpeg, bmp, webp, tif and tiff, at any depth, in the order of their names;
    other files are left out, which is logged unless their names begin with a dot. If the folder has
    `train` and `test` in it, these are the split; otherwise it is a fixed random one. The folders
    just below become classes of their names; 0, 1, ... number these in the order of the names, or
    of the numbers where all names are whole numbers. Pixels are taken as stored: EXIF rotations are
    not applied.

    Args:
        path: the folder, relative to `data_dir` (or to the working folder without one).
        size: pixels a side after bilinear resizing; None keeps the images' own, common size.
        crop: side of the centred square that is cut out before resizing; None cuts nothing.
        color: "grey" or "rgb" converts all images; "auto" is grey if all of them are.
        test: how many, or which fraction, to hold out where the folder has no `test` in it.
    """

    numbered = False

    def __init__(
        self,
        path: str,
        size: int | None = None,
        crop: int | None = None,
        color: str = "auto",
        test: int | float = 0.2,
    ):
        if color not in _COLORS:
            raise ValueError(f"color: got {color!r}, wanted one of {', '.join(_COLORS)}")
        for option, pixels in (("size", size), ("crop", crop)):
            if pixels is not None:
                check_size(pixels, option)
        self.path, self.size, self.crop, self.color, self.test = path, size, crop, color, test

    def counts_in(self, folder="."):
        """By the files' names, if the folder is there and as it should be; no image is read."""
        (root,) = self.paths(folder)
        try:
            parts, *_ = list_images(root)
            if len(parts) > 1:
                return tuple(len(parts[part]) for part in PARTS)
            test = held_out_count(len(parts["all"]), self.test)
        except (OSError, ValueError):
            return None  # which `load` says
        return len(parts["all"]) - test, test

    def class_names(self, folder="."):
        """Those of the folders of classes, if the folder is there; no image is read."""
        (root,) = self.paths(folder)
        return tuple(class_folders(root)) if root.is_dir() else None  # which `load` says

    def state(self, folder="."):
        """A digest of the names, sizes and times of all files: a folder's own time says little."""
        (root,) = self.paths(folder)
        digest = hashlib.sha256()
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            about = path.stat()
            name = path.relative_to(root).as_posix()
            digest.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
        return digest.hexdigest()[:16]

    def _load(self, folder):
        (root,) = self.paths(folder)
        parts, labels, names = list_images(root)
        files = [file for part in parts.values() for file in part]
        tell_others(root, files)
        mode, (width, height) = self._common(files)
        shape = (len(files), Image.getmodebands(mode), height, width)
        what = f"{self.path}: {len(files)} images of {width} x {height} pixels"
        memory.check(math.prod(shape), what, "set `size` or `crop`, or take fewer images")
        images = np.empty(shape, np.uint8)
        for row, file in enumerate(files):
            images[row] = self._read(file, mode, (width, height))

        if len(parts) == 1:
            rows = dict(zip(PARTS, split(len(files), self.test, "folder"), strict=True))
        else:
            first = len(parts["train"])
            rows = {"train": slice(first), "test": slice(first, None)}
        arrays = {f"images_{part}": images[rows[part]] for part in PARTS}
        if labels is not None:
            arrays |= {f"labels_{part}": labels[rows[part]] for part in PARTS}
            arrays |= {"class_names": np.array(names)}
        return arrays

    def _common(self, files):
        """Mode and (width, height) that all images will have, from the files' heads alone."""
        sizes, colours, squeezed = {}, 0, 0
        for file in files:
            with image_file.opened(file) as image:
                size = (self.crop, self.crop) if self.crop else image.size
                if self.crop and self.crop > min(image.size):
                    raise ValueError(
                        f"{file} is {image.size[0]} x {image.size[1]} pixels, too small for crop: "
                        f"{self.crop}; choose a smaller crop or remove the file"
                    )
                colours += image.mode in image_file.COLOUR
            sizes.setdefault(size, file)
            squeezed += size[0] != size[1]
        if self.size is None and len(sizes) > 1:
            (one, first), (other, second) = list(sizes.items())[:2]
            raise ValueError(
                f"{self.path}: images differ in size, {first.name} is {one[0]} x {one[1]} and "
                f"{second.name} is {other[0]} x {other[1]}; give `size` to resize them all"
            )
        if self.size is not None and squeezed:
            log.warning(
                "%s: %d of %d images are not square and are squeezed to %d x %d; `crop` would "
                "keep their proportions", self.path, squeezed, len(files), self.size, self.size,
            )  # fmt: skip
        mode = {"grey": "L", "rgb": "RGB", "auto": "RGB" if colours else "L"}[self.color]
        return mode, (self.size, self.size) if self.size else next(iter(sizes))

    def _read(self, file, mode, size):
        """One image as uint8 (c, h, w)."""
        with image_file.opened(file) as image:
            with named(file, image_file.ADVICE):
                image.load()
            if image.has_transparency_data:
                opacity = image.convert("RGBA").getchannel("A").getextrema()[0]
                if opacity < 255:
                    raise ValueError(f"{file} is partly transparent; save it on a background")
            image = image.convert(mode)
            if self.crop:
                left, top = ((side - self.crop) // 2 for side in image.size)
                image = image.crop((left, top, left + self.crop, top + self.crop))
            if image.size != size:
                image = image.resize(size, Image.Resampling.BILINEAR)
            pixels = np.asarray(image)  # (h, w) or (h, w, 3)
        return pixels[None] if mode == "L" else pixels.transpose(2, 0, 1)
