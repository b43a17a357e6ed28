"""A file that holds one image."""

from pathlib import Path

from PIL import Image

from ..io.untrusted import named

GREY = {"1", "L", "LA"}
COLOUR = {"P", "PA", "RGB", "RGBA", "CMYK", "YCbCr"}  # the modes of 8 bits a channel
FORMATS = ("PNG", "JPEG", "BMP", "WEBP", "TIFF")  # Pillow has one that runs another program
ADVICE = "repair or remove it"


def opened(file: Path) -> Image.Image:
    """The image, its head read: one picture of 8 bits a channel."""
    with named(file, ADVICE):
        image = Image.open(file, formats=FORMATS)
        frames = getattr(image, "n_frames", 1)
    reason = None
    if image.mode not in GREY | COLOUR:
        reason = f"has pixels of type {image.mode}, wanted 8 bits a channel"
    elif frames > 1:
        reason = f"holds {frames} pictures, wanted one"
    if reason:
        image.close()
        raise ValueError(f"{file} {reason}; convert or remove it")
    return image
