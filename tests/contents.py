"""The bytes of files in good order, for tests that damage them or pack them."""

import io
import zipfile

import numpy as np


def through_file(write):
    """The bytes of a file that a function writes."""
    buffer = io.BytesIO()
    write(buffer)
    return buffer.getvalue()


def npy(array):
    return through_file(lambda file: np.save(file, array))


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()
