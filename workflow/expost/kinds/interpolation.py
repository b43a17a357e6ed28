"""From one real image to another through the codes between them.

Options: `pairs` of test images, a row each; `steps`, codes a row, both ends included; `path`,
`linear` or `spherical`, on arcs as seen from 0.
"""

from ..analyses.interpolation import PATHS
from ..figures import interpolation, pictures
from ..io import files
from ..study.kinds import Choice, Kind, Page

KIND = Kind(
    figure=Page(
        "5 What else can be done?",
        "From one test image of {dataset} to another in {steps} equal steps between their codes "
        "along a {path} path, a row a pair, the same random pairs for each autoencoder. The outer "
        "columns are the real images, the columns beside them their own reconstructions: a good "
        "space of codes passes through images that could be real.",
    ),
    of="autoencoders",
    files=("ways",),
    options={"pairs": 5, "steps": 10, "path": Choice(PATHS)},
)


def draw(given: dict, about: dict):
    """A row a pair, a block an autoencoder."""
    found = {}
    for label, path in zip(interpolation.labels(about["runs"]), given["ways"], strict=True):
        arrays = files.load_npz(path)
        for ends in ("starts", "ends"):
            arrays[ends] = pictures.shown(arrays[ends], about["hide_originals"])
        found[label] = interpolation.Lines(**arrays)
    return interpolation.interpolation(found)
