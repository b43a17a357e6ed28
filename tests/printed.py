"""What a PDF of a figure holds: its width, and the sizes of its letters."""

import re
import zlib


def width(pdf: bytes) -> float:
    """Inches."""
    left, _, right, _ = map(float, re.search(rb"/MediaBox \[([^\]]+)\]", pdf)[1].split())
    return (right - left) / 72


def letters(pdf: bytes) -> list[float]:
    """Points of each text, in the order of the page."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            plain = zlib.decompress(stream)
        except zlib.error:
            continue  # a font, or no text
        found += [float(size) for size in re.findall(rb"/[\w-]+ ([\d.]+) Tf", plain)]
    return found


def smallest(pdf: bytes, inches: float) -> float:
    """Points of the smallest letters where the page is made so wide, if it is wider."""
    return min(letters(pdf)) * min(1, inches / (width(pdf) - 1e-3))
