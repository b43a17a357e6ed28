"""A file that holds one image."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from ..io.escaping import name_shown
from ..io.untrusted import named

GREY = {"1", "L", "LA"}
COLOUR = {"P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"}  # the modes of 8 bits a channel
# Pillow has one that runs another program.
FORMATS = ("PNG", "JPEG", "BMP", "WEBP", "TIFF", "GIF", "PPM")
ADVICE = "repair or remove it"
ON_SIDE = (5, 6, 7, 8)  # EXIF's orientations that exchange width and height


@contextmanager
def opened(file: Path) -> Iterator[Image.Image]:
    """The image, its head read: one picture of 8 bits a channel.

    Raises:
        ValueError: it is something else, or cannot be read.
    """
    with ExitStack() as stack:
        with named(file, ADVICE):
            # By name, Pillow maps plain TIFFs into memory, and mixes up the sides of turned ones.
            stream = stack.enter_context(open(file, "rb"))
            try:
                image = stack.enter_context(Image.open(stream, formats=FORMATS))
            except UnidentifiedImageError:
                raise ValueError(f"cannot identify image, none of {', '.join(FORMATS)}") from None
            frames = getattr(image, "n_frames", 1)
        if image.mode not in GREY | COLOUR:
            reason = f"has pixels of type {image.mode}, wanted 8 bits a channel"
        elif frames > 1:
            reason = f"holds {frames} pictures, wanted one"
        else:
            yield image
            return
        raise ValueError(f"{name_shown(file)} {reason}; convert or remove it")


def head(file: Path, crop: int | None) -> tuple[bool, tuple[int, int]]:
    """Whether an image is in colour, and its width and height once it is turned and cropped.

    Args:
        file: the image.
        crop: side of the centred square that is cut out; None cuts nothing.

    Raises:
        ValueError: as `opened`, or it is smaller than `crop`.
    """
    with opened(file) as image:
        width, height = image.size
        if _orientation(image, file) in ON_SIDE:
            width, height = height, width
        if crop and crop > min(image.size):
            raise ValueError(
                f"{name_shown(file)} is {width} x {height} pixels, too small for crop: {crop}; "
                "choose a smaller crop or remove the file"
            )
        return image.mode in COLOUR, (crop, crop) if crop else (width, height)


def pixels(
    file: Path, mode: str, crop: int | None, own: tuple[int, int], size: tuple[int, int]
) -> np.ndarray:
    """An image turned as its EXIF data says, cropped and resized, uint8 (c, h, w).

    Args:
        file: the image.
        mode: Pillow's, L or RGB.
        crop: side of the centred square that is cut out; None cuts nothing.
        own: width and height before resizing, as of `head`.
        size: width and height after bilinear resizing.

    Raises:
        ValueError: it cannot be read, or is partly transparent.
    """
    with opened(file) as image:
        with named(file, ADVICE):
            image.load()
        if _orientation(image, file) != 1:
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
        if image.size != own:
            raise ValueError(
                f"{name_shown(file)} says only behind its pixels that it is to be turned; save it "
                "again"
            )
        if image.size != size:
            image = image.resize(size, Image.Resampling.BILINEAR)
        values = np.asarray(image)  # (h, w) or (h, w, 3)
    return values[None] if mode == "L" else values.transpose(2, 0, 1)


def _orientation(image, file):
    """EXIF's, 1 to 8, where 1 is upright; as far as is known of an image that is not loaded.

    Pillow turns TIFFs by itself. Of a PNG, its own method would load all pixels to look behind.
    """
    if image.format == "TIFF":
        return 1
    advice = "save it again without"
    with named(file, advice, "has EXIF data that cannot be read"):
        return Image.Image.getexif(image).get(ExifTags.Base.Orientation, 1)
