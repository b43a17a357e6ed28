"""How codes and draws are distributed in single dimensions.

Option: `dimensions`, how many of the first ones have a panel.
"""

from ..figures import codes_and_draws, margin_lines
from ..study.kinds import Kind, Page

KIND = Kind(
    figure=Page(
        "1 What do samples look like?",
        "Distributions of the first dimensions of codes of {dataset}: a line is as high as the "
        "share of codes up to a value, of held-out codes in grey and of {draws} draws of each "
        "method in its colour. Where a line leaves the grey one, the margin of that dimension is "
        "wrong; how far chance alone takes it shows the line of the held-out codes.",
    ),
    files=("draws", "codes"),
    capabilities=(),
    single=("epoch", "size"),
    one_seed=True,
    options={"dimensions": 4},
)


def draw(given: dict, about: dict):
    """A panel a dimension."""
    shown = codes_and_draws.by_method(given, about)
    codes = next(iter(shown.values())).codes
    draws = {method: one.draws for method, one in shown.items()}
    return margin_lines.margin_lines(codes, draws, about["dimensions"])
