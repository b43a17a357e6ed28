"""Codes and draws in pairs of dimensions.

Options: `dimensions`, how many of the first ones are paired, and `points`, codes and draws that are
shown.
"""

from ..figures import codes_and_draws, pair_plot
from ..study.kinds import Kind, Page

KIND = Kind(
    figure=Page(
        "1 What do samples look like?",
        "Codes of {dataset} in every pair of the first dimensions: held-out codes in grey, and on "
        "top of them draws in colour, a row a method. Draws where there is no grey are codes that "
        "the data do not have, and grey without colour is what a sampler misses; held-out codes "
        "as draws show what chance alone does.",
    ),
    files=("draws", "codes"),
    capabilities=("pairs of dimensions",),
    single=("epoch", "size"),
    one_seed=True,
    options={"dimensions": 3, "points": 300},
)


def draw(given: dict, about: dict):
    """A row a method."""
    shown = codes_and_draws.drawn(given, about)
    names = codes_and_draws.names(given)
    return pair_plot.pair_plot(shown, about["dimensions"], about["points"], names)
