"""Structure of a fitted vine: its first trees, with Kendall's tau along the edges."""

from ..figures import vine_trees
from ..io import files
from ..study.kinds import Kind, Page

KIND = Kind(
    figure=Page(
        "5 What else can be done?",
        "The first trees of the vine copula fitted to codes of {dataset}: boxes of T1 are the "
        'codes\' dimensions, those of every later tree the edges of the one before, and "1,3|2" '
        "is the dependence of dimensions 1 and 3 given 2. Colour, width and the small number are "
        "Kendall's tau: strong in T1, which is chosen so, and weak in later trees where little is "
        "left to model; a dashed box stands for branches that are left out.",
    ),
    files=("trees",),
    capabilities=(),
    only=lambda sampler: hasattr(sampler, "trees"),
    cannot="has no trees to show",
    one_run=True,
)


def draw(given: dict, about: dict):
    """The trees of one vine."""
    return vine_trees.vine_trees(files.load_json(given["trees"][0]))
