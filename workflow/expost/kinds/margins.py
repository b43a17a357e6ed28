"""How codes and draws are distributed in single dimensions.

Option: `dimensions`, how many of the first ones have a panel.
"""

from ..figures import codes_and_draws, margin_lines
from ..study.kinds import Kind, Page

KIND = Kind(
    figure=Page(
        "1 What do samples look like?",
        "Distributions of the first dimensions of codes of {dataset}: a line is as high as the "
        "share of {draws} draws of a method up to a value, less that of held-out codes. Where a "
        "line leaves the grey band, which chance alone leaves at 5 % of the values, the margin of "
        "that dimension is wrong; so does the line of other held-out codes show what chance does.",
    ),
    files=("draws", "codes"),
    capabilities=(),
    single=("epoch", "size"),
    one_seed=True,
    options={"dimensions": 6},
)


def draw(given: dict, about: dict):
    """A panel a dimension."""
    shown = codes_and_draws.by_method(given, about)
    codes = next(iter(shown.values())).codes
    draws = {method: one.draws for method, one in shown.items()}
    names = codes_and_draws.names(given)
    return margin_lines.margin_lines(codes, draws, about["dimensions"], names)
