"""Correlations of draws against those of codes.

Option: `dimensions`, how many of the first ones are paired.
"""

from ..figures import codes_and_draws, correlation_points
from ..study.kinds import Kind, Page

KIND = Kind(
    figure=Page(
        "1 What do samples look like?",
        "Rank correlations of all pairs of dimensions of codes of {dataset}, among held-out codes "
        "across and among {draws} draws up, a panel a method. Points beside the diagonal are "
        "dependence that a sampler misses (flat clouds) or makes up; held-out codes as draws are "
        "what chance alone does.",
    ),
    files=("draws", "codes"),
    capabilities=("pairs of dimensions",),
    single=("epoch", "size"),
    one_seed=True,
    options={"dimensions": 64},
)


def draw(given: dict, about: dict):
    """A panel a method."""
    shown = codes_and_draws.drawn(given, about)
    return correlation_points.correlation_points(shown, about["dimensions"])
