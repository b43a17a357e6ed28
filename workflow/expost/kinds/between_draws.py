"""From one draw to another through the codes between.

Options: `pairs` of draws, a row each; `steps`, codes a row, both ends included; `path`, `linear` or
`spherical`, on arcs as seen from 0.
"""

from ..analyses.interpolation import PATHS
from ..figures import gallery
from ..io import files
from ..study.kinds import Choice, Kind, Page

KIND = Kind(
    figure=Page(
        "5 What else can be done?",
        "From one draw to another in {steps} equal steps between their codes along a {path} path, "
        "a row a pair, a block a method, of {dataset}; none is chosen. A good space of codes "
        "passes through images that could be real, wherever one is on the way.",
    ),
    files=("draw_ways",),
    single=("epoch", "size"),
    one_seed=True,
    only=lambda sampler: sampler.shows == "decoded",
    cannot="draws no codes of its own",
    options={"pairs": 5, "steps": 10, "path": Choice(PATHS)},
)


def draw(given: dict, about: dict):
    """A row a pair, a block a method."""
    blocks = []
    for i, label in gallery.order(about["runs"]):
        decoded = files.load_npz(given["draw_ways"][i], "decoded")["decoded"]
        blocks.append({f"{label}, {pair}": row for pair, row in enumerate(decoded, start=1)})
    return gallery.sample_grid(*blocks, columns=about["steps"])
