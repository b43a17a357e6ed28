"""Draws by walking along axes through each mode of a mixture, a row a mode.

Options: `steps`, codes a line, of an odd number the middle one is the mode's mean; `reach`, where a
line ends, in standard deviations of the mode.
"""

from ..figures import traversals
from ..io import files
from ..study.kinds import Kind, Page

KIND = Kind(
    figure=Page(
        "5 What else can be done?",
        "Decoded codes of {dataset} on lines through each mode of the mixture that codes were "
        "drawn towards, from {reach} standard deviations before its mean to as many behind it, a "
        "row a mode, the first two axes beside each other. Where modes are classes, a row keeps "
        "its class and changes its style.",
    ),
    of="autoencoders",
    files=("ways",),
    law="mixture",
    one_seed=True,
    one_run=True,
    options={"steps": 5, "reach": 2},
)


def draw(given: dict, about: dict):
    """A row a mode, a block an axis."""
    found = files.load_npz(given["ways"][0], "decoded")["decoded"]
    labels = [f"mode {k}" for k in range(len(found))]
    headings = [f"axis {k + 1}" for k in range(found.shape[1])]
    return traversals.traversals(found, labels, headings)
