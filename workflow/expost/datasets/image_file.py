"""A file that holds one image."""

from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, ImageOps

from ..io.escaping import name_shown
from ..io.untrusted import named

GREY = {"1", "L", "LA"}
COLOUR = {"P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"}  # the modes of 8 bits a channel
# Pillow has one that runs another program.
FORMATS = ("PNG", "JPEG", "BMP", "WEBP", "TIFF", "GIF", "PPM")
ADVICE = "repair or remove it"
ON_SIDE = (5, 6, 7, 8)  # EXIF's orientations that exchange width and height


def opened(file: Path) -> Image.Image:
    """The image, its head read: one picture of 8 bits a channel.

    Raises:
        ValueError: it is something else, or cannot be read.
    """
    with named(name_shown(file), ADVICE):
        image = Image.open(file, formats=FORMATS)
        frames = getattr(image, "n_frames", 1)
    reason = None
    if image.mode not in GREY | COLOUR:
        reason = f"has pixels of type {image.mode}, wanted 8 bits a channel"
    elif frames > 1:
        reason = f"holds {frames} pictures, wanted one"
    if reason:
        image.close()
        raise ValueError(f"{name_shown(file)} {reason}; convert or remove it")
    return image


def head(file: Path, crop: int | None) -> tuple[bool, tuple[int, int]]:
    """Whether an image is in colour, and its width and height as it is looked at.

    Raises:
        ValueError: as `opened`, or it is smaller than `crop`.
    """
    with opened(file) as image:
        width, height = image.size
        if _orientation(image) in ON_SIDE:
            width, height = height, width
        if crop and crop > min(image.size):
            raise ValueError(
                f"{name_shown(file)} is {width} x {height} pixels, too small for crop: {crop}; "
                "choose a smaller crop or remove the file"
            )
        return image.mode in COLOUR, (crop, crop) if crop else (width, height)


def pixels(file: Path, mode: str, crop: int | None, size: tuple[int, int]) -> np.ndarray:
    """An image turned as its EXIF says, of the centre and of another size, uint8 (c, h, w).

    Args:
        file: the image.
        mode: Pillow's, L or RGB.
        crop: side of the centred square that is cut out; None cuts nothing.
        size: width and height after bilinear resizing.

    Raises:
        ValueError: it cannot be read, or is partly transparent.
    """
    with opened(file) as image:
        orientation = _orientation(image)
        with named(name_shown(file), ADVICE):
            image.load()
        if _orientation(image, image.getexif) != orientation:
            raise ValueError(
                f"{name_shown(file)} says only behind its pixels that it is to be turned; save it "
                "again"
            )
        if orientation != 1:
            image = ImageOps.exif_transpose(image)
        if image.has_transparency_data:
            opacity = image.convert("RGBA").getchannel("A").getextrema()[0]
            if opacity < 255:
                raise ValueError(
                    f"{name_shown(file)} is partly transparent; save it on a background"
                )
        image = image.convert(mode)
        if crop:
            left, top = ((side - crop) // 2 for side in image.size)
            image = image.crop((left, top, left + crop, top + crop))
        if image.size != size:
            image = image.resize(size, Image.Resampling.BILINEAR)
        values = np.asarray(image)  # (h, w) or (h, w, 3)
    return values[None] if mode == "L" else values.transpose(2, 0, 1)


def _orientation(image, read=None):
    """EXIF's, 1 to 8, where 1 is upright; of TIFFs Pillow sees to it by itself.

    By default as far as the head says: a PNG's own method would read all pixels to look behind.
    """
    if image.format == "TIFF":
        return 1
    advice = "save it again without"
    with named(name_shown(image.filename), advice, "has EXIF data that cannot be read"):
        exif = read() if read else Image.Image.getexif(image)
        return exif.get(ExifTags.Base.Orientation, 1)
